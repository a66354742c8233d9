#include "areas/demand/planner/value_added.h"

#include <cmath>

namespace suanpan::demand {
namespace {

using store::Connection;

// Windows that are over, with what was sold in them: what was sold before their ends less that before their begins.
constexpr std::string_view windows_sql = R"(
    WITH done AS (
        SELECT f.as_of, f.item_id, f.period_days, f.method, f.override_id, f.baseline_mean AS naive, f.window_mean AS model,
               coalesce(f.planned_window_mean, f.window_mean) AS planned, f.first_period AS first,
               f.first_period + (f.window_periods * f.period_days)::INTEGER AS stop
        FROM demand.forecast AS f, data.span AS s
        WHERE f.as_of >= ? AND f.first_period + (f.window_periods * f.period_days)::INTEGER <= s.last_day + 1
    ), until AS (
        SELECT step, item_id, day, sum(units) OVER (PARTITION BY step, item_id ORDER BY day) AS total FROM demand.sold
        WHERE step IN (SELECT DISTINCT period_days FROM done)
    ), windows AS (
        SELECT d.*, (coalesce(e.total, 0) - coalesce(b.total, 0))::DOUBLE AS sold,
               EXISTS (FROM data.stock_out_days AS s
                       WHERE s.item_id = d.item_id AND s.day >= d.first AND s.day < d.stop) AS out
        FROM done AS d
        ASOF LEFT JOIN until AS e ON e.step = d.period_days AND e.item_id = d.item_id AND e.day < d.stop
        ASOF LEFT JOIN until AS b ON b.step = d.period_days AND b.item_id = d.item_id AND b.day < d.first
    ))";

constexpr std::string_view steps_sql = R"(
    SELECT CASE WHEN grouping(method) = 1 THEN '' ELSE method END AS name, count(*) AS windows,
           coalesce(sum(sold), 0) AS sold, coalesce(sum(abs(sold - naive)), 0) AS naive,
           coalesce(sum(abs(sold - model)), 0) AS model, coalesce(sum(abs(sold - planned)), 0) AS planned
    FROM windows WHERE NOT out
    GROUP BY GROUPING SETS ((), (method))
    ORDER BY grouping(method) DESC, windows DESC, name)";

constexpr std::string_view overrides_sql = R"(
    SELECT o.override_id, o.item_id, o.reason, o.made_by, count(*) AS windows, sum(sold) AS sold,
           sum(abs(sold - model)) AS model, sum(abs(sold - planned)) AS planned
    FROM windows AS w JOIN demand.override AS o USING (override_id)
    WHERE NOT out
    GROUP BY ALL
    ORDER BY sum(abs(sold - planned)) - sum(abs(sold - model)) DESC, o.override_id)";

// Of each period, the newest forecast that has it first.
constexpr std::string_view bias_sql = R"(
    WITH firsts AS (
        SELECT item_id, first_period, arg_max(coalesce(planned_mean, mean)[1], as_of) AS forecast,
               arg_max(period_days, as_of) AS step,
               max(first_period) + arg_max(period_days, as_of)::INTEGER AS stop
        FROM demand.forecast, data.span
        WHERE as_of >= ?1 AND first_period + period_days::INTEGER <= last_day + 1
        GROUP BY ALL
    ), errors AS (
        SELECT f.item_id, f.forecast, coalesce(sum(s.units), 0)::DOUBLE AS sold
        FROM firsts AS f
        LEFT JOIN demand.sold AS s ON s.step = f.step AND s.item_id = f.item_id AND s.day = f.first_period
        WHERE NOT EXISTS (FROM data.stock_out_days AS s
                          WHERE s.item_id = f.item_id AND s.day >= f.first_period AND s.day < f.stop)
        GROUP BY f.item_id, f.first_period, f.forecast
    ), items AS (
        SELECT item_id, count(*) AS periods, sum(sold) AS sold, sum(forecast) AS forecast,
               avg(abs(sold - forecast)) AS deviation
        FROM errors GROUP BY item_id HAVING count(*) >= ?2
    )
    SELECT *, CASE WHEN deviation > 0 THEN (sold - forecast) / deviation ELSE 0 END AS signal FROM items
    ORDER BY abs(signal) DESC, item_id)";

}  // namespace

Result<ValueAdded> value_added(Connection& connection, Day since) {
    const std::string windows(windows_sql);
    ValueAdded result;
    auto steps = TRY(connection.rows<StepErrors>(windows + std::string(steps_sql), since));
    if (!steps.empty()) {
        result.all = steps.front();
        steps.erase(steps.begin());
    }
    result.methods = std::move(steps);
    result.overrides = TRY(connection.rows<OverrideValue>(windows + std::string(overrides_sql), since));
    result.left_out = TRY(connection.count(windows + " SELECT count(*) FROM windows WHERE out", since));
    return result;
}

Result<BiasReport> bias(Connection& connection, const BiasOptions& options) {
    BiasReport report;
    for (auto& item : TRY(connection.rows<Bias>(bias_sql, options.since, options.least))) {
        ++report.items;
        if (std::abs(item.signal) > options.limit && std::ssize(report.alarms) < options.most)
            report.alarms.push_back(std::move(item));
    }
    return report;
}

}  // namespace suanpan::demand
