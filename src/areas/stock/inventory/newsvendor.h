#pragma once

#include "areas/stock/inventory/discrete_demand.h"
#include "areas/stock/order_policy.h"

namespace suanpan::stock {

// Of one unit for one period, in any currency; fixed is of one order.
struct Costs {
    double holding = 1;   // h, of a unit left over
    double shortage = 1;  // p, of a unit that was asked for and not there
    double fixed = 0;     // K
};
// Errors: invalid_argument unless holding and shortage are above zero and fixed is not below.
[[nodiscard]] Result<> check(const Costs& costs);

struct Normal {
    double mean = 0, sd = 0;
};

struct Level {
    double units = 0;  // S
    double cost = 0;   // expected, h E[(S - D)+] + p E[(D - S)+]
};

// The single-period problem, Snyder and Shen, 2nd ed., section 4.3: S is demand's quantile at p / (h + p).
[[nodiscard]] Result<Level> newsvendor(const Costs& costs, const Normal& demand);          // (4.17), (4.24)
[[nodiscard]] Result<Level> newsvendor(const Costs& costs, const DiscreteDemand& demand);  // (4.30): whole units
// Of quantiles, linear between the levels and constant beyond them.
[[nodiscard]] Result<Level> newsvendor(const Costs& costs, const WindowDemand& demand);

// E[(D - units)+] of demand whose quantiles are linear between the levels and constant beyond.
[[nodiscard]] double expected_shortage(const WindowDemand& demand, double units);
[[nodiscard]] double expected_leftover(const WindowDemand& demand, double units);

}  // namespace suanpan::stock
