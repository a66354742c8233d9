#include <fmt/format.h>

#include <algorithm>

#include "areas/data/csv/csv.h"
#include "areas/data/load_sql.h"
#include "areas/data/trace.h"
#include "areas/data/trust_operations.h"
#include "platform/operations/declare.h"

namespace suanpan::data {

struct TraceRequest {
    std::string table;
    std::vector<std::string> key;
    std::int64_t load_id = 0, source_line = 0;
};

struct TracedRow {
    std::string row;
    std::int64_t load_id = 0, source_line = 0;
    std::string source, file, path, loaded_at;
    std::int64_t replay_of = 0, replaced_by = 0;
    std::string file_state, line_text;
};

struct TraceReply {
    std::vector<TracedRow> rows;
};

}  // namespace suanpan::data

template <>
struct suanpan::operations::Described<suanpan::data::TraceRequest> {
    static constexpr FieldWords fields[] = {
        {"table", "as mappings say it: order_lines, items, sales and so on"},
        {"key",
         "the values of the table's key, in its order, such as an order and its line; fewer: all "
         "rows that begin so"},
        {"load_id", "instead of a key: what became of a line of this load, also where it was set aside and replayed"},
        {"source_line", "the line of its file, from 1"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::TracedRow> {
    static constexpr FieldWords fields[] = {
        {"row", "the row as one JSON object"},
        {"source_line",
         "the line of the file in which it begins; for a row that no line describes, the "
         "first that names it"},
        {"replay_of", "the load that had set the row aside at first; 0: none"},
        {"replaced_by", "the load of a corrected file in which the row stands unchanged; 0: none"},
        {"file_state", "there, changed since it was loaded, gone, or unknown"},
        {"line_text", "the line as it stands in the file, where that is there as it was"},
    };
};

namespace suanpan::data {

struct FoundTrace {
    std::string row;
    std::int64_t load_id = 0, source_line = 0;
    std::string source, file, path;
    Instant loaded_at;
    std::int64_t replay_of = 0, replaced_by = 0, bytes = 0;
    std::optional<Instant> modified_at;
};

namespace {

using operations::Context;

Result<std::string> condition_of(const CanonicalTable& table, const TraceRequest& request) {
    if (request.key.empty() == (request.load_id == 0))
        return fail(ErrorCode::invalid_argument, "give the key of a row, or a load and a line of its file", "key");
    if (request.key.empty()) return std::string("(t.load_id = ? OR d.replay_of = ?) AND (? = 0 OR t.source_line = ?)");
    if (request.key.size() > table.key.size()) {
        std::string names;
        for (const auto name : table.key) names += (names.empty() ? "" : ", ") + std::string(name);
        return fail(ErrorCode::invalid_argument, fmt::format("the key of {} is {}", table.name, names), "key");
    }
    std::string condition;
    for (std::size_t i = 0; i < request.key.size(); ++i)
        condition += fmt::format("{}CAST(t.{} AS VARCHAR) = ?", condition.empty() ? "" : " AND ", table.key[i]);
    return condition;
}

std::vector<store::Value> values_of(const TraceRequest& request) {
    if (request.key.empty()) return {request.load_id, request.load_id, request.source_line, request.source_line};
    return {request.key.begin(), request.key.end()};
}

TracedRow described(const FoundTrace& found) {
    const auto line = line_of_file({found.path, found.bytes, found.modified_at}, found.source_line);
    return {found.row,         found.load_id, found.source_line,       found.source,
            found.file,        found.path,    format(found.loaded_at), found.replay_of,
            found.replaced_by, line.state,    csv::readable(line.text)};
}

Result<TraceReply> trace(Context& context, const TraceRequest& request) {
    const auto* table = find_canonical(request.table);
    if (table == nullptr)
        return fail(ErrorCode::not_found, "there is no such table; data.summary lists them", request.table);
    const auto condition = TRY(condition_of(*table, request));
    const auto found =
        TRY(context.shop.database().read([&](store::Connection& connection) -> Result<std::vector<FoundTrace>> {
            const auto rows = TRY(connection.query_values(fmt::format(R"(
            SELECT CAST(to_json(t) AS VARCHAR) AS row, t.load_id, t.source_line, coalesce(l.source, '') AS source,
                   coalesce(l.file, '') AS file, coalesce(d.path, '') AS path,
                   coalesce(l.loaded_at, TIMESTAMPTZ '1970-01-01 00:00:00+00') AS loaded_at,
                   coalesce(d.replay_of, 0) AS replay_of, coalesce(r.replaced_by, 0) AS replaced_by,
                   coalesce(d.bytes, 0) AS bytes, d.modified_at
            FROM data.{} AS t
            LEFT JOIN data.load AS l USING (load_id)
            LEFT JOIN data.load_detail AS d USING (load_id)
            LEFT JOIN (SELECT load_id, max(replaced_by) AS replaced_by FROM data.replaced_load GROUP BY 1) AS r
                USING (load_id)
            WHERE {}
            ORDER BY t.load_id, t.source_line
            LIMIT 100)",
                                                                      table->table, condition),
                                                          values_of(request)));
            return store::read_rows<FoundTrace>(rows);
        }));
    if (found.empty()) return fail(ErrorCode::not_found, "no row of the table has this key or line", request.table);
    TraceReply reply;
    for (const auto& row : found) reply.rows.push_back(described(row));
    return reply;
}

}  // namespace

void add_trace_operation(operations::Registry& registry) {
    registry.add(operations::declare<TraceRequest, TraceReply>(
        {.name = "data.trace",
         .summary = {"Says which file and line a row came from, and shows that line where the file is still there",
                     "追溯某行数据来自哪个文件的哪一行；文件仍在时显示原文"},
         .role = operations::Role::editor,
         .positional = {"table", "key"},
         .required = {"table"}},
        trace));
}

}  // namespace suanpan::data
