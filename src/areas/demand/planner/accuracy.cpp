#include "areas/demand/planner/accuracy.h"

#include <fmt/format.h>

namespace suanpan::demand {
namespace {

using store::Connection;

constexpr std::int64_t most_items = 50'000, drawn_items = 20'000;

// Periods of forecasts, with what was sold in them and whether the item was out of stock. ?1: the first day of
// forecasting; ?2: one item in so many is looked at.
constexpr std::string_view periods_sql = R"(
    WITH chosen AS (
        SELECT max(as_of) AS as_of
        FROM (SELECT DISTINCT as_of, first_period FROM demand.forecast WHERE as_of >= ?1) GROUP BY first_period
    ), done AS (
        SELECT f.*, coalesce(planned_mean, mean) AS planned
        FROM demand.forecast AS f
        WHERE as_of IN (FROM chosen) AND hash(item_id) % ?2::UBIGINT = 0
    ), sales AS (
        SELECT step, item_id, day, sum(units) AS units FROM demand.sold WHERE day >= ?1::DATE - step + 1 GROUP BY ALL
    ), out AS (
        SELECT DISTINCT period_days AS step, s.item_id,
               CASE WHEN period_days = 7 THEN date_trunc('week', s.day)::DATE ELSE s.day END AS day
        FROM data.stock_out_days AS s, (SELECT DISTINCT period_days FROM done)
    ), numbered AS (
        SELECT d.as_of, d.item_id, d.period_days, unnest(range(1, len(d.mean) + 1)) AS ahead,
               d.first_period + ((unnest(range(1, len(d.mean) + 1)) - 1) * d.period_days)::INTEGER AS day,
               unnest(d.mean) AS model, unnest(d.planned) AS planned
        FROM done AS d
    ), periods AS (
        SELECT n.*, coalesce(s.units, 0)::DOUBLE AS sold, o.day IS NOT NULL AS out
        FROM numbered AS n
        LEFT JOIN sales AS s ON s.step = n.period_days AND s.item_id = n.item_id AND s.day = n.day
        LEFT JOIN out AS o ON o.step = n.period_days AND o.item_id = n.item_id AND o.day = n.day
        WHERE n.day + n.period_days::INTEGER <= (SELECT last_day + 1 FROM data.span)
    ))";

constexpr std::string_view ahead_sql = R"(
    SELECT ahead, count(*) AS periods, sum(sold) AS sold, sum(planned) AS forecast, sum(abs(sold - model)) AS model,
           sum(abs(sold - planned)) AS planned
    FROM periods WHERE NOT out GROUP BY ahead ORDER BY ahead)";

// {}: the group of a window.
constexpr auto groups_sql = R"(
    , windows AS (
        SELECT as_of, item_id, sum(sold) AS sold
        FROM periods AS p JOIN done AS d USING (as_of, item_id)
        WHERE ahead <= window_periods
        GROUP BY as_of, item_id HAVING count(*) = any_value(window_periods) AND NOT bool_or(out)
    ), revenue AS (
        SELECT item_id, sum(revenue)::DOUBLE AS revenue FROM data.sales_weekly
        WHERE week > (SELECT last_day - 91 FROM data.span) GROUP BY item_id
    ), ranked AS (
        SELECT item_id, sum(revenue) OVER (ORDER BY revenue DESC, item_id) - revenue AS before,
               sum(revenue) OVER () AS all_revenue
        FROM revenue WHERE revenue > 0
    ), classes AS (
        SELECT item_id, CASE WHEN before < 0.8 * all_revenue THEN 'A' WHEN before < 0.95 * all_revenue THEN 'B' ELSE 'C' END AS class
        FROM ranked
    ), judged AS (
        SELECT {} AS name, w.item_id, w.sold, d.baseline_mean AS naive, d.window_mean AS model,
               coalesce(d.planned_window_mean, d.window_mean) AS planned,
               coalesce(d.planned_window_quantiles, d.window_quantiles) AS quantiles, d.levels
        FROM windows AS w
        JOIN done AS d USING (as_of, item_id)
        LEFT JOIN data.product AS p USING (item_id)
        LEFT JOIN classes AS c USING (item_id)
    )
    SELECT CASE WHEN grouping(name) = 1 THEN '' ELSE name END AS name, count(*) AS windows,
           count(*) FILTER (sold >= quantiles[list_position(levels, 0.05)]
                            AND sold <= quantiles[list_position(levels, 0.95)]) AS held,
           coalesce(sum(sold), 0) AS sold, coalesce(sum(planned), 0) AS forecast,
           coalesce(sum(abs(sold - naive)), 0) AS naive, coalesce(sum(abs(sold - model)), 0) AS model,
           coalesce(sum(abs(sold - planned)), 0) AS planned
    FROM judged GROUP BY GROUPING SETS ((), (name))
    ORDER BY grouping(name) DESC, sold DESC, name)";

std::string_view expression(GroupBy by) {
    return by == GroupBy::method     ? "d.method"
           : by == GroupBy::category ? "coalesce(p.category, '')"
                                     : "coalesce(class, 'C')";
}

}  // namespace

Result<GroupBy> group_by(std::string_view name) {
    if (name == "class") return GroupBy::abc;
    if (name == "category") return GroupBy::category;
    if (name == "method") return GroupBy::method;
    return fail(ErrorCode::invalid_argument, "accuracy is told by class, category or method", std::string(name));
}

Result<Accuracy> accuracy(Connection& connection, Day since, GroupBy by) {
    const auto items =
        TRY(connection.count("SELECT count(DISTINCT item_id) FROM demand.forecast WHERE as_of >= ?", since));
    const std::int64_t one_in = items > most_items ? items / drawn_items : 1;
    const std::string periods(periods_sql);
    Accuracy found{.items = items / one_in};
    auto groups = TRY(connection.rows<GroupAccuracy>(periods + fmt::format(groups_sql, expression(by)), since, one_in));
    if (!groups.empty()) {
        found.all = groups.front();
        groups.erase(groups.begin());
    }
    found.groups = std::move(groups);
    found.ahead = TRY(connection.rows<AheadAccuracy>(periods + std::string(ahead_sql), since, one_in));
    return found;
}

}  // namespace suanpan::demand
