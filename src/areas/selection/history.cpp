#include "areas/selection/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>

namespace suanpan::selection {
struct ItemRow {
    std::string item_id;
    std::optional<std::string> title, category, supplier_id;
    std::optional<std::int64_t> unit_cost;
    std::optional<Day> listed_on;
    double attribute_bytes = 0;
};

struct SignRow {
    std::string item_id;
    Day day;
    std::int64_t sign = 0;
    double value = 0, count = 0;
};

namespace {

using store::Connection;

// How many lines each order has. Orders are told by hashes, which are far quicker to join and group than texts.
constexpr std::string_view order_sizes_sql = R"(
    CREATE OR REPLACE TEMP TABLE order_size AS
    SELECT order_hash, count(*)::DOUBLE AS lines FROM (SELECT hash(order_id) AS order_hash FROM data.order_line) GROUP BY ALL)";

// A cancellation with a return line is known when that came; one without a date is known at once. An order counts as
// one customer's. Grouped by order, by customer and by day in turn, which costs half of what counting distinct ones
// does.
constexpr std::string_view sold_sql = R"(
    WITH back AS (SELECT DISTINCT order_id, order_line AS line FROM data.return_line WHERE order_id IS NOT NULL),
    line AS (
        SELECT o.item_id, o.day, hash(o.order_id) AS order_hash,
               CASE WHEN o.customer_id IS NOT NULL THEN hash(o.customer_id) END AS customer_hash, o.unit_price,
               o.quantity - CASE WHEN back.order_id IS NULL THEN o.cancelled_quantity ELSE 0 END AS quantity
        FROM data.order_line AS o LEFT JOIN back ON back.order_id = o.order_id AND back.line = o.line),
    by_order AS (
        SELECT item_id, day, order_hash, max(customer_hash) AS customer_hash, sum(quantity)::DOUBLE AS units,
               sum(quantity * unit_price)::DOUBLE AS revenue, sum(lines) AS lines, count(*) AS counted
        FROM line JOIN order_size USING (order_hash) WHERE quantity > 0 GROUP BY item_id, day, order_hash),
    by_customer AS (
        SELECT item_id, day, customer_hash, sum(units) AS units, sum(revenue) AS revenue, count(*) AS orders,
               sum(lines) AS lines, sum(counted) AS counted
        FROM by_order GROUP BY item_id, day, customer_hash)
    SELECT item_id, day, sum(units) AS units, sum(revenue) AS revenue, sum(orders)::DOUBLE AS orders,
           count(customer_hash)::DOUBLE AS customers, sum(lines) / sum(counted) AS basket
    FROM by_customer GROUP BY item_id, day
    UNION ALL
    SELECT item_id, (from_day + CAST(days - 1 AS INTEGER))::DATE, coalesce(sum(units), 0)::DOUBLE,
           coalesce(sum(revenue), sum(units), 0)::DOUBLE, 0::DOUBLE, 0::DOUBLE, 0::DOUBLE
    FROM data.sale_counted GROUP BY ALL)";

constexpr std::string_view back_sql = R"(
    SELECT item_id, day, sum(quantity)::DOUBLE AS units, coalesce(sum(quantity * unit_price), 0)::DOUBLE AS value
    FROM data.return_line GROUP BY ALL)";

constexpr std::string_view items_sql = R"(
    WITH attributes AS (SELECT item_id, sum(strlen(value))::DOUBLE AS bytes FROM data.attribute GROUP BY ALL)
    SELECT item_id, title, category, supplier_id, unit_cost, listed_on, coalesce(bytes, 0)::DOUBLE AS attribute_bytes
    FROM data.product LEFT JOIN attributes USING (item_id) ORDER BY item_id)";

// One row an item and day of the items from $1 to $2, numbered from 0 in that order. What the sources have of one day
// is put together.
const std::string days_sql = fmt::format(R"(
    WITH place AS (
        SELECT item_id, (row_number() OVER (ORDER BY item_id) - 1)::BIGINT AS item
        FROM data.product WHERE item_id BETWEEN $1 AND $2),
    known AS (
        SELECT item_id, day, units, revenue, orders, customers, basket, 0::DOUBLE AS returned_units,
               0::DOUBLE AS returned_value, 0::DOUBLE AS settled_units, 0::DOUBLE AS settled_revenue, 0::DOUBLE AS settled_profit
        FROM ({}) WHERE item_id BETWEEN $1 AND $2
        UNION ALL SELECT item_id, day, 0, 0, 0, 0, 0, units, value, 0, 0, 0 FROM ({}) WHERE item_id BETWEEN $1 AND $2
        UNION ALL SELECT item_id, day, 0, 0, 0, 0, 0, 0, 0, units, revenue, profit
        FROM selection.settled WHERE item_id BETWEEN $1 AND $2)
    SELECT item, day, sum(units)::FLOAT AS units, sum(revenue)::FLOAT AS revenue, sum(orders)::FLOAT AS orders,
           sum(customers)::FLOAT AS customers, max(basket)::FLOAT AS basket, sum(returned_units)::FLOAT AS returned_units,
           sum(returned_value)::FLOAT AS returned_value, sum(settled_units)::FLOAT AS settled_units,
           sum(settled_revenue)::FLOAT AS settled_revenue, sum(settled_profit)::FLOAT AS settled_profit
    FROM known JOIN place USING (item_id) GROUP BY item, day ORDER BY item, day)",
                                         sold_sql, back_sql);

