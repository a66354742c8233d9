#include <fmt/format.h>

#include "areas/data/erase/erase.h"
#include "areas/data/load_sql.h"

namespace suanpan::data {

// With linkage, since what reflects it is a template of the library.
struct TableOfTasks {
    std::string table_name;
};

struct ErasedTask {
    std::string task_id;
};

namespace {

using store::Connection;

// A review of somebody else may say the same words, so a task that names its review is judged by that alone.
constexpr auto find_tasks = R"(
    CREATE OR REPLACE TEMP TABLE task_of_person AS
    WITH review AS (
        SELECT review_id, trim(title) AS title, trim(body) AS body FROM data.review
        WHERE trim(customer_id) IN (SELECT text FROM needle) OR normal_text(trim(customer_id)) IN (SELECT text FROM needle)
    ), task AS (
        SELECT set_name, task_id, trim(text) AS text, json_extract_string(record, '$.review_id') AS review_id,
               json_extract_string(record, '$..*') AS told
        FROM labels.task
    ), told AS (
        SELECT set_name, task_id, unnest(told) AS value FROM task
    )
    SELECT set_name, task_id FROM told
    WHERE trim(value) IN (SELECT text FROM needle) OR normal_text(trim(value)) IN (SELECT text FROM needle)
    UNION
    SELECT set_name, task_id FROM task
    WHERE task_id IN (SELECT text FROM needle)
       OR coalesce(review_id, task_id) IN (SELECT review_id FROM review)
       OR (review_id IS NULL AND text <> '' AND text IN (SELECT title FROM review UNION SELECT body FROM review)))";

}  // namespace

Result<ErasedTasks> erase_tasks(Connection& connection) {
    ErasedTasks done;
    const auto tables = TRY(connection.rows<TableOfTasks>(R"(
        SELECT DISTINCT c.table_name
        FROM duckdb_columns() AS c JOIN duckdb_tables() AS t USING (database_name, schema_name, table_name)
        WHERE database_name = current_database() AND schema_name = 'labels' AND c.column_name = 'task_id'
        ORDER BY 1)"));
    if (tables.empty()) return done;
    TRY(connection.run(find_tasks));
    for (const auto& [table] : tables) {
        const auto removed =
            TRY(connection.query(fmt::format("DELETE FROM labels.{0} AS x USING task_of_person AS p "
                                             "WHERE x.set_name = p.set_name AND x.task_id = p.task_id",
                                             quote_name(table))));
        if (removed.changed() > 0)
            done.erased.push_back({"labels." + table, "task_id", "row removed", removed.changed()});
    }
    for (auto& task : TRY(connection.rows<ErasedTask>("SELECT DISTINCT task_id FROM task_of_person ORDER BY 1")))
        done.task_ids.push_back(std::move(task.task_id));
    TRY(connection.run("DROP TABLE task_of_person"));
    return done;
}

}  // namespace suanpan::data
