#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "areas/data/load_sql.h"
#include "areas/data/replay.h"
#include "areas/data/route.h"

namespace suanpan::data {
namespace {

using store::Connection;

struct Settling {
    Connection& connection;
    const Target& target;
    const MergeOptions& options;

    // Which load first read a row's line, whether it was replayed since or not.
    static constexpr std::string_view origins =
        "(SELECT load_id AS id, source, coalesce(replay_of, load_id) AS origin, replay_of IS NOT NULL AS replayed "
        "FROM data.load LEFT JOIN data.load_detail USING (load_id))";

    [[nodiscard]] std::string store_name() const { return "data." + std::string(target.table->table); }
    [[nodiscard]] std::string same_key() const;
    [[nodiscard]] Result<std::string> same_content() const;
    [[nodiscard]] Result<> set_aside(const std::string& rows, std::string_view reason) const;
    [[nodiscard]] Result<std::int64_t> number_after() const;
    [[nodiscard]] Result<> yield_to_later() const;
};

std::string Settling::same_key() const {
    std::string sql;
    for (const auto name : target.table->key)
        sql += fmt::format("{}x.{} = s.{}", sql.empty() ? "" : " AND ", name, name);
    return sql;
}

// Without what a load or matching fills in.
Result<std::string> Settling::same_content() const {
    constexpr auto filled =
        std::to_array<std::string_view>({"source_line", "source_row", "line", "order_line", "cancelled_quantity"});
    std::string sql = "true";
    const auto table = TRY(connection.query("SELECT * FROM staged LIMIT 0"));
    for (std::size_t i = 0; i < table.columns(); ++i) {
        if (std::ranges::contains(filled, table.name(i))) continue;
        if (table.name(i) == "order_id" && target.table->name == "returns" && !target.expression("order_id")) continue;
        sql += fmt::format(" AND x.{0} IS NOT DISTINCT FROM s.{0}", quote_name(table.name(i)));
    }
    return sql;
}

// `rows` selects staged rows by their row_name().
Result<> Settling::set_aside(const std::string& rows, std::string_view reason) const {
    const auto row = row_name(target);
    TRY(connection.query("CREATE OR REPLACE TEMP TABLE yielding AS " + rows, options.replay_of));
    TRY(connection.query(fmt::format(R"(
        INSERT INTO data.quarantine
        SELECT ?, source_line, '', 'told later', ?, {}
        FROM offered_rows(?) SEMI JOIN yielding USING ({}))",
                                     options.raw, row),
                         options.load_id, reason, options.rows));
    return connection.run(
        fmt::format("DELETE FROM staged WHERE {0} IN (SELECT {0} FROM yielding); DROP TABLE yielding", row));
}

// Lines that the load numbers: a row of the same content from another load is the same row, in a file that came again;
// what is new goes behind the lines there are.
Result<std::int64_t> Settling::number_after() const {
    const auto key = target.table->key.front();
    const auto row = row_name(target);
    const auto known = TRY(connection.query(fmt::format(R"(
        DELETE FROM staged WHERE {0} IN (
            SELECT s.{0}
            FROM staged AS s JOIN {1} AS x ON {2} JOIN {3} AS o ON o.id = x.load_id
            WHERE o.origin <> ?))",
                                                        row, store_name(), TRY(same_content()), origins),
                                            options.replay_of));
    TRY(set_aside(fmt::format(R"(
        SELECT DISTINCT s.{3}
        FROM (SELECT CAST(? AS BIGINT) AS id) AS p, staged AS s
        JOIN {0} AS x ON x.{1} = s.{1} JOIN {2} AS o ON o.id = x.load_id
        WHERE NOT o.replayed AND o.origin > p.id)",
                              store_name(), key, origins, row),
                  "a later file tells these lines anew; what it says counts"));
    TRY(connection.run(fmt::format(R"(
        UPDATE staged SET line = numbered.line
        FROM (
            SELECT s.{2},
                   row_number() OVER (PARTITION BY s.{0} ORDER BY s.{2}) + coalesce(there.lines, 0) AS line
            FROM staged AS s LEFT JOIN (SELECT {0}, max(line) AS lines FROM {1} GROUP BY 1) AS there USING ({0})
        ) AS numbered
        WHERE numbered.{2} = staged.{2})",
                                   key, store_name(), row)));
    return known.changed();
}

// A row of a known key stays set aside where a later line, or a later load, told that key. Items, customers and places
// that orders only named give way.
Result<> Settling::yield_to_later() const {
    constexpr auto named = std::to_array<std::string_view>({"items", "customers", "places"});
    const std::string_view same_source = std::ranges::contains(named, target.table->name)
                                             ? "AND o.source = (SELECT source FROM data.load WHERE load_id = p.id)"
                                             : "";
    return set_aside(fmt::format(R"(
        SELECT DISTINCT s.{}
        FROM (SELECT CAST(? AS BIGINT) AS id) AS p, staged AS s JOIN {} AS x ON {} JOIN {} AS o ON o.id = x.load_id
        WHERE (o.origin, x.source_line) > (p.id, s.source_line) {} AND NOT ({}))",
                                 row_name(target), store_name(), same_key(), origins, same_source, TRY(same_content())),
                     "a later row of the same key is there already; it counts");
}

}  // namespace

Result<std::int64_t> settle_replayed(Connection& connection, const Target& target, const MergeOptions& options) {
    const Settling settling{connection, target, options};
    if (numbers_lines(target)) return settling.number_after();
    TRY(settling.yield_to_later());
    return 0;
}

}  // namespace suanpan::data
