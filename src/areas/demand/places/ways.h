#pragma once

#include "areas/demand/history.h"
#include "areas/demand/places/add_up.h"

namespace suanpan::demand {

// How items and places are brought together in a shop.
struct Ways {
    bool bottom_up = false;        // items are the sums of their places' own forecasts
    Spread spread = Spread::both;  // of an item over its places
    std::int64_t windows = 0;      // that the choice rests on
    double item_error = 0,
           places_error = 0;  // of items in these windows, WAPE: their own forecasts, sums of their places
};

// What had the least absolute error over the newest eight windows that were forecast by place and are over before
// `end`; items are the sums of their places only where that had 2 % less. With fewer than three windows: items by
// themselves, spread by both.
[[nodiscard]] Result<Ways> choose_ways(store::Connection& connection, const Period& period, Day end);

}  // namespace suanpan::demand
