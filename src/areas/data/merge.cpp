#include "areas/data/merge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "areas/data/load_sql.h"
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

std::string or_default(const Target& target, std::string_view field, std::string_view otherwise) {
    return target.expression(field) == nullptr ? std::string(otherwise)
                                               : fmt::format("coalesce({}, {})", quote_name(field), otherwise);
}

std::string mapped_or_null(const Target& target, const Field& field) {
    if (target.expression(field.name) != nullptr) return quote_name(field.name);
    return fmt::format("CAST(NULL AS {})", field.type == FieldType::instant ? "TIMESTAMPTZ" : sql_type(field.type));
}

std::string line_number(const Target& target) {
    return numbers_lines(target) ? "source_place" : "line";
}

std::string order_line_rows(const Target& target, const std::string& day) {
    return fmt::format(R"(
        SELECT order_id, {} AS line, item_id, {} AS customer_id, {} AS place_id, ordered_at,
               {} AS day, quantity, CASE WHEN {} THEN quantity ELSE 0 END AS cancelled_quantity, unit_price)",
                       line_number(target), target.expression("customer_id") ? "customer_id" : "NULL",
                       target.expression("place_id") ? "place_id" : "NULL", day,
                       or_default(target, "cancelled", "false"));
}

std::string return_rows(const Target& target, const std::string& day) {
    return fmt::format(R"(
        SELECT return_id, {} AS line, {} AS order_id, CAST(NULL AS BIGINT) AS order_line, item_id,
               {} AS customer_id, {} AS place_id, returned_at, {} AS day, quantity, {} AS unit_price)",
                       line_number(target), target.expression("order_id") ? "order_id" : "NULL",
                       target.expression("customer_id") ? "customer_id" : "NULL",
                       target.expression("place_id") ? "place_id" : "NULL", day,
                       target.expression("unit_price") ? "unit_price" : "NULL");
}

// The same event told twice has the same content; the same content twice in one file is two events.
std::string event_number(const Target& target) {
    std::string content;
    for (const auto& field : target.table->fields)
        if (field.name != "event_id" && target.expression(field.name) != nullptr)
            content += fmt::format("{}coalesce(CAST({} AS VARCHAR), '')", content.empty() ? "" : " || '|' || ",
                                   quote_name(field.name));
    return fmt::format("md5({0}) || '#' || row_number() OVER (PARTITION BY {0} ORDER BY {1})", content,
                       row_name(target));
}

// What a computed field is where neither mapping nor row tells it.
std::string otherwise(const Target& target, std::string_view field) {
    if (field == "product") return "true";
    if (field == "days") return "1";
    if (field == "event_id") return event_number(target);
    return "'all'";
}

std::string field_value(const Target& target, const Field& field) {
    if (field.name == "line") return line_number(target);
    if (field.need == Need::computed) return or_default(target, field.name, otherwise(target, field.name));
    return mapped_or_null(target, field);
}

std::string plain_rows(const Target& target) {
    std::string sql = "SELECT ";
    for (const auto& field : target.table->fields) {
        sql += fmt::format("{} AS {}, ", field_value(target, field), quote_name(field.name));
        if (field.type == FieldType::instant)
            sql += fmt::format("{} AS day, ",
                               target.expression(field.name) == nullptr ? "CAST(NULL AS DATE)" : day_name(field.name));
    }
    sql.resize(sql.size() - 2);
    return sql;
}

std::string rows_of(const Target& target) {
    if (target.table->name == "order_lines") return order_line_rows(target, day_name("ordered_at"));
    if (is_returns(target)) return return_rows(target, day_name("returned_at"));
    return plain_rows(target);
}

struct ToMerge {
    const MergeOptions& options;
    std::string rows;  // SQL: a table or a statement in brackets
};

// Then no key comes twice in a file.
bool numbered_by_load(const Target& target) {
    return numbers_lines(target) ||
           (std::ranges::contains(target.table->key, "event_id") && target.expression("event_id") == nullptr);
}

// Of several rows with one key in a file, the last counts; the ones before it are set aside with their reason.
// They stand in `repeated` then; returns how many they are.
Result<std::int64_t> quarantine_repeated_keys(Connection& connection, const Target& target, const ToMerge& merging) {
    if (numbered_by_load(target)) return 0;
    const auto& options = merging.options;
    const auto key = fmt::format("{}", fmt::join(target.table->key, ", "));
    const std::string row(row_name(target));
    const auto repeated = TRY(find_repeated_keys(connection, {merging.rows, key, row}));
    if (repeated == 0) return 0;
    TRY(connection.query(fmt::format(R"(
        INSERT INTO data.quarantine
        SELECT ?, source_line, ?, 'repeated key', 'a later line of the file has the same key and takes its place', {}
        FROM offered_rows(?) SEMI JOIN repeated USING ({}))",
                                     options.raw, row),
                         options.load_id, key, options.rows));
    return repeated;
}

// Afterwards no key comes twice in the rows to merge.
Result<> leave_out_repeated_keys(Connection& connection, const Target& target, ToMerge& merging) {
    if (TRY(quarantine_repeated_keys(connection, target, merging)) == 0) return {};
    const auto row = row_name(target);
    if (merging.rows == "staged")
        return connection.run(fmt::format("DELETE FROM staged WHERE {0} IN (SELECT {0} FROM repeated)", row));
    merging.rows = fmt::format("(SELECT * FROM {} ANTI JOIN repeated USING ({}))", merging.rows, row);
    return {};
}

