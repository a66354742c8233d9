#include "areas/selection/history.h"

#include <algorithm>
#include <unordered_map>

namespace suanpan::selection {
struct ItemRow {
    std::string item_id;
    std::optional<std::string> title, category, supplier_id;
    std::optional<std::int64_t> unit_cost;
    std::optional<Day> listed_on;
    double attribute_bytes = 0;
};

struct SoldRow {
    std::string item_id;
    Day day;
    double units = 0, revenue = 0, orders = 0, customers = 0, basket = 0;
};

struct BackRow {
    std::string item_id;
    Day day;
    double units = 0, value = 0;
};

struct SettledRow {
    std::string item_id;
    Day day;
    double units = 0, revenue = 0, profit = 0;
};

struct SignRow {
    std::string item_id;
    Day day;
    std::int64_t sign = 0;
    double value = 0, count = 0;
};

namespace {

using store::Connection;

// A cancellation with a return line is known when that came; one without a date is known at once.
constexpr std::string_view sold_sql = R"(
    WITH back AS (SELECT DISTINCT order_id, order_line AS line FROM data.return_line WHERE order_id IS NOT NULL),
    basket AS (SELECT order_id, count(*) AS lines FROM data.order_line GROUP BY order_id),
    line AS (
        SELECT o.item_id, o.day, o.order_id, o.customer_id, o.unit_price, basket.lines,
               o.quantity - CASE WHEN back.order_id IS NULL THEN o.cancelled_quantity ELSE 0 END AS quantity
        FROM data.order_line AS o
        JOIN basket USING (order_id)
        LEFT JOIN back ON back.order_id = o.order_id AND back.line = o.line)
    SELECT item_id, day, sum(quantity)::DOUBLE AS units, sum(quantity * unit_price)::DOUBLE AS revenue,
           count(DISTINCT order_id)::DOUBLE AS orders, count(DISTINCT customer_id)::DOUBLE AS customers,
           avg(lines)::DOUBLE AS basket
    FROM line WHERE quantity > 0 GROUP BY ALL
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

constexpr std::string_view settled_sql = "SELECT item_id, day, units, revenue, profit FROM selection.settled";

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

ItemDay& day_of(std::vector<std::unordered_map<std::int64_t, ItemDay>>& days, std::size_t item, Day day) {
    auto& found = days[item][day.time_since_epoch().count()];
    found.day = day;
    return found;
}

// Calls `take` with the place of each row's item; rows of no product are left out.
template <class Row, class Take>
Result<> each(Connection& connection, std::string_view sql, const Places& places, const Take& take) {
    for (const auto& row : TRY(connection.rows<Row>(sql)))
        if (const auto place = places.find(row.item_id); place != places.end()) take(place->second, row);
    return {};
}

Result<> read_days(Connection& connection, const Places& places, History& history) {
    std::vector<std::unordered_map<std::int64_t, ItemDay>> days(history.items.size());
    TRY(each<SoldRow>(connection, sold_sql, places, [&](std::size_t item, const SoldRow& row) {
        auto& d = day_of(days, item, row.day);
        d.units += row.units;
        d.revenue += row.revenue;
        d.orders += row.orders;
        d.customers += row.customers;
        d.basket = row.basket;
    }));
    TRY(each<BackRow>(connection, back_sql, places, [&](std::size_t item, const BackRow& row) {
        auto& d = day_of(days, item, row.day);
        d.returned_units += row.units;
        d.returned_value += row.value;
    }));
    TRY(each<SettledRow>(connection, settled_sql, places, [&](std::size_t item, const SettledRow& row) {
        auto& d = day_of(days, item, row.day);
        d.settled_units += row.units;
        d.settled_revenue += row.revenue;
        d.settled_profit += row.profit;
    }));
    for (std::size_t i = 0; i < days.size(); ++i) {
        auto& to = history.items[i].days;
        for (auto& [day, row] : days[i]) to.push_back(row);
        std::ranges::sort(to, {}, &ItemDay::day);
    }
    return {};
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
    TRY(read_days(connection, places, history));
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
