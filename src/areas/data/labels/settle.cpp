#include "areas/data/labels/settle.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace suanpan::data::labels {
namespace {

using store::Connection;

struct TaskVotes {
    std::string task_id;
    std::int64_t votes = 0;
    std::optional<std::string> label;
    bool settled = false;
};

struct SettlementRow {
    std::string set_name;
    std::int64_t version = 0;
    std::string task_id, label, method, reason, settled_by;
    Instant settled_at;
};

struct Standing {
    std::string task_id;
    bool gold = false;
    std::optional<std::string> label, method, reason;
};

// A row for each label of a task; one without label for a task that nobody labelled.
Result<std::vector<TaskVotes>> votes_by_task(Connection& connection, const LabelSet& set) {
    return connection.rows<TaskVotes>(R"(
        SELECT t.task_id, count(c.label) AS votes, c.label,
               t.task_id IN (SELECT task_id FROM labels.settled WHERE set_name = $1 AND version = $2) AS settled
        FROM labels.task AS t
        LEFT JOIN (SELECT task_id, label
                   FROM labels.current_annotation
                   WHERE set_name = $1 AND version = $2 AND label IS NOT NULL) AS c ON c.task_id = t.task_id
        WHERE t.set_name = $1
          AND t.task_id NOT IN (SELECT task_id FROM labels.gold WHERE set_name = $1 AND version = $2)
        GROUP BY ALL
        ORDER BY t.task_id, c.label)",
                                      set.name, set.version);
}

Result<std::map<std::string, Standing>> standings(Connection& connection, const LabelSet& set) {
    std::map<std::string, Standing> all;
    for (auto& row : TRY(connection.rows<Standing>(R"(
        SELECT t.task_id,
               t.task_id IN (SELECT task_id FROM labels.gold WHERE set_name = $1 AND version = $2) AS gold,
               s.label, s.method, s.reason
        FROM labels.task AS t
        LEFT JOIN (SELECT * FROM labels.settled WHERE set_name = $1 AND version = $2) AS s ON s.task_id = t.task_id
        WHERE t.set_name = $1)",
                                                   set.name, set.version)))
        all.emplace(row.task_id, row);
    return all;
}

Result<std::string> state_after(const LabelSet& set, const Adjudication& one, const Standing* standing) {
    (void)TRY(class_of(set, one.label));
    if (standing == nullptr)
        return fail(ErrorCode::not_found, fmt::format("the set \"{}\" has no such task", set.name));
    if (standing->gold)
        return fail(ErrorCode::conflict,
                    "the task is gold, its label is known; correct it in a new version of the set");
    if (one.reason.empty())
        return fail(ErrorCode::invalid_argument, "an adjudication needs a reason, for those who will ask later");
    if (standing->method == "adjudicated" && standing->label == one.label && standing->reason == one.reason)
        return "unchanged";
    return standing->method == "adjudicated" ? "corrected" : "settled";
}

}  // namespace

std::optional<std::string> majority(std::span<const VoteCount> votes) {
    std::int64_t total = 0;
    for (const auto& count : votes) total += count.votes;
    for (const auto& count : votes)
        if (2 * count.votes > total) return count.label;
    return std::nullopt;
}

Result<Settled> settle_by_majority(Connection& connection, const LabelSet& set, const Actor& actor) {
    const auto rows = TRY(votes_by_task(connection, set));
    Settled reply;
    std::vector<SettlementRow> settlements;
    for (auto first = rows.begin(); first != rows.end();) {
        const auto last =
            std::find_if(first, rows.end(), [&](const auto& row) { return row.task_id != first->task_id; });
        std::vector<VoteCount> votes;
        std::int64_t total = 0;
        for (auto row = first; row != last; ++row) {
            if (row->label) votes.push_back({*row->label, row->votes});
            total += row->votes;
        }
        const auto label = majority(votes);
        if (first->settled)
            reply.unchanged += 1;
        else if (total < set.definition.annotations_per_task)
            reply.waiting += 1;
        else if (!label)
            reply.conflicts += 1;
        else
            settlements.push_back(
                {set.name, set.version, first->task_id, *label, "majority", "", actor.name, actor.now});
        first = last;
    }
    reply.settled = std::ssize(settlements);
    TRY(connection.append<SettlementRow>("labels", "settlement", settlements));
    return reply;
}

Result<std::vector<Outcome>> adjudicate(Connection& connection, const LabelSet& set,
                                        std::span<const Adjudication> adjudications, const Actor& actor) {
    auto known = TRY(standings(connection, set));
    std::vector<Outcome> outcomes;
    std::vector<SettlementRow> settlements;
    for (const auto& one : adjudications) {
        const auto found = known.find(one.task_id);
        const auto state = state_after(set, one, found == known.end() ? nullptr : &found->second);
        auto& outcome = outcomes.emplace_back(Outcome{.task_id = one.task_id, .state = state.value_or("refused")});
        if (!state) {
            outcome.error_code = name(state.error().code);
            outcome.error = state.error().message;
        }
        if (!state || *state == "unchanged") continue;
        settlements.push_back(
            {set.name, set.version, one.task_id, one.label, "adjudicated", one.reason, actor.name, actor.now});
        found->second = {one.task_id, false, one.label, "adjudicated", one.reason};
    }
    TRY(connection.append<SettlementRow>("labels", "settlement", settlements));
    return outcomes;
}

Result<std::vector<TaskRow>> list_tasks(Connection& connection, const LabelSet& set, const TaskFilter& filter) {
    return connection.rows<TaskRow>(R"(
        SELECT t.number, t.task_id,
               CASE WHEN g.label IS NOT NULL THEN 'gold'
                    WHEN s.label IS NOT NULL THEN 'settled'
                    WHEN coalesce(v.votes, 0) < $3 THEN 'waiting'
                    WHEN 2 * v.most > v.votes THEN 'ready'
                    ELSE 'conflict' END AS state,
               t.text, t.picture, t.record, coalesce(v.votes, 0) AS annotations,
               s.label, s.method, s.reason, w.label AS guess, w.confidence, m.uncertainty, g.label AS gold
        FROM labels.task AS t
        LEFT JOIN (FROM labels.tally WHERE set_name = $1 AND version = $2) AS v ON v.task_id = t.task_id
        LEFT JOIN (FROM labels.settled WHERE set_name = $1 AND version = $2) AS s ON s.task_id = t.task_id
        LEFT JOIN (FROM labels.gold WHERE set_name = $1 AND version = $2) AS g ON g.task_id = t.task_id
        LEFT JOIN (FROM labels.guess WHERE set_name = $1 AND version = $2) AS w ON w.task_id = t.task_id
        LEFT JOIN (FROM labels.score WHERE set_name = $1 AND version = $2) AS m ON m.task_id = t.task_id
        WHERE t.set_name = $1 AND t.number > $4 AND ($5 = '' OR state = $5)
        ORDER BY t.number
        LIMIT $6)",
                                    set.name, set.version, set.definition.annotations_per_task, filter.after,
                                    filter.state, filter.limit);
}

}  // namespace suanpan::data::labels
