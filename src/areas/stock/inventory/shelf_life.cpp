#include "areas/stock/inventory/shelf_life.h"

#include <algorithm>
#include <cmath>

#include "areas/stock/inventory/newsvendor.h"

namespace suanpan::stock {
namespace {

WindowDemand over_life(const OrderInput& input, const ShelfLife& life) {
    const double part = std::max(0.0, (input.lead_time_days + life.sellable_days) / input.window_days);
    return scaled(input.demand, part);
}

}  // namespace

double largest_position(const OrderInput& input, const ShelfLife& life) {
    return std::max(0.0, quantile(over_life(input, life), std::clamp(life.chance_of_waste, 0.0, 1.0)));
}

double expected_waste(const OrderInput& input, const ShelfLife& life, double position) {
    return std::max(0.0, expected_leftover(over_life(input, life), position));
}

}  // namespace suanpan::stock
