#include "areas/stock/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/stock/breaks.h"
#include "areas/stock/inventory/joint_orders.h"
#include "areas/stock/inventory/service_class.h"
#include "areas/stock/inventory/shelf_life.h"
#include "areas/stock/inventory/supplier_minimum.h"
#include "areas/stock/together.h"
#include "platform/base/money.h"

namespace suanpan::stock {
namespace {

double unit_cost(const Candidate& item, const PlanOptions& options) {
    const double price = static_cast<double>(item.unit_price.value_or(0)) * options.unit_cost_share;
    return static_cast<double>(item.unit_cost.value_or(std::llround(price))) / options.minor_units;
}

void resize(Planned& planned, std::int64_t units, Limit limit, const PlanOptions& options) {
    if (units == planned.order.units) return;
    auto& order = planned.order;
    const double a_day = planned.input.demand.mean / planned.input.window_days;
    if (a_day > 0) order.days_of_cover += static_cast<double>(units - order.units) / a_day;
    order.units = units;
    planned.limit = limit;
    planned.unit_cost = unit_cost_at(planned, units);
    // Above the need the saving is that of the units that are left; below, nothing is bought ahead.
    if (planned.ahead.from == 0) return;
    const Need need{.units = planned.ahead.units_without,
                    .a_day = a_day,
                    .review_days = options.review_days,
                    .holding_rate = options.holding_rate};
    planned.ahead.saving = saving_of(need, static_cast<double>(units), planned.breaks, planned.discount);
    if (static_cast<double>(units) < planned.ahead.from) planned.ahead = {};
}

void keep_sellable(Planned& planned, const PlanOptions& options) {
    const auto life = planned.item->shelf_life_days;
    if (!life || planned.order.units == 0) return;
    const auto& input = planned.input;
    const double most = largest_position(input, {.sellable_days = *life, .chance_of_waste = options.waste_chance});
    const double room = most - static_cast<double>(input.on_hand + input.on_order);
    const auto pack = std::max<std::int64_t>(1, input.pack_size);
    auto units = static_cast<std::int64_t>(std::floor(std::max(0.0, room) / static_cast<double>(pack))) * pack;
    if (units < input.minimum_units) units = 0;
    if (units < planned.order.units) resize(planned, units, Limit::shelf_life, options);
}

double value_of(const std::vector<Planned>& items) {
    double value = 0;
    for (const auto& planned : items) value += static_cast<double>(planned.order.units) * planned.unit_cost;
    return value;
}

Result<bool> reach_minimum_of(OrderPlan& plan, const std::vector<std::size_t>& places, const PlanOptions& options) {
    std::vector<SupplierLine> lines;
    for (const auto i : places) {
        const auto& p = plan.items[i];
        const bool closed = p.limit == Limit::shelf_life || p.item->shelf_life_days;
        lines.push_back({.units = p.order.units,
                         .pack = std::max<std::int64_t>(1, p.input.pack_size),
                         .unit_cost = p.unit_cost,
                         .a_day = p.input.demand.mean / p.input.window_days,
                         .position = static_cast<double>(p.input.on_hand + p.input.on_order),
                         .most_units = closed ? static_cast<double>(p.order.units) : 1e9});
    }
    const double least = static_cast<double>(*plan.items[places[0]].item->minimum_value) / options.minor_units;
    const auto order = TRY(reach_minimum(lines, {.value = least, .longest_cover = options.minimum_cover_days}));
    double value = 0;
    for (std::size_t j = 0; j < places.size(); ++j) {
        auto& planned = plan.items[places[j]];
        resize(planned, order.reached ? order.units[j] : 0, Limit::supplier_minimum, options);
        value += static_cast<double>(planned.order.units) * planned.unit_cost;
    }
    return value == 0 || value >= least - 1e-9;
}

Result<> reach_minimums(OrderPlan& plan, const PlanOptions& options) {
    std::map<std::string, std::vector<std::size_t>> by_supplier;
    for (std::size_t i = 0; i < plan.items.size(); ++i) {
        const auto& item = *plan.items[i].item;
        if (item.supplier_id && item.minimum_value.value_or(0) > 0) by_supplier[*item.supplier_id].push_back(i);
    }
    // With more units a price break may be reached, and the order cost less than the minimum again.
    for (const auto& [supplier, places] : by_supplier)
        for (int tries = 0; tries < 5 && !TRY(reach_minimum_of(plan, places, options)); ++tries) {
        }
    return {};
}

JointItem joint_item(const Planned& planned, const PlanOptions& options) {
    const auto& input = planned.input;
    return {.demand = input.demand,
            .position = static_cast<double>(input.on_hand + input.on_order),
            .unit_cost = planned.unit_cost,
            .unit_volume = planned.item->unit_volume.value_or(0),
            .margin = margin_of(*planned.item, planned.unit_cost, options),
            .holding = options.holding_share * planned.unit_cost,
            .pack = std::max<std::int64_t>(1, input.pack_size),
            .minimum = input.minimum_units,
            .maximum = planned.order.units};
}

// Cut orders may cost more a unit, so that they no longer fit: then every item is counted at the price of its first
// unit.
enum class Prices { as_ordered, of_first_unit };

Result<bool> share_out(OrderPlan& plan, const PlanOptions& options, Prices prices) {
    double value = 0, volume = 0;
    std::vector<JointItem> wanted;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < plan.items.size(); ++i) {
        const auto& planned = plan.items[i];
        if (planned.order.units == 0) continue;
        wanted.push_back(joint_item(planned, options));
        places.push_back(i);
        value += static_cast<double>(planned.order.units) * wanted.back().unit_cost;
        volume += static_cast<double>(planned.order.units) * wanted.back().unit_volume;
        if (prices == Prices::of_first_unit) wanted.back().unit_cost = unit_cost_at(planned, 1);
    }
    const double budget = options.budget > 0 ? options.budget : 1e15;
    if (value <= budget && (options.room <= 0 || volume <= options.room)) return true;
    const auto joint = TRY(joint_orders(wanted, {.budget = budget, .volume = options.room}));
    plan.budget_gap = joint.gap();
    for (std::size_t j = 0; j < places.size(); ++j)
        resize(plan.items[places[j]], joint.units[j], Limit::budget, options);
    return value_of(plan.items) <= budget + 1e-9;
}

// Nothing is changed where the wanted orders fit.
Result<> keep_within_limits(OrderPlan& plan, const PlanOptions& options) {
    if (TRY(share_out(plan, options, Prices::as_ordered))) return {};
    (void)TRY(share_out(plan, options, Prices::of_first_unit));
    return {};
}

Result<std::vector<ServiceClass>> classes_of(const std::vector<Candidate>& items) {
    std::vector<ItemUse> use;
    for (const auto& item : items) {
        const WindowDemand window{item.window_mean, item.levels, item.window_quantiles};
        // Between the 10 % and 90 % quantiles of a normal distribution lie 2.563 deviations.
        use.push_back({.value = item.window_mean * static_cast<double>(item.unit_price.value_or(0)),
                       .mean = item.window_mean,
                       .deviation = (quantile(window, 0.9) - quantile(window, 0.1)) / 2.563});
    }
    return classify(use);
}

// An order feeds all places of the item: up to their base stocks together, where those are more than the item's level.
void fill_network(Planned& planned, std::int64_t alone) {
    const auto& item = *planned.item;
    const double others = std::max(0.0, 1 - item.network_share) * static_cast<double>(alone);
    const auto level = item.network_units + static_cast<std::int64_t>(std::ceil(others - 1e-9));
    if (item.network_units == 0 || level <= alone) return;
    planned.network_units = level - alone;
    planned.order = plan_order(planned.input, planned.order.order_up_to + planned.network_units);
}

}  // namespace

