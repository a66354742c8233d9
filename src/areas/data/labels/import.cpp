#include <fmt/format.h>

#include <unordered_map>

#include "areas/data/labels/assignment.h"

namespace suanpan::data::labels {
namespace {

using store::Connection;

struct IncomingRow {
    std::int64_t position = 0;
    std::string task_id, text, picture, record;
    std::optional<std::string> gold;
};

struct Position {
    std::int64_t position = 0;
};

Result<> check(const LabelSet& set, const NewTask& task) {
    const auto& kind = set.definition.kind;
    const bool has = kind == "text"      ? !task.text.empty()
                     : kind == "picture" ? !task.picture.empty()
                                         : task.record != "{}";
    if (!has)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("the row has no {}, and \"{}\" is a set of {} tasks", kind, set.name, kind));
    if (task.gold) (void)TRY(class_of(set, *task.gold));
    return {};
}

bool same(const NewTask& task, const IncomingRow& row) {
    return task.text == row.text && task.picture == row.picture && task.record == row.record &&
           (!task.gold || task.gold == row.gold);
}

void refuse(Imported& imported, const NewTask& task, std::string_view reason) {
    imported.refused.push_back({task.file, task.line, fmt::format("task \"{}\": {}", task.task_id, reason)});
}

// Each id once; what does not fit is refused.
std::vector<IncomingRow> incoming_rows(const LabelSet& set, std::span<const NewTask> tasks, Imported& imported) {
    std::vector<IncomingRow> rows;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const auto& task = tasks[i];
        if (const auto fits = check(set, task); !fits) {
            refuse(imported, task, fits.error().message);
            continue;
        }
        const auto [place, is_new] = places.try_emplace(task.task_id, rows.size());
        if (is_new)
            rows.push_back(
                {static_cast<std::int64_t>(i), task.task_id, task.text, task.picture, task.record, task.gold});
        else if (same(task, rows[place->second]))
            imported.unchanged += 1;
        else
            refuse(imported, task, "it is there twice with different content; give each its own id");
    }
    return rows;
}

Result<> refuse_contradictions(Connection& connection, const LabelSet& set, std::span<const NewTask> tasks,
                               Imported& imported) {
    const auto other_content = TRY(connection.rows<Position>(R"(
        DELETE FROM incoming
        USING labels.task AS t
        WHERE t.set_name = ? AND t.task_id = incoming.task_id
          AND (t.text != incoming.text OR t.picture != incoming.picture OR t.record != incoming.record)
        RETURNING incoming.position)",
                                                             set.name));
    for (const auto& row : other_content)
        refuse(imported, tasks[static_cast<std::size_t>(row.position)],
               "the set has it with other content; tasks never change, give it another id");
    const auto other_gold = TRY(connection.rows<Position>(R"(
        DELETE FROM incoming
        USING labels.gold AS g
        WHERE g.set_name = ? AND g.version = ? AND g.task_id = incoming.task_id AND g.label != incoming.gold
        RETURNING incoming.position)",
                                                          set.name, set.version));
    for (const auto& row : other_gold)
        refuse(imported, tasks[static_cast<std::size_t>(row.position)],
               "it has another gold label; correct gold in a new version of the set");
    return {};
}

Result<> insert_new(Connection& connection, const LabelSet& set, const Actor& actor, Imported& imported) {
    imported.unchanged += TRY(connection.count(
        "SELECT count(*) FROM incoming WHERE task_id IN (SELECT task_id FROM labels.task WHERE set_name = ?)",
        set.name));
    const auto added = TRY(connection.query(R"(
        INSERT INTO labels.task
        SELECT $1, (SELECT coalesce(max(number), 0) FROM labels.task WHERE set_name = $1)
                   + row_number() OVER (ORDER BY position),
               task_id, text, picture, record, $2, $3
        FROM incoming
        WHERE task_id NOT IN (SELECT task_id FROM labels.task WHERE set_name = $1))",
                                            set.name, actor.now, actor.name));
    const auto gold = TRY(connection.query(R"(
        INSERT INTO labels.gold
        SELECT $1, $2, task_id, gold, $3, $4
        FROM incoming
        WHERE gold IS NOT NULL
          AND task_id NOT IN (SELECT task_id FROM labels.gold WHERE set_name = $1 AND version = $2))",
                                           set.name, set.version, actor.now, actor.name));
    imported.added = added.changed();
    imported.gold = gold.changed();
    return {};
}

}  // namespace

Result<Imported> add_tasks(Connection& connection, const LabelSet& set, std::span<const NewTask> tasks,
                           const Actor& actor) {
    Imported imported;
    const auto rows = incoming_rows(set, tasks, imported);
    TRY(connection.run(R"(
        CREATE OR REPLACE TEMP TABLE incoming
        (position BIGINT, task_id VARCHAR, text VARCHAR, picture VARCHAR, record VARCHAR, gold VARCHAR))"));
    TRY(connection.append<IncomingRow>("main", "incoming", rows));
    TRY(refuse_contradictions(connection, set, tasks, imported));
    TRY(insert_new(connection, set, actor, imported));
    TRY(connection.run("DROP TABLE incoming"));
    return imported;
}

}  // namespace suanpan::data::labels
