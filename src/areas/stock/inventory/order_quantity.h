#pragma once

#include <cstdint>
#include <limits>
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

// What an order costs; prices as above.
[[nodiscard]] double price_of_last(double units, std::span<const PriceBreak> breaks);  // of its last unit
[[nodiscard]] double cost_of(double units, std::span<const PriceBreak> breaks, Discount discount);

// An order that is needed now, of whole packs, from which more can be bought ahead. Orders come every `review_days`.
struct Need {
    std::int64_t units = 0, pack = 1;
    double a_day = 0;         // expected demand
    double review_days = 0;   // until the next order
    double holding_rate = 0;  // i, share of the unit's price a year
    double most_units = 0;    // of the order
    double most_cost = std::numeric_limits<double>::infinity();
};

struct BoughtAhead {
    std::int64_t units = 0;  // the need's own where nothing more is worth it
    double from = 0;         // of the price that the last unit has
    double saving = 0;
};

// What buying `units` instead of the need saves: its units beyond the need replace later ones at the need's average
// price, and wait for half a review and half of the time that they last. With Q of the need, e beyond it, demand d and
// review R in days, the saving is (Q + e) c(Q) / Q - c(Q + e) - i p e (R / 2 + e / 2d) / 365, where c is the cost of an
// order and p the price of its last unit.
[[nodiscard]] double saving_of(const Need& need, double units, std::span<const PriceBreak> breaks, Discount discount);
// The units that save most for each unit bought, as later orders can be raised, too: with one price for all units those
// at a break; with incremental prices, of which the units before a tier cost k more than its price p, the square root
// of 2 d k / h + Q (Q - d R), h = i p / 365, which is the economic order quantity where Q is what sells in a review.
// Errors: invalid_argument for prices as above, and for numbers that are negative or not finite.
[[nodiscard]] Result<BoughtAhead> buy_ahead(const Need& need, std::span<const PriceBreak> breaks, Discount discount);

}  // namespace suanpan::stock