std::string_view name(Limit limit) {
    switch (limit) {
        case Limit::none:
            return "";
        case Limit::shelf_life:
            return "shelf life";
        case Limit::supplier_minimum:
            return "supplier minimum";
        case Limit::budget:
            return "budget";
    }
    return "";
}

PlanOptions plan_options(const store::Settings& settings) {
    PlanOptions o;
    auto read = [&](const char* option, double& value) { value = settings.number(option, value); };
    read("stock.lead_time_days", o.lead_time_days);
    read("stock.review_days", o.review_days);
    read("stock.service_level", o.service_level);
    read("stock.assumed_cover_days", o.assumed_cover_days);
    read("stock.unit_cost_share", o.unit_cost_share);
    read("stock.budget", o.budget);
    read("stock.room", o.room);
    read("stock.waste_chance", o.waste_chance);
    read("stock.minimum_cover_days", o.minimum_cover_days);
    read("stock.holding_share", o.holding_share);
    read("stock.holding_rate", o.holding_rate);
    read("stock.substitute_level", o.substitute_level);
    read("stock.largest_cover_days", o.largest_cover_days);
    read("stock.outlier_times", o.outlier_times);
    read("stock.largest_order_value", o.largest_order_value);
    o.by_class = settings.number("stock.service_by_class", 0) != 0;
    o.minor_units = std::pow(10, minor_digits(settings.currency));
    return o;
}

