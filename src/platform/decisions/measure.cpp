#include "platform/decisions/measure.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "platform/decisions/export.h"
#include "platform/decisions/holdout.h"
#include "platform/operations/declare.h"

namespace suanpan::decisions {
namespace {

using store::Connection;

using Groups = std::set<std::pair<std::string, Day>>;

Result<std::optional<Measurement>> measure_one(Connection& connection, const Kinds& kinds,
                                               const CurrentDecision& decision, Day as_of) {
    const auto kind = std::ranges::find(kinds, decision.kind, &Kind::name);
    if (kind == kinds.end() || !kind->measure) return std::nullopt;
    return kind->measure(connection, decision, as_of);
}

struct ById {
    std::string id;
};

Result<std::set<std::string>> approved_by_policy(Connection& connection) {
    std::set<std::string> ids;
    for (auto& row : TRY(connection.rows<ById>("SELECT DISTINCT decision_id AS id FROM decisions.event WHERE event = "
                                               "'approve' AND actor LIKE 'policy:%'")))
        ids.insert(std::move(row.id));
    return ids;
}

Result<Groups> measure_acted(Connection& connection, const Kinds& kinds, Day as_of, const Actor& actor,
                             Measured& measured) {
    const auto policy = TRY(approved_by_policy(connection));
    std::vector<EventRow> rows;
    Groups groups;
    for (const auto& decision : TRY(connection.rows<CurrentDecision>(
             "FROM decisions.current WHERE state = 'acted' AND as_of < ? ORDER BY as_of, id", as_of))) {
        const auto found = TRY(measure_one(connection, kinds, decision, as_of));
        if (!found) continue;
        rows.push_back(
            {decision.id, "measure", "measured", actor.name, "", TRY(operations::to_json(*found)), actor.now});
        measured.decisions.emplace_back(decision.id, *found);
        measured.acted.add(*found);
        if (policy.contains(decision.id)) measured.acted_by_policy.add(*found);
        groups.emplace(decision.kind, decision.as_of);
    }
    TRY(record(connection, rows));
    return groups;
}

// What passed guardrails and audit and was then left undone.
Result<> compare_undone(Connection& connection, const Kinds& kinds, const Groups& groups, Day as_of,
                        Measured& measured) {
    for (const auto& [kind, day] : groups)
        for (const auto& decision : TRY(connection.rows<CurrentDecision>(R"(
            FROM decisions.current
            WHERE kind = ? AND as_of = ? AND state IN ('rejected', 'expired')
              AND id IN (SELECT decision_id FROM decisions.event WHERE event = 'audit_passed'))",
                                                                         kind, day))) {
            const auto found = TRY(measure_one(connection, kinds, decision, as_of));
            if (!found) continue;
            (decision.last_reason == held_out_reason ? measured.held_out : measured.not_acted).add(*found);
        }
    return {};
}

}  // namespace

void Accuracy::add(const Measurement& found) {
    ++decisions;
    absolute_error += std::abs(found.expected - found.outcome);
    bias += found.expected - found.outcome;
    baseline_absolute_error += std::abs(found.baseline - found.outcome);
    within_share += found.low <= found.outcome && found.outcome <= found.high;
}

Accuracy Accuracy::mean() const {
    if (decisions == 0) return {};
    const auto count = static_cast<double>(decisions);
    return {decisions, absolute_error / count, bias / count, baseline_absolute_error / count, within_share / count};
}

Result<Measured> measure(const store::Shop& shop, const Kinds& kinds, Day as_of, const Actor& actor) {
    Measured measured;
    TRY(shop.database().write([&](Connection& connection) -> Result<> {
        measured = {};
        const auto groups = TRY(measure_acted(connection, kinds, as_of, actor, measured));
        return compare_undone(connection, kinds, groups, as_of, measured);
    }));
    for (auto* group : {&measured.acted, &measured.acted_by_policy, &measured.not_acted, &measured.held_out})
        *group = group->mean();
    return measured;
}

}  // namespace suanpan::decisions
