#include "areas/selection/history.h"

#include <algorithm>
#include <span>

#include "areas/selection/order_days.h"
#include "platform/base/parallel.h"

namespace suanpan::selection {
struct ItemRow {
    std::string item_id;
    std::optional<std::string> title, category, supplier_id;
    std::optional<std::int64_t> unit_cost;
    std::optional<Day> listed_on;
    double attribute_bytes = 0;
};

struct SignRow {
    std::int32_t item = 0;
    Day day;
    std::int64_t sign = 0;
    double value = 0, count = 0;
};

namespace {

using store::Connection;

// Sums of sales, on the last day that they are of. Without revenue, units stand in for it.
constexpr std::string_view sums_sql = R"(
    WITH told AS (
        SELECT item, (from_day + CAST(days - 1 AS INTEGER))::DATE AS day, days > 1 OR units IS NULL AS rough, units, revenue
        FROM data.sale_counted JOIN item_place USING (item_id) WHERE item BETWEEN $1 AND $2),
    settled AS (
        SELECT item, day, sum(units) AS units, sum(revenue) AS revenue
        FROM (SELECT item, day, coalesce(sum(units), 0) AS units, coalesce(sum(revenue), sum(units), 0) AS revenue
              FROM told GROUP BY item, day, rough)
        GROUP BY item, day)
    SELECT item, day, coalesce(sum(told.units), 0)::FLOAT, coalesce(sum(told.revenue), sum(told.units), 0)::FLOAT,
           any_value(settled.units)::FLOAT, any_value(settled.revenue)::FLOAT
    FROM told JOIN settled USING (item, day) GROUP BY item, day)";

constexpr std::string_view back_sql = R"(
    SELECT item, day, sum(quantity)::FLOAT, coalesce(sum(quantity * unit_price), 0)::FLOAT
    FROM data.return_line JOIN item_place USING (item_id) WHERE item BETWEEN $1 AND $2 GROUP BY item, day)";

// What a unit cost from a day on, where the shop states it.
constexpr std::string_view costs_sql = R"(
    SELECT item, from_day, min(unit_cost)::DOUBLE FROM data.cost JOIN item_place USING (item_id)
    WHERE item BETWEEN $1 AND $2 GROUP BY item, from_day ORDER BY item, from_day)";

constexpr std::string_view items_sql = R"(
    WITH attributes AS (SELECT item_id, sum(strlen(value))::DOUBLE AS bytes FROM data.attribute GROUP BY ALL)
    SELECT item_id, title, category, supplier_id, unit_cost, listed_on, coalesce(bytes, 0)::DOUBLE AS attribute_bytes
    FROM data.product LEFT JOIN attributes USING (item_id) ORDER BY item_id)";

constexpr std::string_view sign_sql = R"(
    WITH told AS (
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
        SELECT item_id, day, 5, min(unit_price)::DOUBLE, 1 FROM data.price GROUP BY ALL)
    SELECT item, day, sign, value, count FROM told JOIN item_place USING (item_id))";

