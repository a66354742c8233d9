#include "areas/data/quality/stock_outs.h"

#include <fmt/format.h>

namespace suanpan::data::quality {
namespace {

using store::Connection;

// {0}: days of the window less one, which a frame cannot take as a bound value.
constexpr auto runs_without_stock = R"(
    WITH counted AS (
        SELECT item_id, day AS from_day, coalesce(next_day - 1, day) AS to_day
        FROM (SELECT item_id, day, on_hand,
                     CASE WHEN lead(on_hand) OVER by_item <= 0 THEN lead(day) OVER by_item END AS next_day
              FROM data.stock_by_day
              WINDOW by_item AS (PARTITION BY item_id ORDER BY day))
        WHERE on_hand <= 0
    ), sold AS (
        SELECT item_id, day FROM data.sales_daily GROUP BY ALL HAVING sum(units) > 0
    ), open_days AS (
        SELECT day, row_number() OVER (ORDER BY day) AS n FROM (SELECT DISTINCT day FROM sold)
    ), numbered AS (
        SELECT item_id, day, n,
               count(*) OVER (PARTITION BY item_id ORDER BY n RANGE BETWEEN {0} PRECEDING AND CURRENT ROW) AS before,
               count(*) OVER (PARTITION BY item_id ORDER BY n RANGE BETWEEN CURRENT ROW AND {0} FOLLOWING) AS after
        FROM sold JOIN open_days USING (day)
    ), runs AS (
        SELECT item_id, day AS last_day, lead(day) OVER by_item AS next_day, lead(n) OVER by_item - n - 1 AS length,
               least(before, lead(after) OVER by_item) / ({0} + 1) AS share
        FROM numbered
        WINDOW by_item AS (PARTITION BY item_id ORDER BY n)
    )
    SELECT item_id, from_day, to_day, 'counted' AS how, CAST(0 AS DOUBLE) AS probability
    FROM counted
    UNION ALL
    SELECT item_id, last_day + 1, next_day - 1,
           CASE WHEN EXISTS (FROM data.receipt AS r
                             WHERE r.item_id = runs.item_id
                               AND r.received_on BETWEEN next_day - CAST(? AS INTEGER) AND next_day)
                THEN 'received' ELSE 'inferred' END,
           pow(1 - least(share, 0.999), length)
    FROM runs
    WHERE length > 0 AND pow(1 - least(share, 0.999), length) < ?
      AND NOT EXISTS (FROM counted AS c
                      WHERE c.item_id = runs.item_id AND c.from_day <= next_day - 1 AND c.to_day >= last_day + 1))";

}  // namespace

Result<std::vector<StockOut>> find_stock_outs(Connection& connection, const StockOutOptions& options) {
    return connection.rows<StockOut>(fmt::format(runs_without_stock, options.window_days - 1), options.receipt_days,
                                     options.probability);
}

Result<> keep_stock_outs(Connection& connection, const std::vector<StockOut>& stock_outs) {
    TRY(connection.run("DELETE FROM data.stock_out"));
    return connection.append<StockOut>("data", "stock_out", stock_outs);
}

}  // namespace suanpan::data::quality
