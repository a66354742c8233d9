#pragma once

#include "areas/stock/inventory/newsvendor.h"

namespace suanpan::stock {

// Demand of one period and how long a delivery takes, in periods; both normal, independent of each other.
struct Replenishment {
    Normal demand;     // a period
    Normal lead_time;  // periods
    double review = 1;
};

// Of demand over lead time plus review: mean (L + R) mu, variance (L + R) sigma^2 + mu^2 sd(L)^2 (Silver, Pyke and
// Thomas, Inventory and Production Management in Supply Chains, 4th ed., section 6.10.1).
[[nodiscard]] Normal protection_demand(const Replenishment& replenishment);

// Base stock for the least cost a period; Snyder and Shen, 2nd ed., section 4.3.4.1.
[[nodiscard]] Result<Level> base_stock(const Costs& costs, const Replenishment& replenishment);
// The least base stock that meets the demand of an interval with this probability (cycle service).
[[nodiscard]] Result<double> base_stock_of_service(double service_level, const Replenishment& replenishment);
// The least base stock at which this share of units is served from stock (fill rate), by bisection of Silver, Pyke and
// Thomas (6.32), less what an earlier shortage counts twice: R mu (1 - fill) = sigma G(z) - sigma_L G(z_L).
[[nodiscard]] Result<double> base_stock_of_fill_rate(double fill_rate, const Replenishment& replenishment);

}  // namespace suanpan::stock
