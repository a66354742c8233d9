#pragma once

#include <span>
#include <vector>

#include "areas/stock/replay/panel.h"

namespace suanpan::stock {

// Orders of each day from `from` to the panel's end: series x days of order-up-to levels.
struct OrderUpTo {
    std::size_t from = 0;
    std::vector<double> levels;
};

struct SimulationResult {
    double in_stock = 0;      // share of open series-days on which everything that was asked for was there
    double served = 0;        // share of units
    double stock_days = 0;    // average stock at the day's end, in days of average demand
    double settled_days = 0;  // the same without the first lead time, in which the opening stock runs down
};

// Replays what was really sold as demand: each morning what was ordered `lead_time` days ago arrives, then an order
// fills the position up to the day's level, then the day's demand is served, and what is missing is lost. It opens with
// the first level on hand and nothing on order.
[[nodiscard]] SimulationResult simulate(const DailyPanel& panel, const OrderUpTo& orders, std::size_t lead_time);

}  // namespace suanpan::stock
