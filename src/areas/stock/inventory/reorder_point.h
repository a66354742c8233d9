#pragma once

#include "areas/stock/inventory/newsvendor.h"

namespace suanpan::stock {

// (s, S): at each review, where the inventory position is at or below s, order up to S.
struct ReorderUpTo {
    double s = 0, S = 0;
    double cost = 0;  // expected a period; 0 where the method gives none
};

// Demand of a period, and from an order until the next one could arrive: lead time plus one period. Without a lead time
// both are the same.
struct PeriodicDemand {
    DiscreteDemand period, protection;
};

// The best (s, S) for full backlogging: Zheng and Federgruen, Operations Research 39 (1991), 654-665, as in Snyder and
// Shen, 2nd ed., section 4.4.3 and algorithm 4.1. Ties go to the larger s, the smaller S.
// Errors: invalid_argument for bad costs, or where there is no demand at all.
[[nodiscard]] Result<ReorderUpTo> best_s_s(const Costs& costs, const PeriodicDemand& demand);
// Cost a period of any (s, S), (4.68) there.
[[nodiscard]] Result<ReorderUpTo> cost_of_s_s(const Costs& costs, const PeriodicDemand& demand, std::int64_t s,
                                              std::int64_t S);

// Ehrhardt and Mosier's power approximation, Management Science 30 (1984), 618-622, as in Snyder and Shen (4.77) to
// (4.80). `period` and `protection` as above. Errors: invalid_argument where mean or deviation is not above zero.
struct NormalDemand {
    Normal period, protection;
};
[[nodiscard]] Result<ReorderUpTo> power_approximation(const Costs& costs, const NormalDemand& demand);

// (r, Q): whenever the position falls to r, order Q.
struct ReorderQuantity {
    std::int64_t r = 0, Q = 0;
    double cost = 0;  // expected a unit of time
};

// The best (r, Q) for demand unit by unit: Federgruen and Zheng, Operations Research 40 (1992), 808-813, as in Snyder
// and Shen, algorithm 5.1. `rate` is mean demand a unit of time, `lead` demand over the lead time; costs a unit of
// time.
[[nodiscard]] Result<ReorderQuantity> best_r_q(const Costs& costs, double rate, const DiscreteDemand& lead);

}  // namespace suanpan::stock
