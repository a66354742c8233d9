#include "areas/selection/history.h"

#include <fmt/format.h>

#include <algorithm>
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

// How many lines each order of several has. Orders are told by hashes, which are far quicker to join and group than
// texts.
constexpr std::string_view order_sizes_sql = R"(
    CREATE OR REPLACE TEMP TABLE order_size AS
    SELECT order_hash, count(*)::DOUBLE AS lines FROM (SELECT hash(order_id) AS order_hash FROM data.order_line)
    GROUP BY order_hash HAVING count(*) > 1)";

// The items from $1 to $2, numbered from 0.
constexpr std::string_view places_sql = R"(
    SELECT item_id, (row_number() OVER (ORDER BY item_id) - 1)::BIGINT AS item
    FROM data.product WHERE item_id BETWEEN $1 AND $2)";

// What was ordered, by item and day. A cancellation with a return line is known when that came; one without a date is
// known at once. An order counts as one customer's. Only where an item has several orders on a day are orders and
// customers counted by grouping in turn.
const std::string sold_sql = fmt::format(R"(
    WITH place AS ({}),
    back AS (SELECT DISTINCT order_id, order_line AS line FROM data.return_line WHERE order_id IS NOT NULL),
    line AS (
        SELECT item, o.day, hash(o.order_id) AS order_hash,
               CASE WHEN o.customer_id IS NOT NULL THEN hash(o.customer_id) END AS customer_hash, o.unit_price,
               o.quantity - CASE WHEN back.order_id IS NULL THEN o.cancelled_quantity ELSE 0 END AS quantity,
               o.quantity - o.cancelled_quantity AS settled
        FROM data.order_line AS o
        JOIN place USING (item_id)
        LEFT JOIN back ON back.order_id = o.order_id AND back.line = o.line
        WHERE o.item_id BETWEEN $1 AND $2),
    sized AS (
        SELECT line.*, coalesce(lines, 1) AS lines, quantity > 0 AS known
        FROM line LEFT JOIN order_size USING (order_hash)),
    summed AS (
        SELECT item, day, sum(quantity) FILTER (known) AS units, sum(quantity * unit_price) FILTER (known) AS revenue,
               sum(lines) FILTER (known) / count(*) FILTER (known) AS basket, min(order_hash) FILTER (known) AS first_order,
               max(order_hash) FILTER (known) AS last_order, max(customer_hash) FILTER (known) AS customer_hash,
               sum(settled) AS settled_units, sum(settled * unit_price) AS settled_revenue
        FROM sized GROUP BY item, day),
    by_order AS (
        SELECT item, day, order_hash, max(customer_hash) AS customer_hash
        FROM line SEMI JOIN (FROM summed WHERE first_order <> last_order) USING (item, day)
        WHERE quantity > 0 GROUP BY item, day, order_hash),
    by_customer AS (
        SELECT item, day, customer_hash, count(*) AS orders FROM by_order GROUP BY item, day, customer_hash),
    counted AS (
        SELECT item, day, sum(orders) AS orders, count(customer_hash) AS customers FROM by_customer GROUP BY item, day)
    SELECT item, day, coalesce(units, 0)::FLOAT, coalesce(revenue, 0)::FLOAT,
           coalesce(orders, CASE WHEN first_order IS NULL THEN 0 ELSE 1 END)::FLOAT,
           coalesce(customers, CASE WHEN customer_hash IS NULL THEN 0 ELSE 1 END)::FLOAT, coalesce(basket, 0)::FLOAT,
           settled_units::FLOAT, settled_revenue::FLOAT
    FROM summed LEFT JOIN counted USING (item, day))",
                                         places_sql);

// Sums of sales, on the last day that they are of. Without revenue, units stand in for it.
const std::string sums_sql = fmt::format(R"(
    WITH place AS ({}),
    told AS (
        SELECT item, (from_day + CAST(days - 1 AS INTEGER))::DATE AS day, days > 1 OR units IS NULL AS rough, units, revenue
        FROM data.sale_counted JOIN place USING (item_id)),
    settled AS (
        SELECT item, day, sum(units) AS units, sum(revenue) AS revenue
        FROM (SELECT item, day, coalesce(sum(units), 0) AS units, coalesce(sum(revenue), sum(units), 0) AS revenue
              FROM told GROUP BY item, day, rough)
        GROUP BY item, day)
    SELECT item, day, coalesce(sum(told.units), 0)::FLOAT, coalesce(sum(told.revenue), sum(told.units), 0)::FLOAT,
           any_value(settled.units)::FLOAT, any_value(settled.revenue)::FLOAT
    FROM told JOIN settled USING (item, day) GROUP BY item, day)",
                                         places_sql);

