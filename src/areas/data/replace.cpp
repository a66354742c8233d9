#include "areas/data/replace.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;
using store::Connection;

constexpr std::string_view earlier_loads =
    "SELECT load_id FROM data.load WHERE source = ? AND (file = ? OR ?) AND load_id < ?";

std::string joined_key(const CanonicalTable& table) {
    std::string key;
    for (const auto name : table.key) key += (key.empty() ? "" : ", ") + std::string(name);
    return key;
}

// Items, customers and places that orders or sums of sales still name stay, though their file tells them no more.
std::string unless_named(const CanonicalTable& table) {
    if (table.name != "items" && table.name != "customers" && table.name != "places") return "";
    std::string sql;
    for (const auto* from : {"order_line", "return_line", "sale"}) {
        if (table.name == "customers" && std::string_view(from) == "sale") continue;
        sql += fmt::format(" AND {0} NOT IN (SELECT {0} FROM data.{1} WHERE {0} IS NOT NULL)", table.key.front(), from);
    }
    return sql;
}

Result<std::int64_t> remove_from(Connection& connection, const CanonicalTable& table, const LoadOfFile& load) {
    const auto present = TRY(connection.count(
        "SELECT count(*) FROM duckdb_tables() WHERE temporary AND table_name = 'present_' || ?", table.table));
    if (present == 0) return 0;  // the table was empty before this load
    TRY(connection.query(
        fmt::format("CREATE OR REPLACE TEMP TABLE missing AS SELECT * FROM data.{0} WHERE load_id IN ({1}) AND ({2}) "
                    "NOT IN (SELECT ({2}) FROM present_{0}){3}",
                    table.table, earlier_loads, joined_key(table), unless_named(table)),
        load.source.name, load.file, load.whole_source, load.load_id));
    const auto removed = TRY(connection.query(
        fmt::format("DELETE FROM data.{0} WHERE load_id IN ({1}) AND ({2}) IN (SELECT ({2}) FROM missing)", table.table,
                    earlier_loads, joined_key(table)),
        load.source.name, load.file, load.whole_source, load.load_id));
    if (table.name == "returns")
        TRY(connection.run(R"(
            UPDATE data.order_line SET cancelled_quantity = 0
            FROM missing AS m
            WHERE order_line.order_id = m.order_id AND order_line.line = m.order_line
              AND order_line.quantity = m.quantity AND m.returned_at <= order_line.ordered_at + INTERVAL 2 DAY)"));
    if (table.name == "order_lines")
        TRY(connection.run(R"(
            UPDATE data.return_line SET order_line = NULL
            FROM missing AS m
            WHERE return_line.order_id = m.order_id AND return_line.order_line = m.line)"));
    TRY(connection.run(fmt::format("DROP TABLE missing; DROP TABLE present_{}", table.table)));
    return removed.changed();
}

}  // namespace

Result<bool> replaces_earlier(Connection& connection, const LoadOfFile& load) {
    if (!load.source.replaces_file && !load.whole_source) return false;
    return TRY(connection.count(fmt::format("SELECT count(*) FROM ({})", earlier_loads), load.source.name, load.file,
                                load.whole_source, load.load_id)) > 0;
}

Result<> remember_keys(Connection& connection, const CanonicalTable& table) {
    const auto key = joined_key(table);
    TRY(connection.run(
        fmt::format("CREATE TEMP TABLE IF NOT EXISTS present_{} AS SELECT {} FROM staged LIMIT 0", table.table, key)));
    return connection.run(fmt::format("INSERT INTO present_{} SELECT {} FROM staged", table.table, key));
}

Result<std::int64_t> remove_missing(Connection& connection, const LoadOfFile& load) {
    std::int64_t removed = 0;
    std::vector<const CanonicalTable*> done;
    for (const auto& target : load.source.targets) {
        if (target.table == &nothing_table() || std::ranges::contains(done, target.table)) continue;
        removed += TRY(remove_from(connection, *target.table, load));
        done.push_back(target.table);
    }
    TRY(connection.query(fmt::format("INSERT INTO data.replaced_load SELECT load_id, ? FROM ({}) ANTI JOIN "
                                     "data.replaced_load USING (load_id)",
                                     earlier_loads),
                         load.load_id, load.source.name, load.file, load.whole_source, load.load_id));
    return removed;
}

Result<> keep_detail(Connection& connection, const LoadDetail& detail) {
    std::error_code unknown;
    const auto path = detail.path.empty() ? detail.path : fs::absolute(detail.path, unknown);
    std::int64_t bytes = 0;
    std::optional<Instant> modified;
    if (const auto size = fs::file_size(path, unknown); !unknown) bytes = static_cast<std::int64_t>(size);
    if (const auto time = fs::last_write_time(path, unknown); !unknown)
        modified = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::file_clock::to_sys(time));
    TRY(connection.query("INSERT INTO data.load_detail VALUES (?, ?, ?, ?, NULL, ?, ?)", detail.load_id, path.string(),
                         bytes, modified, detail.replaced, detail.removed));
    return {};
}

Result<> keep_detail_of_replay(Connection& connection, std::int64_t load_id, std::int64_t replay_of) {
    TRY(connection.query(R"(
        INSERT INTO data.load_detail
        SELECT r.load_id, coalesce(d.path, ''), coalesce(d.bytes, 0), d.modified_at, r.replay_of, 0, 0
        FROM (SELECT CAST(? AS BIGINT) AS load_id, CAST(? AS BIGINT) AS replay_of) AS r
        LEFT JOIN data.load_detail AS d ON d.load_id = r.replay_of)",
                         load_id, replay_of));
    return {};
}

}  // namespace suanpan::data