LeadTime lead_time_of(const Candidate& item, const SupplierDays& receipts, const PlanOptions& options) {
    const StatedLeadTime stated{item.lead_time_days.value_or(options.lead_time_days),
                                item.lead_time_sd_days.value_or(0)};
    const auto found = receipts.find(item.supplier_id.value_or(""));
    if (found == receipts.end()) return learn_lead_time({}, stated);
    return learn_lead_time(found->second, stated);
}

OrderInput input_of(const Candidate& item, const LeadTime& lead, const PlanOptions& options) {
    const WindowDemand window{item.window_mean, item.levels, item.window_quantiles};
    const double assumed = std::round(item.window_mean / item.window_days() * options.assumed_cover_days);
    OrderInput input{.demand = window,
                     .window_days = item.window_days(),
                     .lead_time_days = std::min(lead.mean(), item.window_days()),
                     .on_hand = item.on_hand.value_or(static_cast<std::int64_t>(assumed)),
                     .on_order = item.on_order.value_or(item.ordered),
                     .pack_size = item.pack_size.value_or(1),
                     .minimum_units = item.minimum_units.value_or(0),
                     .service_level = options.service_level};
    // The forecast's own window stands where nothing is known of this supplier's deliveries.
    if (item.lead_time_days || lead.receipts > 0) {
        input.demand = over_lead_time(window, item.window_days(), lead, options.review_days);
        input.window_days = lead.mean() + options.review_days;
        input.lead_time_days = lead.mean();
    }
    return input;
}

double margin_of(const Candidate& item, double unit_cost, const PlanOptions& options) {
    const double price = static_cast<double>(item.unit_price.value_or(0)) / options.minor_units;
    return std::max(price - unit_cost, 0.1 * unit_cost);
}

Result<std::vector<Planned>> plan_wanted(const std::vector<Candidate>& items, const SupplierDays& receipts,
                                         const PlanOptions& options, const SubstituteShares& shares) {
    const auto classes = options.by_class ? TRY(classes_of(items)) : std::vector<ServiceClass>();
    std::vector<Planned> wanted;
    for (std::size_t i = 0; i < items.size(); ++i) {
        Planned planned{.item = &items[i], .lead_time = lead_time_of(items[i], receipts, options)};
        planned.input = input_of(items[i], planned.lead_time, options);
        if (!classes.empty()) {
            planned.input.service_level = classes[i].service_level;
            planned.service_class = classes[i].name();
        }
        planned.order = plan_order(planned.input);
        planned.unit_cost = unit_cost(items[i], options);
        planned.breaks = breaks_of(items[i], planned.unit_cost, options);
        planned.discount = items[i].break_incremental ? Discount::incremental : Discount::all_units;
        planned.unit_cost = unit_cost_at(planned, planned.order.units);
        wanted.push_back(std::move(planned));
    }
    std::vector<std::int64_t> alone;
    for (const auto& planned : wanted) alone.push_back(planned.order.order_up_to);
    TRY(plan_together(wanted, shares, options));
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        auto& planned = wanted[i];
        fill_network(planned, alone[i]);
        TRY(order_ahead(planned, options));
        planned.wanted_units = planned.order.units;
    }
    return wanted;
}

Result<OrderPlan> plan_orders(const std::vector<Candidate>& items, const SupplierDays& receipts,
                              const PlanOptions& options, const SubstituteShares& shares) {
    OrderPlan plan{.items = TRY(plan_wanted(items, receipts, options, shares))};
    for (auto& planned : plan.items) keep_sellable(planned, options);
    plan.wanted_value = value_of(plan.items);
    TRY(reach_minimums(plan, options));
    TRY(keep_within_limits(plan, options));
    plan.value = value_of(plan.items);
    return plan;
}

}  // namespace suanpan::stock
