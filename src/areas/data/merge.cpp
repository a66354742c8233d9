#include "areas/data/merge.h"

#include <fmt/format.h>

#include <algorithm>

#include "areas/data/load_sql.h"
#include "areas/data/merge_sql.h"
#include "areas/data/named.h"
#include "areas/data/repeated_keys.h"
#include "areas/data/replace.h"
#include "areas/data/replay.h"
#include "areas/data/route.h"

namespace suanpan::data {
namespace {

using store::Connection;

bool is_returns(const Target& target) {
    return target.table->name == "returns";
}

// Of several rows with one key in a file, the last counts; the ones before it leave `staged`.
Result<> leave_out_repeated_keys(Connection& connection, const Target& target, const MergeOptions& options) {
    if (numbered_by_load(target)) return {};
    const std::string row(row_name(target));
    if (TRY(find_repeated_keys(connection, {"staged", key_of(target), row})) > 0) {
        TRY(quarantine_repeated(connection, target, {options.load_id, options.rows, options.raw}));
        TRY(connection.run(fmt::format("DELETE FROM staged WHERE {0} IN (SELECT {0} FROM repeated)", row)));
    }
    return connection.run("DROP TABLE repeated");
}

// A sum of sales that tells neither units nor revenue tells nothing.
Result<> quarantine_empty_sales(Connection& connection, const Target& target, const MergeOptions& options) {
    TRY(connection.query(fmt::format(R"(
        INSERT INTO data.quarantine
        SELECT ?, source_line, '', 'no sales', 'a sum of sales needs units or revenue', {}
        FROM offered_rows(?) SEMI JOIN (FROM staged WHERE units IS NULL AND revenue IS NULL) USING ({}))",
                                     options.raw, row_name(target)),
                         options.load_id, options.rows));
    return connection.run("DELETE FROM staged WHERE units IS NULL AND revenue IS NULL");
}

// The columns that say what a row is; what matching fills in later does not make it another row.
std::vector<std::string> content_columns(Connection& connection, const Target& target) {
    std::vector<std::string> names;
    const auto table = connection.query("SELECT * FROM staged LIMIT 0");
    for (std::size_t i = 0; table && i < table->columns(); ++i) {
        const auto& name = table->name(i);
        const bool matched = name == "order_line" ||
                             (name == "order_id" && is_returns(target) && target.expression("order_id") == nullptr);
        const bool filled = name == "cancelled_quantity" && target.expression("cancelled") == nullptr;
        if (name != "source_line" && name != "source_row" && !matched && !filled) names.push_back(name);
    }
    return names;
}

// `staged` becomes the rows that are new or different; the old rows of their keys go. Returns how many those were.
Result<std::int64_t> keep_fresh(Connection& connection, const Target& target) {
    const auto store = store_name(target);
    std::string same, same_key;
    for (const auto& name : content_columns(connection, target))
        same += fmt::format("{}x.{} IS NOT DISTINCT FROM s.{}", same.empty() ? "" : " AND ", quote_name(name),
                            quote_name(name));
    for (const auto key : target.table->key)
        same_key += fmt::format("{}x.{} = s.{}", same_key.empty() ? "" : " AND ", key, key);
    TRY(connection.run(fmt::format(
        "CREATE OR REPLACE TEMP TABLE staged AS SELECT s.* FROM staged AS s ANTI JOIN {} AS x ON {}", store, same)));
    return TRY(connection.query(fmt::format("DELETE FROM {} AS x USING staged AS s WHERE {}", store, same_key)))
        .changed();
}

// Fills order_id and order_line of `staged` returns: the same customer's latest earlier order of that item. What was
// taken back whole within two days was never demand.
Result<> match_returns(Connection& connection, std::string_view row) {
    // Of several lines ordered at the same time the last one counts, so that the match does not depend on chance.
    TRY(connection.run(fmt::format(R"(
        CREATE OR REPLACE TEMP TABLE matches AS
        WITH returned AS (
            FROM staged WHERE order_id IS NULL AND customer_id IS NOT NULL
        ), ordered AS (
            SELECT customer_id, item_id, ordered_at,
                   arg_max(struct_pack(order_id, line, quantity), struct_pack(load_id, source_line, line)) AS last
            FROM data.order_line SEMI JOIN returned USING (customer_id, item_id)
            GROUP BY ALL
        )
        SELECT r.{}, o.last.order_id AS order_id, o.last.line AS order_line,
               r.quantity = o.last.quantity AND r.returned_at <= o.ordered_at + INTERVAL 2 DAY AS never_demand
        FROM returned AS r
        ASOF JOIN ordered AS o
          ON o.customer_id = r.customer_id AND o.item_id = r.item_id AND o.ordered_at <= r.returned_at
        WHERE o.last.quantity >= r.quantity)",
                                   row)));
    return connection.run(fmt::format(R"(
        UPDATE data.order_line SET cancelled_quantity = quantity
        FROM (SELECT DISTINCT order_id, order_line FROM matches WHERE never_demand) AS m
        WHERE order_line.order_id = m.order_id AND order_line.line = m.order_line;
        CREATE OR REPLACE TEMP TABLE staged AS
        SELECT s.* REPLACE (coalesce(s.order_id, m.order_id) AS order_id, m.order_line AS order_line)
        FROM staged AS s LEFT JOIN matches AS m USING ({});
        DROP TABLE matches)",
                                      row));
}

}  // namespace

Result<Merged> merge(Connection& connection, const Target& target, const MergeOptions& options) {
    if (target.table == &nothing_table()) return Merged{};
    const std::string_view row = target.declared.unnested ? ", source_row" : "";
    const bool empty = TRY(is_empty(connection, target)), sums = target.table->name == "sales";
    TRY(connection.run(
        fmt::format("CREATE OR REPLACE TEMP TABLE staged AS {}, source_line{} FROM typed WHERE fault IS NULL",
                    canonical_select(target), row)));
    if (sums) TRY(quarantine_empty_sales(connection, target, options));
    TRY(leave_out_repeated_keys(connection, target, options));
    if (options.keys == MergeOptions::Keys::remember) TRY(remember_keys(connection, *target.table));
    Merged merged;
    if (options.replay_of != 0) merged.unchanged = TRY(settle_replayed(connection, target, options));
    merged.unchanged += TRY(connection.count("SELECT count(*) FROM staged"));
    if (!empty) merged.replaced = TRY(keep_fresh(connection, target));
    if (is_returns(target)) TRY(match_returns(connection, row_name(target)));
    merged.written = TRY(connection.query(fmt::format("INSERT INTO {} BY NAME SELECT *{}, ? AS load_id FROM staged",
                                                      store_name(target), row.empty() ? "" : " EXCLUDE (source_row)"),
                                          options.load_id))
                         .changed();
    merged.unchanged -= merged.written;
    if (target.table->name == "order_lines" || sums)
        TRY(describe_the_named(connection, target, {options.load_id, "(FROM typed WHERE fault IS NULL)"}));
    return merged;
}

}  // namespace suanpan::data
