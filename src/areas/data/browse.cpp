#include "areas/data/browse.h"

#include <fmt/format.h>

#include <algorithm>

#include "areas/data/canonical.h"
#include "platform/operations/declare.h"

namespace suanpan::data {

struct RowsRequest {
    std::string table;
    std::string item_id;
    std::int64_t limit = 50;
    std::string cursor;
};

struct RowsReply {
    std::vector<std::string> rows;  // each a JSON object
    std::string next_cursor;
};

}  // namespace suanpan::data

template <>
struct suanpan::operations::Described<suanpan::data::RowsRequest> {
    static constexpr FieldWords fields[] = {
        {"table", "as mappings say it: order_lines, items, sales and so on; see the reference of the tables"},
        {"item_id", "only of this item; empty: of all"},
        {"limit", "at most so many", {.minimum = 1, .maximum = 1000}},
        {"cursor", "next_cursor of the reply before"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::RowsReply> {
    static constexpr FieldWords fields[] = {
        {"rows", "each a JSON object; amounts in minor units, times in UTC, with load_id and source_line"},
    };
};

namespace suanpan::data {
namespace {

using operations::Context;

struct FoundRow {
    std::int64_t load_id = 0, source_line = 0;
    std::string row;
};

Result<RowsReply> rows(Context& context, const RowsRequest& request) {
    const auto* table = find_canonical(request.table);
    if (table == nullptr)
        return fail(ErrorCode::not_found, "there is no such table; data.summary lists them", request.table);
    if (!request.item_id.empty() && std::ranges::find(table->fields, "item_id", &Field::name) == table->fields.end())
        return fail(ErrorCode::invalid_argument, "the rows of this table tell no item; leave item_id out",
                    request.table);
    std::int64_t load_id = 0, line = 0;
    if (!request.cursor.empty() && std::sscanf(request.cursor.c_str(), "%ld-%ld", &load_id, &line) != 2)
        return fail(ErrorCode::invalid_argument, "this is no cursor; take next_cursor of a reply", "cursor");
    const auto of_item = request.item_id.empty() ? "? = ''" : "item_id = ?";
    const auto found = TRY(context.shop.database().read([&](store::Connection& connection) {
        return connection.rows<FoundRow>(fmt::format(R"(
            SELECT load_id, source_line, CAST(to_json(t) AS VARCHAR) AS row
            FROM (FROM data.{} WHERE (load_id, source_line) > (?, ?) AND {}
                  ORDER BY load_id, source_line LIMIT ?) AS t)",
                                                     table->table, of_item),
                                         load_id, line, request.item_id, request.limit);
    }));
    RowsReply reply;
    for (const auto& row : found) reply.rows.push_back(row.row);
    if (std::ssize(found) == request.limit)
        reply.next_cursor = fmt::format("{}-{}", found.back().load_id, found.back().source_line);
    return reply;
}

}  // namespace

void add_browse_operations(operations::Registry& registry) {
    registry.add(operations::declare<RowsRequest, RowsReply>(
        {.name = "data.rows",
         .summary = {"Shows rows of a table, with the load and line each came from",
                     "查看某张数据表的行及其来源文件与行号"},
         .required = {"table"}},
        rows));
}

}  // namespace suanpan::data
