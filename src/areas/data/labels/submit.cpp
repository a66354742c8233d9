#include <fmt/format.h>

#include <unordered_map>

#include "areas/data/labels/assignment.h"

namespace suanpan::data::labels {
namespace {

using store::Connection;

// A task that was once given to the annotator, as it stands.
struct Given {
    std::string task_id;
    bool leased = false;  // the lease still runs
    bool answered = false;
    std::optional<std::string> label;
    std::optional<std::string> note;
    bool settled = false, room = false;  // room: gold, or fewer than enough others have it
};

struct NewAnnotation {
    std::string set_name;
    std::int64_t version = 0;
    std::string task_id, annotator;
    std::optional<std::string> label;
    std::string note;
    Instant happened_at;
};

using ByTask = std::unordered_map<std::string, Given>;

Result<ByTask> given_tasks(Connection& connection, const LabelSet& set, const Actor& annotator) {
    const auto rows = TRY(connection.rows<Given>(R"(
        WITH mine AS (
            SELECT task_id, label, note
            FROM labels.current_annotation
            WHERE set_name = $1 AND version = $2 AND annotator = $3),
        lease AS (
            SELECT task_id, expires_at > $4 AS open
            FROM labels.lease
            WHERE set_name = $1 AND version = $2 AND annotator = $3),
        others AS (
            SELECT task_id, count(*) AS times
            FROM (SELECT task_id
                  FROM labels.current_annotation
                  WHERE set_name = $1 AND version = $2 AND annotator != $3 AND label IS NOT NULL
                  UNION ALL
                  SELECT task_id
                  FROM labels.lease
                  WHERE set_name = $1 AND version = $2 AND annotator != $3 AND expires_at > $4)
            GROUP BY task_id),
        gold AS (SELECT task_id FROM labels.gold WHERE set_name = $1 AND version = $2)
        SELECT lease.task_id,
               open AS leased,
               mine.task_id IS NOT NULL AS answered,
               mine.label,
               mine.note,
               lease.task_id IN (SELECT task_id FROM labels.settled WHERE set_name = $1 AND version = $2) AS settled,
               coalesce(others.times, 0) < $5 OR lease.task_id IN (FROM gold) AS room
        FROM lease
        LEFT JOIN mine ON mine.task_id = lease.task_id
        LEFT JOIN others ON others.task_id = lease.task_id)",
                                                 set.name, set.version, annotator.name, annotator.now,
                                                 set.definition.annotations_per_task));
    ByTask given;
    for (const auto& row : rows) given.emplace(row.task_id, row);
    return given;
}

Result<std::string> state_after(const LabelSet& set, const Submission& submission, const Given* given) {
    if (submission.label) (void)TRY(class_of(set, *submission.label));
    if (given == nullptr)
        return fail(ErrorCode::not_found, "this task was not given to this annotator; labels.next gives tasks");
    if (given->answered && given->label == submission.label && given->note == submission.note) return "unchanged";
    if (given->settled)
        return fail(ErrorCode::conflict, "the task is settled; an approver may adjudicate it anew: labels.settle");
    if (given->answered && given->label) return submission.label ? "corrected" : "skipped";
    if (!given->leased && !given->room)
        return fail(ErrorCode::expired, "the lease ran out and the task went to others; labels.next gives another");
    return submission.label ? "labelled" : "skipped";
}

Result<> write(Connection& connection, const LabelSet& set, std::span<const NewAnnotation> rows,
               const Actor& annotator) {
    if (rows.empty()) return {};
    TRY(connection.append<NewAnnotation>("labels", "annotation", rows));
    TRY(connection.query(R"(
        UPDATE labels.lease
        SET expires_at = ?
        WHERE set_name = ? AND version = ? AND annotator = ?
          AND task_id IN (SELECT task_id
                          FROM labels.annotation
                          WHERE set_name = ? AND version = ? AND annotator = ?))",
                         Instant{}, set.name, set.version, annotator.name, set.name, set.version, annotator.name));
    return {};
}

}  // namespace

Result<std::vector<Outcome>> submit(Connection& connection, const LabelSet& set,
                                    std::span<const Submission> submissions, const Actor& annotator) {
    auto given = TRY(given_tasks(connection, set, annotator));
    std::vector<Outcome> outcomes;
    std::vector<NewAnnotation> rows;
    for (const auto& one : submissions) {
        const auto found = given.find(one.task_id);
        const auto state = state_after(set, one, found == given.end() ? nullptr : &found->second);
        auto& outcome = outcomes.emplace_back(Outcome{.task_id = one.task_id, .state = state.value_or("refused")});
        if (!state) {
            outcome.error_code = name(state.error().code);
            outcome.error = state.error().message;
        }
        if (!state || *state == "unchanged") continue;
        rows.push_back({set.name, set.version, one.task_id, annotator.name, one.label, one.note, annotator.now});
        found->second.answered = true;
        found->second.label = one.label;
        found->second.note = one.note;
    }
    TRY(write(connection, set, rows, annotator));
    return outcomes;
}

}  // namespace suanpan::data::labels
