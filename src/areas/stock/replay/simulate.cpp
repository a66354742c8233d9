#include "areas/stock/replay/simulate.h"

#include <algorithm>

namespace suanpan::stock {
namespace {

struct Totals {
    double demand = 0, sold = 0, stock = 0, settled = 0;
    std::size_t days = 0, settled_days = 0, open = 0, met = 0;
};

void replay(const DailyPanel& panel, const OrderUpTo& orders, std::size_t lead_time, std::size_t series,
            Totals& totals) {
    const auto days = panel.days - orders.from;
    const auto levels = std::span(orders.levels).subspan(series * days, days);
    std::vector<double> arriving(days + lead_time + 1);
    double on_hand = levels.empty() ? 0 : levels[0], on_order = 0;
    for (std::size_t t = 0; t < days; ++t) {
        on_hand += arriving[t];
        on_order -= arriving[t];
        const double order = std::max(0.0, levels[t] - on_hand - on_order);
        if (lead_time == 0) {
            on_hand += order;
        } else {
            arriving[t + lead_time] += order;
            on_order += order;
        }
        const auto at = panel.at(series, orders.from + t);
        const double asked = panel.sales[at], sold = std::min(asked, on_hand);
        on_hand -= sold;
        totals.demand += asked;
        totals.sold += sold;
        totals.stock += on_hand;
        if (t >= lead_time) {
            totals.settled += on_hand;
            ++totals.settled_days;
        }
        totals.open += panel.open[at] != 0;
        totals.met += panel.open[at] != 0 && sold >= asked - 1e-9;
        ++totals.days;
    }
}

}  // namespace

SimulationResult simulate(const DailyPanel& panel, const OrderUpTo& orders, std::size_t lead_time) {
    Totals totals;
    for (std::size_t i = 0; i < panel.series(); ++i) replay(panel, orders, lead_time, i, totals);
    SimulationResult result;
    if (totals.open == 0 || totals.demand <= 0) return result;
    const double a_day = totals.demand / static_cast<double>(totals.days);
    result.in_stock = static_cast<double>(totals.met) / static_cast<double>(totals.open);
    result.served = totals.sold / totals.demand;
    result.stock_days = totals.stock / static_cast<double>(totals.days) / a_day;
    if (totals.settled_days > 0)
        result.settled_days = totals.settled / static_cast<double>(totals.settled_days) / a_day;
    return result;
}

}  // namespace suanpan::stock
