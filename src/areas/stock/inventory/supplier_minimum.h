#pragma once

#include <cstdint>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::stock {

// One line of what is about to be ordered from one supplier.
struct SupplierLine {
    std::int64_t units = 0;  // wanted; may be 0
    std::int64_t pack = 1;
    double unit_cost = 0;
    double a_day = 0;         // expected demand
    double position = 0;      // on hand and on order
    double most_units = 1e9;  // of the order: shelf life, room
};

struct SupplierMinimum {
    double value = 0;           // an order must cost at least this; 0: no minimum
    double longest_cover = 60;  // days that an added pack may stretch a line's cover to
};

struct SupplierOrder {
    std::vector<std::int64_t> units;  // one a line
    double value = 0;
    bool reached = true;  // false: not even the allowed packs reach the minimum; the lines are those wanted
};

// Brings an order up to the supplier's minimum by packs of the items that run out first, so that what is bought too
// early is sold soonest. Nothing wanted stays nothing. Errors: invalid_argument for packs or costs below zero.
[[nodiscard]] Result<SupplierOrder> reach_minimum(const std::vector<SupplierLine>& lines,
                                                  const SupplierMinimum& minimum);

}  // namespace suanpan::stock
