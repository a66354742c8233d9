#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "areas/data/labels/predicate.h"
#include "areas/data/labels/task_file.h"

namespace suanpan::data::labels {
namespace {

struct Column {
    std::string name;
};

// Without the person, whom a label does not need, and the file's line, which changes when a file is loaded again.
Result<std::vector<std::string>> columns_of(store::Connection& connection, const std::string& view) {
    const auto rows = TRY(connection.rows<Column>(R"(
        SELECT column_name AS name
        FROM duckdb_columns()
        WHERE schema_name || '.' || table_name = ? AND column_name NOT IN ('customer_id', 'load_id', 'source_line')
        ORDER BY column_index)",
                                                  view));
    std::vector<std::string> names;
    for (const auto& row : rows) names.push_back(row.name);
    return names;
}

// Every column as text under its name, so that a row of any view becomes a task the same way.
std::string select_sql(const std::string& view, const std::vector<std::string>& columns, const std::string& where) {
    std::string list;
    for (const auto& column : columns)
        list += fmt::format("{}CAST(\"{}\" AS VARCHAR) AS \"{}\"", list.empty() ? "" : ", ", column, column);
    return fmt::format("SELECT {} FROM (SELECT * FROM {} WHERE {}) ORDER BY ALL LIMIT ?", list, view, where);
}

Result<> check_columns(const Predicate& predicate, const std::vector<std::string>& columns, const std::string& view) {
    for (const auto& column : predicate.columns)
        if (std::ranges::find(columns, column) == columns.end())
            return fail(ErrorCode::invalid_argument,
                        fmt::format("{} has no column \"{}\"; it has {}", view, column, fmt::join(columns, ", ")),
                        "where");
    return {};
}

}  // namespace

std::vector<std::string> task_views() {
    return {"data.product", "data.review", "data.sales_daily", "data.sales_weekly", "data.stock_by_day"};
}

Result<ReadTasks> query_tasks(const store::Shop& shop, const ViewQuery& query, const TaskFields& fields) {
    const auto views = task_views();
    if (std::ranges::find(views, query.view) == views.end())
        return fail(
            ErrorCode::invalid_argument,
            fmt::format("tasks may be made from {}; \"{}\" is none of them", fmt::join(views, ", "), query.view),
            "view");
    auto predicate = Predicate{.sql = "(true)"};
    if (!query.where.empty()) predicate = TRY(parse_predicate(query.where, query.values));
    return shop.database().read([&](store::Connection& connection) -> Result<ReadTasks> {
        const auto columns = TRY(columns_of(connection, query.view));
        if (columns.empty())
            return fail(ErrorCode::not_found, fmt::format("the shop has no view {} yet", query.view), "view");
        TRY(check_columns(predicate, columns, query.view));
        auto values = predicate.values;
        values.emplace_back(query.limit);
        const auto table = connection.query_values(select_sql(query.view, columns, predicate.sql), values);
        if (!table)
            return fail(ErrorCode::invalid_argument, "the condition does not fit: " + table.error().message, "where");
        return tasks_of(*table, fields, query.view);
    });
}

}  // namespace suanpan::data::labels
