#pragma once

#include "areas/stock/candidates.h"
#include "areas/stock/inventory/order_quantity.h"
#include "areas/stock/order_policy.h"
#include "platform/store/shop.h"

namespace suanpan::stock {

// Settings of shop.yaml, stock.*; amounts in major units.
struct PlanOptions {
    double lead_time_days = 7;  // where neither the supplier nor receipts tell
    double review_days = 7;
    double service_level = 0.95;
    bool by_class = false;  // service_by_class: 1 takes the levels of inventory/service_class.h instead
    double assumed_cover_days = 7, unit_cost_share = 0.5;
    double budget = 0, room = 0;     // of all orders of a day together; 0: no limit
    double waste_chance = 0.1;       // that a delivery is not sold within its shelf life
    double minimum_cover_days = 60;  // a supplier's minimum may stretch an item's cover to
    double holding_share = 0.05;     // of a unit's cost, what a unit left over costs: only to share out a budget
    double holding_rate = 0.25;      // of a unit's cost, what holding it a year costs: up to a price break
    double substitute_level = 0.8;   // an item's own service level does not fall below, where another stands in
    double largest_cover_days = 180, outlier_times = 5, largest_order_value = 0;  // of the guardrails
    double minor_units = 100;                                                     // of one major unit
};
[[nodiscard]] PlanOptions plan_options(const store::Settings& settings);

// What made an order smaller, larger or none.
enum class Limit { none, shelf_life, supplier_minimum, budget };
[[nodiscard]] std::string_view name(Limit limit);  // "", "shelf life", "supplier minimum", "budget"

// What a price break made of an order; from 0: nothing.
struct OrderedAhead {
    double from = 0;                 // the break that was reached
    std::int64_t units_without = 0;  // that are needed
    double cost_without = 0;         // of a unit of these, major units
    double saving = 0;               // of the whole order, less holding; major units
};

// What substitutes made of a level.
struct Together {
    std::int64_t level_alone = 0;
    std::string stand_ins, stands_in_for;  // items' ids
    double gain = 0;                       // of the group: expected margin less what is left over, major units
    std::string left_out;                  // "shares", "too many": why it is ordered alone; empty: it is not
};

struct Planned {
    const Candidate* item = nullptr;
    OrderInput input;  // the numbers that the evidence shows are these, and no others
    Order order;
    LeadTime lead_time;
    std::string service_class;       // "AX", or empty
    std::int64_t network_units = 0;  // that order_up_to is higher by, as places and the ways between them hold some
    double unit_cost = 0;            // major units, at the units ordered
    std::vector<PriceBreak> breaks = {};
    Discount discount = Discount::all_units;
    OrderedAhead ahead = {};
    Together together = {};
    std::int64_t wanted_units = 0;  // before limits
    Limit limit = Limit::none;
};

struct OrderPlan {
    std::vector<Planned> items;          // one a candidate, in their order; units may be 0
    double wanted_value = 0, value = 0;  // major units
    double budget_gap = 0;  // certified: what the best orders within the limits could be worth more, a share
};

// One day's orders: the policy item by item and together with substitutes, up to price breaks, then shelf life,
// suppliers' minimums, and budget and room over all. Errors: those of joint_orders, classify, reach_minimum, buy_ahead
// and plan_substitution.
[[nodiscard]] Result<OrderPlan> plan_orders(const std::vector<Candidate>& items, const SupplierDays& receipts,
                                            const PlanOptions& options, const SubstituteShares& shares = {});

// The same before shelf life and the other limits.
[[nodiscard]] Result<std::vector<Planned>> plan_wanted(const std::vector<Candidate>& items,
                                                       const SupplierDays& receipts, const PlanOptions& options,
                                                       const SubstituteShares& shares);

// What a unit sold earns, major units. Without a price, or below cost, a sale still is worth something: customers who
// find the shelf empty stay away.
[[nodiscard]] double margin_of(const Candidate& item, double unit_cost, const PlanOptions& options);

// How long this item's deliveries take, and demand until the next order after this one could arrive.
[[nodiscard]] LeadTime lead_time_of(const Candidate& item, const SupplierDays& receipts, const PlanOptions& options);
[[nodiscard]] OrderInput input_of(const Candidate& item, const LeadTime& lead, const PlanOptions& options);

}  // namespace suanpan::stock
