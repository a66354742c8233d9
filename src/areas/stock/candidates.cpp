#include "areas/stock/candidates.h"

namespace suanpan::stock {
namespace {

constexpr std::string_view candidates_sql = R"(
    WITH counted AS (
        SELECT item_id, arg_max(on_hand, day) AS on_hand, arg_max(on_order, day) AS on_order, max(day) AS day
        FROM data.stock_by_day WHERE day < ?1 GROUP BY item_id
    ), acted AS (
        SELECT subject[6:] AS item_id, sum((arguments->>'$.units')::BIGINT)::BIGINT AS units
        FROM decisions.current
        WHERE kind = 'stock.order' AND state IN ('acted', 'measured') AND as_of < ?1 AND as_of + ?2::INTEGER >= ?1
        GROUP BY ALL
    ), lasts AS (
        SELECT coalesce(max(window_periods * period_days), 14)::INTEGER AS days FROM demand.forecast WHERE as_of = ?1
    ), windows AS (
        SELECT item_id, sum(units) OVER (
                   PARTITION BY item_id ORDER BY day - DATE '1970-01-01' RANGE BETWEEN days - 1 PRECEDING AND CURRENT ROW
               ) AS units
        FROM data.sales_daily, lasts WHERE day < ?1
    ), largest AS (
        SELECT item_id, max(units)::DOUBLE AS units FROM windows GROUP BY item_id
    ), told AS (
        SELECT item_id, name, TRY_CAST(value AS DOUBLE) AS number
        FROM data.attribute WHERE name IN ('shelf_life_days', 'volume')
    ), attributes AS (
        SELECT item_id,
               max(number) FILTER (name = 'shelf_life_days') AS shelf_life_days,
               max(number) FILTER (name = 'volume') AS unit_volume
        FROM told WHERE isfinite(number) AND number >= 0 GROUP BY item_id
    ), began AS (
        SELECT item_id, string_agg(other_id, ', ' ORDER BY place) AS alike
        FROM demand.beginning WHERE as_of = ?1 AND place <= 5 GROUP BY item_id
    ), breaks AS (
        SELECT item_id, supplier_id, list(from_units::DOUBLE ORDER BY from_units) AS break_from,
               list(unit_cost::DOUBLE ORDER BY from_units) AS break_cost,
               coalesce(bool_or(incremental), false) AS break_incremental
        FROM data.price_break WHERE from_units >= 0 AND unit_cost > 0 GROUP BY ALL
    )
    SELECT f.item_id, coalesce(p.title, f.item_id) AS title, f.method, f.model, f.model_version, f.first_period,
           p.supplier_id, p.unit_cost, p.unit_price,
           c.on_hand, c.on_order, s.pack_size, s.minimum_units, s.minimum_value, s.lead_time_days, s.lead_time_sd_days,
           t.shelf_life_days, t.unit_volume, f.mean, f.levels, f.window_quantiles,
           f.override_id, f.window_mean, f.model_window_mean, f.baseline_mean, f.error, f.baseline_error, coalesce(l.units, 0) AS largest,
           f.window_periods, f.period_days, f.periods, f.judged, coalesce(a.units, 0) AS ordered,
           b.alike, coalesce(o.break_from, e.break_from, []::DOUBLE[]) AS break_from,
           coalesce(o.break_cost, e.break_cost, []::DOUBLE[]) AS break_cost,
           coalesce(o.break_incremental, e.break_incremental, false) AS break_incremental,
           0::BIGINT AS network_units, 0::DOUBLE AS network_share
    FROM demand.planned AS f
    JOIN data.product AS p USING (item_id)
    LEFT JOIN counted AS c USING (item_id)
    LEFT JOIN data.supplier AS s USING (supplier_id)
    LEFT JOIN acted AS a USING (item_id)
    LEFT JOIN largest AS l USING (item_id)
    LEFT JOIN attributes AS t USING (item_id)
    LEFT JOIN began AS b USING (item_id)
    LEFT JOIN breaks AS o ON o.item_id = f.item_id AND o.supplier_id = p.supplier_id
    LEFT JOIN breaks AS e ON e.item_id = f.item_id AND e.supplier_id = 'all'
    WHERE f.as_of = ?1
    ORDER BY f.item_id)";

// Where an order came in parts, every part counts for itself.
constexpr std::string_view lead_times_sql = R"(
    SELECT coalesce(r.supplier_id, p.supplier_id) AS supplier_id, (received_on - ordered_on)::BIGINT AS days
    FROM data.receipt AS r
    LEFT JOIN data.product AS p USING (item_id)
    WHERE ordered_on IS NOT NULL AND received_on < ? AND coalesce(r.supplier_id, p.supplier_id) IS NOT NULL
    ORDER BY ALL)";

}  // namespace

struct ReceiptDays {
    std::string supplier_id;
    std::int64_t days = 0;
};

Result<std::vector<Candidate>> read_candidates(store::Connection& connection, Day as_of, std::int64_t remember_days) {
    return connection.rows<Candidate>(candidates_sql, as_of, remember_days);
}

Result<SubstituteShares> read_substitutes(store::Connection& connection) {
    return connection.rows<SubstituteShare>("FROM data.substitute ORDER BY item_id, other_item_id");
}

Result<SupplierDays> read_lead_times(store::Connection& connection, Day as_of) {
    SupplierDays result;
    for (const auto& [supplier, days] : TRY(connection.rows<ReceiptDays>(lead_times_sql, as_of)))
        result[supplier].push_back(days);
    return result;
}

}  // namespace suanpan::stock
