#include <fmt/format.h>

#include <unordered_map>

#include "platform/decisions/ledger.h"
#include "platform/decisions/outbox.h"

namespace suanpan::decisions {

namespace {

using store::Connection;

struct Step {
    std::string decision_id, event, state;
};

}  // namespace

Result<std::vector<std::string>> check(Connection& connection) {
    std::vector<std::string> differences;
    std::unordered_map<std::string, State> states;
    for (const auto& step :
         TRY(connection.rows<Step>("SELECT decision_id, event, state FROM decisions.event ORDER BY number"))) {
        if (step.event == "propose") {
            states[step.decision_id] = State::proposed;
            continue;
        }
        const auto event = parse_event(step.event);
        const auto from = states.find(step.decision_id);
        const auto next = event && from != states.end() ? transition(from->second, *event)
                                                        : fail(ErrorCode::conflict, "an event without its decision");
        if (!next || name(*next) != step.state)
            differences.push_back(fmt::format("{}: {} gives {}, the store says {}", step.decision_id, step.event,
                                              next ? name(*next) : next.error().message, step.state));
        if (next) from->second = *next;
    }
    const auto orphans = TRY(connection.count(
        "SELECT count(*) FROM decisions.decision WHERE id NOT IN (SELECT decision_id FROM decisions.event)"));
    if (orphans > 0) differences.push_back(fmt::format("{} decisions without an event", orphans));
    for (const auto& decision : TRY(connection.rows<CurrentDecision>("FROM decisions.current ORDER BY id")))
        if (decision_hash(decision) != decision.hash)
            differences.push_back(fmt::format("{}: its content is not what its hash was made of", decision.id));
    for (auto& difference : TRY(check_letters(connection))) differences.push_back(std::move(difference));
    return differences;
}

}  // namespace suanpan::decisions
