#include "areas/demand/places/ways.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace suanpan::demand {

// Sums of absolute errors over windows that are over: of items by themselves and as sums of their places; of places,
// whose parts are by their own forecasts, by both and by shares, of the one and of the other number of the item.
struct PastErrors {
    std::int64_t windows = 0;
    double sold = 0, item = 0, places = 0;
    double item_own = 0, item_both = 0, item_share = 0, places_own = 0, places_both = 0, places_share = 0;
};

namespace {

constexpr std::int64_t most_windows = 8, least_windows = 3;
constexpr double least_gain = 0.02;

// {0}: sales by item and place, their day; {1}: the name of that column. ?1: the day before which windows are over.
constexpr auto errors_sql = R"(
    WITH over AS (
        SELECT max(as_of) AS as_of
        FROM (SELECT DISTINCT as_of FROM demand.place_forecast)
        JOIN (SELECT as_of, first(first_period) AS first_period, first(first_period + CAST(window_periods * period_days AS INTEGER)) AS stop
              FROM demand.forecast GROUP BY as_of) USING (as_of)
        WHERE stop <= ?1
        GROUP BY first_period ORDER BY first_period DESC LIMIT ?2
    ), forecasts AS (
        SELECT p.as_of, p.item_id, p.place_id, p.own_window_mean AS own, p.share,
               f.window_mean - coalesce(f.places_part, 0) AS item, f.first_period AS begin,
               f.first_period + CAST(f.window_periods * f.period_days AS INTEGER) AS stop,
               sum(p.own_window_mean) OVER of_item AS places, sum(p.share) OVER of_item AS shares
        FROM demand.place_forecast AS p
        JOIN demand.forecast AS f USING (as_of, item_id)
        WHERE p.as_of IN (FROM over)
        WINDOW of_item AS (PARTITION BY p.as_of, p.item_id)
    ), sales AS (
        SELECT item_id, place_id, {1} AS day, units FROM {0} WHERE {1} >= (SELECT min(begin) FROM forecasts)
    ), sold AS (
        SELECT f.as_of, f.item_id, f.place_id, sum(units)::DOUBLE AS units
        FROM forecasts AS f
        JOIN sales AS s ON s.item_id = f.item_id AND s.place_id = f.place_id AND s.day >= f.begin AND s.day < f.stop
        GROUP BY ALL
    ), parts AS (
        SELECT f.as_of, f.item_id, item, places, coalesce(units, 0) AS units, own / places AS proportion,
               share / shares AS share
        FROM forecasts AS f LEFT JOIN sold USING (as_of, item_id, place_id)
        WHERE places > 0 AND shares > 0
    ), items AS (
        SELECT first(item) AS item, first(places) AS places, sum(units) AS units FROM parts GROUP BY as_of, item_id
    )
    SELECT count(DISTINCT as_of) AS windows, coalesce(sum(units), 0) AS sold,
           (SELECT coalesce(sum(abs(item - units)), 0) FROM items) AS item,
           (SELECT coalesce(sum(abs(places - units)), 0) FROM items) AS places,
           coalesce(sum(abs(item * proportion - units)), 0) AS item_own,
           coalesce(sum(abs(item * (proportion + share) / 2 - units)), 0) AS item_both,
           coalesce(sum(abs(item * share - units)), 0) AS item_share,
           coalesce(sum(abs(places * proportion - units)), 0) AS places_own,
           coalesce(sum(abs(places * (proportion + share) / 2 - units)), 0) AS places_both,
           coalesce(sum(abs(places * share - units)), 0) AS places_share
    FROM parts)";

Spread best_of_spreads(double own, double both, double share) {
    const std::array errors = {own, both, share};
    return static_cast<Spread>(std::ranges::min_element(errors) - errors.begin());
}

}  // namespace

Result<Ways> choose_ways(store::Connection& connection, const Period& period, Day end) {
    const auto sales = place_sales(period.days);
    const auto past =
        TRY(connection.row<PastErrors>(fmt::format(errors_sql, sales.view, sales.period), end, most_windows));
    Ways ways{.windows = past.windows};
    if (past.sold > 0) {
        ways.item_error = past.item / past.sold;
        ways.places_error = past.places / past.sold;
    }
    if (past.windows < least_windows) return ways;
    ways.bottom_up = past.places < (1 - least_gain) * past.item;
    ways.spread = ways.bottom_up ? best_of_spreads(past.places_own, past.places_both, past.places_share)
                                 : best_of_spreads(past.item_own, past.item_both, past.item_share);
    return ways;
}

}  // namespace suanpan::demand
