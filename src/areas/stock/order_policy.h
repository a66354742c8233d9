#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace suanpan::stock {

// Demand over the protection interval, which is lead time plus review period, as quantiles at rising levels.
struct WindowDemand {
    double mean = 0;  // units
    std::vector<double> levels, quantiles;
};

struct OrderInput {
    WindowDemand demand;
    double window_days = 14;
    double lead_time_days = 7;
    std::int64_t on_hand = 0;
    std::int64_t on_order = 0;
    std::int64_t pack_size = 1;      // orders are whole packs
    std::int64_t minimum_units = 0;  // of an order
    double service_level = 0.95;     // probability that the interval's demand is met
};

struct Order {
    std::int64_t units = 0;        // 0: nothing to order
    std::int64_t order_up_to = 0;  // the base-stock level S
    double safety_stock = 0;       // S less expected demand
    double days_of_cover = 0;      // position after the order, at expected demand
    double days_until_empty = 0;   // stock on hand and on order, at expected demand
    double urgency = 0;            // probability of running out before an order placed now arrives
    bool minimum_decides = false;  // the minimum or pack asks for more than the policy
};

// Base-stock policy with periodic review: order up to the service-level quantile of demand over lead time plus review
// (Snyder and Shen, Fundamentals of Supply Chain Theory, 2nd ed., section 4.3.4), in whole packs, at least the minimum.
[[nodiscard]] Order plan_order(const OrderInput& input);
// The same up to a level that something else decides.
[[nodiscard]] Order plan_order(const OrderInput& input, std::int64_t order_up_to);

// Linear between the levels, constant beyond them.
[[nodiscard]] double quantile(const WindowDemand& demand, double level);
// Demand over `part` of the interval, or over more of it: mean by the part, spread by its square root, never negative.
[[nodiscard]] WindowDemand scaled(const WindowDemand& demand, double part);
// Probability that demand over a part of the interval exceeds `units`, of the quantiles scaled so.
[[nodiscard]] double probability_above(const WindowDemand& demand, double units, double part);

}  // namespace suanpan::stock
