#pragma once

#include <cstdint>

#include "platform/store/connection.h"

// Rows that look wrong. They are flagged, never dropped: a wholesaler's order of 80,000 pieces may be real.
namespace suanpan::data::quality {

struct FlagOptions {
    double threshold = 6;             // robust z: |ln x - median| / (1.4826 MAD), by item
    double least_quantity_sd = 0.35;  // of ln quantity, where most orders are alike
    double least_price_sd = 0.2;      // of ln price
    std::int64_t fewest_rows = 8;     // of an item, to judge by its own spread
    double far_off = 100;             // times the item's median price, or one part in so many, however few rows it has
    double beyond_shop = 1e4;         // times the shop's median price, for an item with a single row
};

// Writes data.flag anew: order lines of unusual quantity ("quantity outlier", only large ones) and price ("price
// outlier", "price far off"), and list prices far off their item's median. Returns how many.
[[nodiscard]] Result<std::int64_t> flag_outliers(store::Connection& connection, const FlagOptions& options);

}  // namespace suanpan::data::quality