// One day of forecasting a week, the newest first, until they have so many rows (?). A forecast by weeks has the next
// four.
constexpr std::string_view forecast_sql = R"(
    WITH days AS (
        SELECT as_of, sum(rows) OVER (ORDER BY as_of DESC) - rows AS newer
        FROM (SELECT max(as_of) AS as_of, max_by(rows, as_of) AS rows
              FROM (SELECT as_of, count(*) AS rows FROM demand.planned GROUP BY as_of)
              GROUP BY date_trunc('week', as_of))
    )
    SELECT item, as_of - 1 AS day, 6::BIGINT AS sign, list_sum(mean[1:28 // period_days])::DOUBLE AS value,
           1::DOUBLE AS count
    FROM demand.planned JOIN item_place USING (item_id)
    WHERE as_of IN (SELECT as_of FROM days WHERE newer < ?) AND len(mean) >= 28 // period_days)";
// Likewise of what the models say that serve nobody, one morning a week.
constexpr std::string_view signal_sql = R"(
    WITH days AS (
        SELECT as_of, sum(rows) OVER (ORDER BY as_of DESC) - rows AS newer
        FROM (SELECT as_of, count(*) AS rows FROM demand.signal GROUP BY as_of)),
    told AS (
        SELECT item_id, as_of, unnest([7, 8])::BIGINT AS sign, unnest([prophet, lstm]) AS value
        FROM demand.signal WHERE as_of IN (SELECT as_of FROM days WHERE newer < ?))
    SELECT item, as_of - 1 AS day, sign, value, 1::DOUBLE AS count
    FROM told JOIN item_place USING (item_id) WHERE value IS NOT NULL)";
constexpr std::int64_t most_forecasts = 5'000'000;

// Fields of ItemDay in the order of a query's columns, after item and day.
using Fields = std::span<float ItemDay::* const>;
constexpr float ItemDay::* sums_fields[] = {&ItemDay::units, &ItemDay::revenue, &ItemDay::settled_units,
                                            &ItemDay::settled_revenue};
constexpr float ItemDay::* back_fields[] = {&ItemDay::returned_units, &ItemDay::returned_value};
constexpr float ItemDay::* added_fields[] = {
    &ItemDay::units,         &ItemDay::revenue,         &ItemDay::orders,         &ItemDay::customers,
    &ItemDay::settled_units, &ItemDay::settled_revenue, &ItemDay::returned_units, &ItemDay::returned_value};

// Items by their numbers.
struct Part {
    std::size_t first = 0, last = 0;
};

Result<> add_days(Connection& connection, std::string_view sql, const Part& part, Fields fields,
                  std::span<Item> items) {
    const store::Table table = TRY(connection.query(sql, part.first, part.last));
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk) {
        const auto places = table.values<std::int32_t>(chunk, 0);
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
    if (!std::ranges::is_sorted(days, {}, &ItemDay::day)) std::ranges::stable_sort(days, {}, &ItemDay::day);
    std::size_t kept = 0;
    for (std::size_t i = 1; i < days.size(); ++i) {
        if (days[i].day != days[kept].day) {
            days[++kept] = days[i];
            continue;
        }
        days[kept].basket = std::max(days[kept].basket, days[i].basket);
        for (const auto field : added_fields) days[kept].*field += days[i].*field;
    }
    if (!days.empty()) days.resize(kept + 1);
    days.shrink_to_fit();
}

void earn(Item& item, Day from, double cost) {
    for (auto day = std::ranges::lower_bound(item.days, from, {}, &ItemDay::day); day != item.days.end(); ++day)
        day->settled_profit = static_cast<float>(day->settled_revenue - day->settled_units * cost);
}

// Of each day at the cost stated last before it, else at the item's.
Result<> add_profits(Connection& connection, const Part& part, std::span<Item> items) {
    const store::Table table = TRY(connection.query(costs_sql, part.first, part.last));
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk) {
        const auto places = table.values<std::int32_t>(chunk, 0);
        const auto days = table.values<std::int32_t>(chunk, 1);
        const auto costs = table.values<double>(chunk, 2);
        for (std::size_t row = 0; row < places.size(); ++row)
            earn(items[static_cast<std::size_t>(places[row])], Day(Days(days[row])), costs[row]);
    }
    return {};
}

// A part of the days or items at a time: what the store puts together for one fits into its memory.
Result<> read_days(Connection& connection, std::span<Item> items) {
    constexpr std::int64_t most_lines = 8'000'000;
    constexpr std::size_t most_items = 200'000;
    TRY(add_order_days(connection, items, most_lines));
    std::vector<Part> parts;
    for (std::size_t first = 0; first < items.size(); first += most_items)
        parts.push_back({first, std::min(first + most_items, items.size()) - 1});
    for (const auto& part : parts) {
        TRY(add_days(connection, sums_sql, part, sums_fields, items));
        TRY(add_days(connection, back_sql, part, back_fields, items));
    }
    constexpr std::size_t block = 1024;
    in_parallel((items.size() + block - 1) / block, 0, [&](std::size_t one) {
        for (auto& item : items.subspan(one * block, std::min(block, items.size() - one * block))) {
            put_together(item.days);
            if (!item.days.empty()) earn(item, item.days.front().day, item.unit_cost);
        }
    });
    for (const auto& part : parts) TRY(add_profits(connection, part, items));
    return {};
}

Result<> read_signs(Connection& connection, std::span<Item> items) {
    const auto put = [&](const std::vector<SignRow>& rows) {
        for (const auto& row : rows)
            items[static_cast<std::size_t>(row.item)].signs.push_back(
                {row.day, static_cast<Sign>(row.sign), row.value, row.count});
    };
    put(TRY(connection.rows<SignRow>(sign_sql)));
    put(TRY(connection.rows<SignRow>(forecast_sql, most_forecasts)));
    put(TRY(connection.rows<SignRow>(signal_sql, most_forecasts)));
    for (auto& item : items) std::ranges::sort(item.signs, {}, &SignDay::day);
    return {};
}

std::vector<Item> items_of(std::vector<ItemRow> rows) {
    std::vector<Item> items;
    items.reserve(rows.size());
    for (auto& row : rows)
        items.push_back({.id = std::move(row.item_id),
                         .title = row.title.value_or(""),
                         .category = row.category.value_or(""),
                         .supplier = row.supplier_id.value_or(""),
                         .unit_cost = static_cast<double>(row.unit_cost.value_or(0)),
                         .attribute_bytes = row.attribute_bytes,
                         .listed = row.listed_on.has_value(),
                         .listed_on = row.listed_on.value_or(Day{}),
                         .days = {},
                         .signs = {}});
    return items;
}

}  // namespace

Result<History> read_history(Connection& connection) {
    History history{.items = items_of(TRY(connection.rows<ItemRow>(items_sql)))};
    TRY(number_items(connection));
    TRY(read_days(connection, history.items));
    TRY(read_signs(connection, history.items));
    TRY(connection.run("DROP TABLE item_place"));
    bool any = false;
    for (const auto& item : history.items) {
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
