#include "platform/decisions/ledger.h"

#include <fmt/format.h>

#include <set>
#include <unordered_map>

namespace suanpan::decisions {
namespace {

using store::Connection;

struct Due {
    std::string id;
};

struct Standing {
    std::string id, state, proposed_by, hash, last_actor;
    Instant deadline;
};

Result<std::unordered_map<std::string, Standing>> standings(Connection& connection, std::span<const Choice> choices) {
    std::string ids;  // a line each, bound as one value: DuckDB binds no lists
    for (const auto& choice : choices) ids += choice.id + "\n";
    std::unordered_map<std::string, Standing> all;
    for (auto& row : TRY(connection.rows<Standing>(R"(
        SELECT d.id, arg_max(e.state, e.number) AS state, any_value(d.proposed_by) AS proposed_by,
               any_value(d.hash) AS hash, arg_max(e.actor, e.number) AS last_actor, any_value(d.deadline) AS deadline
        FROM decisions.decision AS d
        JOIN decisions.event AS e ON e.decision_id = d.id
        WHERE d.id IN (SELECT unnest(string_split(?1, chr(10)))) AND e.decision_id IN (SELECT unnest(string_split(?1, chr(10))))
        GROUP BY d.id)",
                                                   ids)))
        all.emplace(row.id, row);
    return all;
}

Result<State> approved_state(const Choice& choice, const Standing& standing, const Actor& actor) {
    if (!choice.hash.empty() && choice.hash != standing.hash)
        return fail(ErrorCode::conflict, "the decision is not the one you saw; look at it again before you approve it");
    if (standing.proposed_by == actor.name)
        return fail(ErrorCode::permission_denied, "who proposed a decision may not approve it; ask another person");
    if (standing.state == "audited" && standing.deadline < actor.now)
        return fail(ErrorCode::expired, fmt::format("its deadline was {}; run the day again for a new proposal",
                                                    format(standing.deadline)));
    return transition(TRY(parse_state(standing.state)), Event::approve);
}

// Applies `next` to each choice and records what was possible.
template <class Next>
Result<std::vector<Outcome>> decide(Connection& connection, std::span<const Choice> choices, EventRow event,
                                    Next next) {
    const auto standing = TRY(standings(connection, choices));
    std::vector<Outcome> outcomes;
    std::vector<EventRow> rows;
    std::set<std::string> taken;
    for (const auto& choice : choices) {
        auto& outcome = outcomes.emplace_back(Outcome{.id = choice.id});
        const auto found = standing.find(choice.id);
        Result<State> state = fail(ErrorCode::not_found, "there is no such decision");
        if (found != standing.end()) {
            outcome.state = found->second.state;
            state = next(choice, found->second);
        }
        if (!state) {
            outcome.error_code = name(state.error().code);
            outcome.error = state.error().message;
            continue;
        }
        outcome.state = name(*state);
        if (outcome.state == found->second.state || !taken.insert(choice.id).second) continue;
        event.decision_id = choice.id;
        event.state = outcome.state;
        if (*state == State::approved) event.payload = bound_to(found->second.hash);
        rows.push_back(event);
    }
    TRY(record(connection, rows));
    return outcomes;
}

}  // namespace

Result<std::vector<Outcome>> approve(Connection& connection, std::span<const Choice> choices, const Actor& actor) {
    const EventRow event{"", "approve", "", actor.name, "", "{}", actor.now};
    return decide(connection, choices, event, [&](const Choice& choice, const Standing& standing) -> Result<State> {
        // The same approval again is answered as the first one was.
        if (standing.state == "approved" && standing.last_actor == actor.name &&
            (choice.hash.empty() || choice.hash == standing.hash))
            return State::approved;
        return approved_state(choice, standing, actor);
    });
}

Result<std::vector<Outcome>> reject(Connection& connection, std::span<const Choice> choices, const Actor& actor,
                                    const std::string& reason) {
    const EventRow event{"", "reject", "", actor.name, reason, "{}", actor.now};
    return decide(connection, choices, event, [&](const Choice& choice, const Standing& standing) -> Result<State> {
        if (!choice.hash.empty() && choice.hash != standing.hash)
            return fail(ErrorCode::conflict, "the decision is not the one you saw; look at it again");
        if (standing.state == "rejected") return State::rejected;
        return transition(TRY(parse_state(standing.state)), Event::reject);
    });
}

Result<std::vector<Outcome>> roll_back(Connection& connection, std::span<const Choice> choices, const Actor& actor,
                                       const std::string& reason) {
    const EventRow event{"", "roll_back", "", actor.name, reason, "{}", actor.now};
    return decide(connection, choices, event, [](const Choice&, const Standing& standing) -> Result<State> {
        if (standing.state == "rolled_back") return State::rolled_back;
        return transition(TRY(parse_state(standing.state)), Event::roll_back);
    });
}

std::string bound_to(const std::string& hash) {
    return fmt::format(R"({{"hash":"{}"}})", hash);
}

Result<> record(Connection& connection, std::span<const EventRow> rows) {
    if (rows.empty()) return {};
    return connection.append<EventRow>("decisions", "event", rows);
}

Result<std::int64_t> expire_due(Connection& connection, const Actor& actor) {
    std::vector<EventRow> rows;
    for (const auto& due : TRY(connection.rows<Due>(
             "SELECT id FROM decisions.current WHERE state IN ('audited', 'approved') AND deadline < ?", actor.now)))
        rows.push_back({due.id, "expire", "expired", actor.name, "its deadline has passed", "{}", actor.now});
    TRY(record(connection, rows));
    return std::ssize(rows);
}

}  // namespace suanpan::decisions
