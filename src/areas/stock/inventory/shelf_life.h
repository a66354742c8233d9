#pragma once

#include "areas/stock/order_policy.h"

namespace suanpan::stock {

struct ShelfLife {
    double sellable_days = 0;      // from arrival to the last day it can be sold
    double chance_of_waste = 0.1;  // that some of it is still there then
};

// The largest order-up-to position of which, with at least 1 - chance_of_waste, everything sells in the lead time and
// the sellable days: demand's lower quantile over that time, scaled from the window as probability_above does. First in
// is first out. Older stock counts within the position.
[[nodiscard]] double largest_position(const OrderInput& input, const ShelfLife& life);

// Expected units of a position that are not sold in that time.
[[nodiscard]] double expected_waste(const OrderInput& input, const ShelfLife& life, double position);

}  // namespace suanpan::stock