constexpr std::string_view sign_sql = R"(
    SELECT item_id, day, 0::BIGINT AS sign, min(unit_price)::DOUBLE AS value, count(*)::DOUBLE AS count
    FROM (SELECT item_id, day, unit_price FROM data.competitor_price WHERE coalesce(available, true)
          UNION ALL SELECT item_id, day, unit_price FROM selection.rival_price)
    GROUP BY ALL
    UNION ALL
    SELECT item_id, day, 1, avg(rating)::DOUBLE, count(*)::DOUBLE
    FROM data.review WHERE item_id IS NOT NULL AND day IS NOT NULL AND rating IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT item_id, day, 2, coalesce(sum(views), 0)::DOUBLE, coalesce(sum(impressions), 0)::DOUBLE
    FROM data.traffic GROUP BY ALL
    UNION ALL
    SELECT item_id, day, 3, coalesce(sum(carts), 0)::DOUBLE, 0 FROM data.traffic GROUP BY ALL
    UNION ALL
    SELECT item_id, day, 4, on_hand::DOUBLE, on_order::DOUBLE FROM data.stock_by_day
    UNION ALL
    SELECT item_id, day, 5, min(unit_price)::DOUBLE, 1 FROM data.price GROUP BY ALL)";

using Places = std::unordered_map<std::string, std::size_t>;

// Calls `take` with the place of each row's item; rows of no product are left out.
template <class Row, class Take>
Result<> each(Connection& connection, std::string_view sql, const Places& places, const Take& take) {
    for (const auto& row : TRY(connection.rows<Row>(sql)))
        if (const auto place = places.find(row.item_id); place != places.end()) take(place->second, row);
    return {};
}

// Fields of ItemDay in the order of the query's columns, after item and day.
constexpr float ItemDay::* fields[] = {&ItemDay::units,          &ItemDay::revenue,       &ItemDay::orders,
                                       &ItemDay::customers,      &ItemDay::basket,        &ItemDay::returned_units,
                                       &ItemDay::returned_value, &ItemDay::settled_units, &ItemDay::settled_revenue,
                                       &ItemDay::settled_profit};

// By columns, as they come: with a million items there are tens of millions of days.
Result<> read_days(Connection& connection, std::span<Item> items) {
    const store::Table table = TRY(connection.query(days_sql, items.front().id, items.back().id));
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk) {
        const auto places = table.values<std::int64_t>(chunk, 0);
        const auto days = table.values<std::int32_t>(chunk, 1);
        std::array<std::span<const float>, std::size(fields)> columns;
        for (std::size_t f = 0; f < std::size(fields); ++f) columns[f] = table.values<float>(chunk, f + 2);
        for (std::size_t row = 0; row < places.size(); ++row) {
            ItemDay day{.day = Day(Days(days[row]))};
            for (std::size_t f = 0; f < std::size(fields); ++f) day.*fields[f] = columns[f][row];
            items[static_cast<std::size_t>(places[row])].days.push_back(day);
        }
    }
    for (auto& item : items) item.days.shrink_to_fit();
    return {};
}

// A part of the items at a time: what the store puts together for one fits into its memory.
Result<> read_all_days(Connection& connection, History& history) {
    TRY(connection.run(order_sizes_sql));
    constexpr std::size_t part = 200'000;
    const std::span items(history.items);
    for (std::size_t from = 0; from < items.size(); from += part)
        TRY(read_days(connection, items.subspan(from, std::min(part, items.size() - from))));
    return connection.run("DROP TABLE order_size");
}

}  // namespace

Result<History> read_history(Connection& connection) {
    History history;
    Places places;
    for (auto& row : TRY(connection.rows<ItemRow>(items_sql))) {
        places.emplace(row.item_id, history.items.size());
        history.items.push_back({.id = std::move(row.item_id),
                                 .title = row.title.value_or(""),
                                 .category = row.category.value_or(""),
                                 .supplier = row.supplier_id.value_or(""),
                                 .unit_cost = static_cast<double>(row.unit_cost.value_or(0)),
                                 .attribute_bytes = row.attribute_bytes,
                                 .listed = row.listed_on.has_value(),
                                 .listed_on = row.listed_on.value_or(Day{}),
                                 .days = {},
                                 .signs = {}});
    }
    TRY(read_all_days(connection, history));
    TRY(each<SignRow>(connection, sign_sql, places, [&](std::size_t item, const SignRow& row) {
        history.items[item].signs.push_back({row.day, static_cast<Sign>(row.sign), row.value, row.count});
    }));
    bool any = false;
    for (auto& item : history.items) {
        std::ranges::sort(item.signs, {}, &SignDay::day);
        if (item.days.empty()) continue;
        history.first = any ? std::min(history.first, item.days.front().day) : item.days.front().day;
        history.last = any ? std::max(history.last, item.days.back().day) : item.days.back().day;
        any = true;
    }
    if (!any)
        return fail(ErrorCode::not_found, "nothing was ever sold here; load orders or sums of sales first",
                    "data.sales_daily");
    return history;
}

}  // namespace suanpan::selection