const std::string back_sql = fmt::format(R"(
    WITH place AS ({})
    SELECT item, day, sum(quantity)::FLOAT, coalesce(sum(quantity * unit_price), 0)::FLOAT
    FROM data.return_line JOIN place USING (item_id) GROUP BY item, day)",
                                         places_sql);

// What a unit cost from a day on, where the shop states it.
const std::string costs_sql = fmt::format(R"(
    WITH place AS ({})
    SELECT item, from_day, min(unit_cost)::DOUBLE FROM data.cost JOIN place USING (item_id)
    GROUP BY item, from_day ORDER BY item, from_day)",
                                          places_sql);

constexpr std::string_view items_sql = R"(
    WITH attributes AS (SELECT item_id, sum(strlen(value))::DOUBLE AS bytes FROM data.attribute GROUP BY ALL)
    SELECT item_id, title, category, supplier_id, unit_cost, listed_on, coalesce(bytes, 0)::DOUBLE AS attribute_bytes
    FROM data.product LEFT JOIN attributes USING (item_id) ORDER BY item_id)";

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

// Fields of ItemDay in the order of a query's columns, after item and day.
using Fields = std::span<float ItemDay::* const>;
constexpr float ItemDay::* sold_fields[] = {&ItemDay::units,          &ItemDay::revenue, &ItemDay::orders,
                                            &ItemDay::customers,      &ItemDay::basket,  &ItemDay::settled_units,
                                            &ItemDay::settled_revenue};
constexpr float ItemDay::* sums_fields[] = {&ItemDay::units, &ItemDay::revenue, &ItemDay::settled_units,
                                            &ItemDay::settled_revenue};
constexpr float ItemDay::* back_fields[] = {&ItemDay::returned_units, &ItemDay::returned_value};

// By columns, as they come: with a million items there are tens of millions of days.
Result<> add_days(Connection& connection, std::string_view sql, std::span<Item> items, Fields fields) {
    const store::Table table = TRY(connection.query(sql, items.front().id, items.back().id));
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk) {
        const auto places = table.values<std::int64_t>(chunk, 0);
        const auto days = table.values<std::int32_t>(chunk, 1);
        std::vector<std::span<const float>> columns;
        for (std::size_t f = 0; f < fields.size(); ++f) columns.push_back(table.values<float>(chunk, f + 2));
        for (std::size_t row = 0; row < places.size(); ++row) {
            ItemDay day{.day = Day(Days(days[row]))};
            for (std::size_t f = 0; f < fields.size(); ++f) day.*fields[f] = columns[f][row];
            items[static_cast<std::size_t>(places[row])].days.push_back(day);
        }
    }
    return {};
}

// By day, one a day: what the sources have of it is put together.
void put_together(std::vector<ItemDay>& days) {
    std::ranges::stable_sort(days, {}, &ItemDay::day);
    std::size_t kept = 0;
    for (std::size_t i = 1; i < days.size(); ++i) {
        if (days[i].day != days[kept].day) {
            days[++kept] = days[i];
            continue;
        }
        days[kept].basket = std::max(days[kept].basket, days[i].basket);
        for (const auto field : sold_fields)
            if (field != &ItemDay::basket) days[kept].*field += days[i].*field;
        for (const auto field : back_fields) days[kept].*field += days[i].*field;
    }
    if (!days.empty()) days.resize(kept + 1);
    days.shrink_to_fit();
}

// Of each day at the cost stated last before it, else at the item's.
Result<> add_profits(Connection& connection, std::span<Item> items) {
    const auto earn = [](Item& item, Day from, double cost) {
        for (auto day = std::ranges::lower_bound(item.days, from, {}, &ItemDay::day); day != item.days.end(); ++day)
            day->settled_profit = static_cast<float>(day->settled_revenue - day->settled_units * cost);
    };
    for (auto& item : items)
        if (!item.days.empty()) earn(item, item.days.front().day, item.unit_cost);
    const store::Table table = TRY(connection.query(costs_sql, items.front().id, items.back().id));
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk) {
        const auto places = table.values<std::int64_t>(chunk, 0);
        const auto days = table.values<std::int32_t>(chunk, 1);
        const auto costs = table.values<double>(chunk, 2);
        for (std::size_t row = 0; row < places.size(); ++row)
            earn(items[static_cast<std::size_t>(places[row])], Day(Days(days[row])), costs[row]);
    }
    return {};
}

Result<> read_days(Connection& connection, std::span<Item> items) {
    TRY(add_days(connection, sold_sql, items, sold_fields));
    TRY(add_days(connection, sums_sql, items, sums_fields));
    TRY(add_days(connection, back_sql, items, back_fields));
    for (auto& item : items) put_together(item.days);
    return add_profits(connection, items);
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
