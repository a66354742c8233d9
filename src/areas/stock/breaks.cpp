#include "areas/stock/breaks.h"

#include <algorithm>
#include <cmath>

#include "areas/stock/inventory/shelf_life.h"

namespace suanpan::stock {
namespace {

double cheapest_limit(const PlanOptions& options) {
    const double budget = options.budget > 0 ? options.budget : 1e15;
    return options.largest_order_value > 0 ? std::min(budget, options.largest_order_value) : budget;
}

double most_units(const Planned& planned, const PlanOptions& options) {
    const auto& input = planned.input;
    const auto& item = *planned.item;
    const double a_day = input.demand.mean / input.window_days;
    const auto position = static_cast<double>(input.on_hand + input.on_order);
    double most = options.largest_cover_days * a_day - position;
    if (item.shelf_life_days) {
        const ShelfLife life{.sellable_days = *item.shelf_life_days, .chance_of_waste = options.waste_chance};
        most = std::min(most, largest_position(input, life) - position);
    }
    if (item.largest > 0) most = std::min(most, options.outlier_times * item.largest);
    if (options.room > 0 && item.unit_volume.value_or(0) > 0) most = std::min(most, options.room / *item.unit_volume);
    return std::max(0.0, most);
}

Need need_of(const Planned& planned, const PlanOptions& options) {
    return {.units = planned.order.units,
            .pack = std::max<std::int64_t>(1, planned.input.pack_size),
            .a_day = planned.input.demand.mean / planned.input.window_days,
            .review_days = options.review_days,
            .holding_rate = options.holding_rate,
            .most_units = most_units(planned, options),
            .most_cost = cheapest_limit(options)};
}

}  // namespace

std::vector<PriceBreak> breaks_of(const Candidate& item, double unit_cost, const PlanOptions& options) {
    std::vector<PriceBreak> breaks;
    const auto told = std::min(item.break_from.size(), item.break_cost.size());
    const auto first = std::ranges::find_if(item.break_from, [](double from) { return from > 1; });
    const bool starts = first != item.break_from.begin();
    if (told > 0 && !starts && unit_cost > 0) breaks.push_back({0, unit_cost});
    for (std::size_t i = 0; i < told; ++i) {
        const PriceBreak next{breaks.empty() ? 0 : item.break_from[i], item.break_cost[i] / options.minor_units};
        if (next.price <= 0 || (!breaks.empty() && next.price >= breaks.back().price)) continue;
        if (!breaks.empty() && next.from <= 1) breaks.clear();  // 0 and 1 are the same beginning
        breaks.push_back({breaks.empty() ? 0 : next.from, next.price});
    }
    return breaks.size() > 1 || starts ? breaks : std::vector<PriceBreak>();
}

double unit_cost_at(const Planned& planned, std::int64_t units) {
    if (planned.breaks.empty()) return planned.unit_cost;
    const auto bought = static_cast<double>(std::max<std::int64_t>(1, units));
    if (planned.discount == Discount::all_units) return price_of_last(bought, planned.breaks);
    return cost_of(bought, planned.breaks, planned.discount) / bought;
}

Result<> order_ahead(Planned& planned, const PlanOptions& options) {
    if (planned.breaks.empty()) return {};
    const auto need = need_of(planned, options);
    const auto bought = TRY(buy_ahead(need, planned.breaks, planned.discount));
    if (bought.units > need.units) {
        planned.ahead = {.from = bought.from,
                         .units_without = need.units,
                         .cost_without = unit_cost_at(planned, need.units),
                         .saving = bought.saving};
        planned.order.days_of_cover += static_cast<double>(bought.units - need.units) / need.a_day;
        planned.order.units = bought.units;
    }
    planned.unit_cost = unit_cost_at(planned, planned.order.units);
    return {};
}

}  // namespace suanpan::stock
