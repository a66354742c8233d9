#pragma once

#include <string_view>

#include "areas/demand/panel.h"
#include "platform/store/shop.h"

namespace suanpan::demand {

// The shop's demand.period: "week" (the default; from Monday) or "day".
struct Period {
    std::string_view name;   // "week"
    std::string_view model;  // "demand.weekly"
    int days = 7;
    int season = 52;
    int horizon = 8;
};
// Errors: invalid_argument naming the setting.
[[nodiscard]] Result<Period> period_of(const store::Settings& settings);
// The same for forecasts by place, which are a model of their own: "demand.weekly_places".
[[nodiscard]] Period by_place(Period period);

// What an order has to last, stock.lead_time_days (7) and stock.review_days (7), in whole periods.
[[nodiscard]] PanelOptions panel_options(const store::Settings& settings, const Period& period);

// Where the whole periods before a day end: that day, or the Monday before.
[[nodiscard]] Day end_of_history(const Period& period, Day as_of);

// An item at a place.
struct Spot {
    std::string item_id, place_id;
};

// Where the store tells what sold at a place in each period, and the column that names the period.
struct PlaceSales {
    std::string_view view, period;
};
[[nodiscard]] PlaceSales place_sales(std::int64_t period_days);

struct History {
    Day begin, end;              // of the longest series, and the day after the last period of all
    std::vector<Series> series;  // sorted by item; all end together
    std::vector<Spot> spots;     // of each series; empty where a series is an item's at all places together

    [[nodiscard]] const std::string& item(std::size_t i) const {
        return spots.empty() ? series[i].id : spots[i].item_id;
    }
};

// Units ordered less those cancelled, by item and period. From an item's first sale on, a period without one is a
// period of no demand; before it there was none to sell. By days, a day that data.calendar says was closed and that
// sold nothing takes the value of the same weekday a week before, so that a holiday does not look like lack of demand;
// days closed in the future are not known to the forecast. A day in data.stock_out_days says nothing of demand either:
// it takes the same weekday's value a week before, a week the mean of its other days, or the week before; never less
// than what was sold. Errors: not_found where nothing was sold before `end`.
[[nodiscard]] Result<History> read_history(store::Connection& connection, const Period& period, Day end);

// The same by item and place: out of stock is by data.stock_out_days_by_place, and a day on which the place was closed
// (data.sales_by_place_daily) counts as one that the calendar calls closed. Sales without units are left out.
[[nodiscard]] Result<History> read_place_history(store::Connection& connection, const Period& period, Day end);

// Checksum of all that was read.
[[nodiscard]] std::string fingerprint(const History& history);

}  // namespace suanpan::demand