// Whether rows can go straight into an empty store, once their keys differ: written once, which is most of a big load.
bool needs_only_keys(const Target& target, const MergeOptions& options) {
    if (is_returns(target) || target.table->name == "sales") return false;
    return numbered_by_load(target) || (options.replay_of == 0 && options.keys == MergeOptions::Keys::forget);
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
    const auto store_name = "data." + std::string(target.table->table);
    std::string same, same_key;
    for (const auto& name : content_columns(connection, target))
        same += fmt::format("{}x.{} IS NOT DISTINCT FROM s.{}", same.empty() ? "" : " AND ", quote_name(name),
                            quote_name(name));
    for (const auto key : target.table->key)
        same_key += fmt::format("{}x.{} = s.{}", same_key.empty() ? "" : " AND ", key, key);
    TRY(connection.run(
        fmt::format("CREATE OR REPLACE TEMP TABLE staged AS SELECT s.* FROM staged AS s ANTI JOIN {} AS x ON {}",
                    store_name, same)));
    return TRY(connection.query(fmt::format("DELETE FROM {} AS x USING staged AS s WHERE {}", store_name, same_key)))
        .changed();
}

Result<> describe_the_named(Connection& connection, const Target& target, std::int64_t load_id) {
    const auto title = target.expression("title") ? "title" : "NULL";
    const auto product = target.expression("product") ? "product" : "true";
    const auto row = row_name(target);
    const auto price =
        target.expression("unit_price") ? fmt::format("arg_max(unit_price, {})", row) : std::string("NULL::BIGINT");
    // An item's title is its most frequent one, of several the one that came last.
    if (target.expression("item_id") != nullptr)
        TRY(connection.query(fmt::format(R"(
            INSERT INTO data.item BY NAME
            SELECT item_id, arg_max(title, (times, last_line)) AS title, bool_or(product) AS product,
                   arg_max(unit_price, last_line) AS unit_price, ? AS load_id, min(first_line) AS source_line
            FROM (SELECT item_id, {} AS title, count(*) AS times, bool_or({}) AS product, {} AS unit_price,
                         max({}) AS last_line, min(source_line) AS first_line
                  FROM typed WHERE fault IS NULL AND item_id IS NOT NULL GROUP BY 1, 2) AS named
            WHERE NOT EXISTS (FROM data.item AS x WHERE x.item_id = named.item_id)
            GROUP BY item_id)",
                                         title, product, price, row),
                             load_id));
    const auto written = "data." + std::string(target.table->table);
    for (const auto& [table, key] : {std::pair("customer", "customer_id"), std::pair("place", "place_id")}) {
        if (target.expression(key) == nullptr) continue;
        // The store's columns are dictionaries by now, which are quick to group.
        TRY(connection.query(fmt::format(R"(
            INSERT INTO data.{0} BY NAME
            SELECT {1}, load_id, source_line
            FROM (SELECT {1}, ? AS load_id, min(source_line) AS source_line FROM {2} WHERE load_id = ? GROUP BY {1}) AS named
            WHERE {1} IS NOT NULL AND NOT EXISTS (FROM data.{0} AS x WHERE x.{1} = named.{1}))",
                                         table, key, written),
                             load_id, load_id));
    }
    return {};
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
    const auto store_name = "data." + std::string(target.table->table);
    const bool empty = TRY(connection.count(fmt::format("SELECT count(*) FROM (FROM {} LIMIT 1)", store_name))) == 0;
    const std::string_view row = target.declared.unnested ? ", source_row" : "";
    ToMerge merging{options, fmt::format("({}, source_line{} FROM typed WHERE fault IS NULL)", rows_of(target), row)};
    std::int64_t replaced = 0, known = 0;
    std::optional<std::int64_t> staged;
    const bool sums = target.table->name == "sales";
    if (empty && needs_only_keys(target, options)) {
        TRY(leave_out_repeated_keys(connection, target, merging));
    } else {
        TRY(connection.run("CREATE OR REPLACE TEMP TABLE staged AS " + std::exchange(merging.rows, "staged")));
        if (sums) TRY(quarantine_empty_sales(connection, target, options));
        TRY(leave_out_repeated_keys(connection, target, merging));
        if (options.keys == MergeOptions::Keys::remember) TRY(remember_keys(connection, *target.table));
        if (options.replay_of != 0) known = TRY(settle_replayed(connection, target, options));
        staged = TRY(connection.count("SELECT count(*) FROM staged"));
        if (!empty) replaced = TRY(keep_fresh(connection, target));
        if (is_returns(target)) TRY(match_returns(connection, row_name(target)));
    }
    const auto inserted =
        TRY(connection.query(fmt::format("INSERT INTO {} BY NAME SELECT *{}, ? AS load_id FROM {}", store_name,
                                         row.empty() ? "" : " EXCLUDE (source_row)", merging.rows),
                             options.load_id));
    TRY(connection.run("DROP TABLE IF EXISTS repeated"));
    if (target.table->name == "order_lines" || sums) TRY(describe_the_named(connection, target, options.load_id));
    return Merged{inserted.changed(), known + staged.value_or(inserted.changed()) - inserted.changed(), replaced};
}

}  // namespace suanpan::data
