#include "areas/data/named.h"

#include <fmt/format.h>

#include "areas/data/merge_sql.h"
#include "areas/data/route.h"

namespace suanpan::data {
namespace {

using store::Connection;

// An item's title is its most frequent one, of several the one that came last.
std::string items_sql(const Target& target, const std::string& from) {
    const auto title = target.expression("title") ? "title" : "NULL";
    const auto product = target.expression("product") ? "product" : "true";
    const auto row = row_name(target);
    const auto price =
        target.expression("unit_price") ? fmt::format("arg_max(unit_price, {})", row) : std::string("NULL::BIGINT");
    return fmt::format(R"(
        INSERT INTO data.item BY NAME
        SELECT item_id, arg_max(title, (times, last_line)) AS title, bool_or(product) AS product,
               arg_max(unit_price, last_line) AS unit_price, ? AS load_id, min(first_line) AS source_line
        FROM (SELECT item_id, {} AS title, count(*) AS times, bool_or({}) AS product, {} AS unit_price,
                     max({}) AS last_line, min(source_line) AS first_line
              FROM {} AS rows WHERE item_id IS NOT NULL GROUP BY 1, 2) AS named
        WHERE NOT EXISTS (FROM data.item AS x WHERE x.item_id = named.item_id)
        GROUP BY item_id)",
                       title, product, price, row, from);
}

}  // namespace

Result<> describe_the_named(Connection& connection, const Target& target, const NamingRows& rows) {
    if (target.expression("item_id") != nullptr) {
        const auto sql = items_sql(target, rows.from);
        TRY(rows.rows ? connection.query(sql, rows.load_id, *rows.rows) : connection.query(sql, rows.load_id));
    }
    for (const auto& [table, key] : {std::pair("customer", "customer_id"), std::pair("place", "place_id")}) {
        if (target.expression(key) == nullptr) continue;
        // The store's columns are dictionaries by now, which are quick to group.
        TRY(connection.query(fmt::format(R"(
            INSERT INTO data.{0} BY NAME
            SELECT {1}, load_id, source_line
            FROM (SELECT {1}, ? AS load_id, min(source_line) AS source_line FROM {2} WHERE load_id = ? GROUP BY {1}) AS named
            WHERE {1} IS NOT NULL AND NOT EXISTS (FROM data.{0} AS x WHERE x.{1} = named.{1}))",
                                         table, key, store_name(target)),
                             rows.load_id, rows.load_id));
    }
    return {};
}

}  // namespace suanpan::data
