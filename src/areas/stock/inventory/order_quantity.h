#pragma once

#include <span>

#include "platform/base/result.h"

namespace suanpan::stock {

// Constant demand, no shortages; Harris (1913), Snyder and Shen, 2nd ed., sections 3.2 and 3.3. Costs in any currency.
struct LotCosts {
    double fixed = 0;         // K, of an order
    double rate = 0;          // lambda, units a year
    double holding = 0;       // h, of a unit and year: the economic order quantity
    double holding_rate = 0;  // i, share of the unit's price a year: with price breaks
};

struct Lot {
    double units = 0;      // Q
    double cost = 0;       // a year; with price breaks it includes the goods
    std::size_t tier = 0;  // of the price breaks, 0 the first
};

// A unit costs `price` where at least `from` units are ordered. The first begins at 0, both go on strictly: more units,
// a lower price.
struct PriceBreak {
    double from = 0, price = 0;
};

enum class Discount { all_units, incremental };  // the lower price is for all units, or for those past the break

// Errors: invalid_argument for costs that are not above zero.
[[nodiscard]] Result<Lot> economic_order_quantity(const LotCosts& costs);
[[nodiscard]] Result<Lot> economic_order_quantity(const LotCosts& costs, std::span<const PriceBreak> breaks,
                                                  Discount discount);

// The cheapest way to buy at least `units` now: at a break it can cost less to buy more. Returns the units.
[[nodiscard]] Result<double> cheapest_at_least(double units, std::span<const PriceBreak> breaks, Discount discount);

}  // namespace suanpan::stock
