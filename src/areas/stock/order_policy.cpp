#include "areas/stock/order_policy.h"

#include <algorithm>
#include <cmath>

namespace suanpan::stock {
namespace {

constexpr double longest_cover = 9999;  // days, where nothing is expected to sell

std::int64_t rounded_up(double units, std::int64_t pack) {
    const auto packs = static_cast<std::int64_t>(std::ceil(units / static_cast<double>(pack) - 1e-9));
    return std::max<std::int64_t>(0, packs) * pack;
}

double days(double units, const OrderInput& input) {
    const double a_day = input.demand.mean / input.window_days;
    return a_day > 0 ? std::min(longest_cover, std::max(0.0, units) / a_day) : longest_cover;
}

}  // namespace

double quantile(const WindowDemand& demand, double level) {
    const auto& levels = demand.levels;
    if (levels.empty()) return demand.mean;
    const auto above = std::ranges::lower_bound(levels, level);
    if (above == levels.begin()) return demand.quantiles.front();
    if (above == levels.end()) return demand.quantiles.back();
    const auto i = static_cast<std::size_t>(above - levels.begin());
    const double share = (level - levels[i - 1]) / (levels[i] - levels[i - 1]);
    return demand.quantiles[i - 1] + share * (demand.quantiles[i] - demand.quantiles[i - 1]);
}

WindowDemand scaled(const WindowDemand& demand, double part) {
    WindowDemand result{.mean = demand.mean * part, .levels = demand.levels, .quantiles = demand.quantiles};
    for (auto& units : result.quantiles)
        units = std::max(0.0, demand.mean * part + (units - demand.mean) * std::sqrt(part));
    return result;
}

double probability_above(const WindowDemand& whole, double units, double part) {
    if (whole.levels.empty()) return whole.mean * part > units ? 1 : 0;
    const auto [mean, levels, quantiles] = scaled(whole, part);
    if (units >= quantiles.back()) return 0;
    if (units < quantiles.front()) return 1;
    std::size_t i = 1;
    while (units >= quantiles[i]) ++i;
    const double low = quantiles[i - 1], high = quantiles[i];
    const double share = high > low ? (units - low) / (high - low) : 0;
    return 1 - (levels[i - 1] + share * (levels[i] - levels[i - 1]));
}

Order plan_order(const OrderInput& input) {
    const double level = std::max(quantile(input.demand, input.service_level), 0.0);
    return plan_order(input, static_cast<std::int64_t>(std::ceil(level - 1e-9)));
}

Order plan_order(const OrderInput& input, std::int64_t order_up_to) {
    Order order;
    order.order_up_to = order_up_to;
    order.safety_stock = static_cast<double>(order.order_up_to) - input.demand.mean;
    const auto position = input.on_hand + input.on_order;
    const auto pack = std::max<std::int64_t>(1, input.pack_size);
    const double wanted = static_cast<double>(order.order_up_to - position);
    if (wanted > 0) {
        const auto least = std::max(wanted, static_cast<double>(input.minimum_units));
        order.units = rounded_up(least, pack);
        order.minimum_decides = static_cast<double>(input.minimum_units) > wanted;
    }
    order.days_until_empty = days(static_cast<double>(position), input);
    order.days_of_cover = days(static_cast<double>(position + order.units), input);
    order.urgency = probability_above(input.demand, static_cast<double>(position),
                                      std::clamp(input.lead_time_days / input.window_days, 0.0, 1.0));
    return order;
}

}  // namespace suanpan::stock
