#pragma once

#include "areas/stock/candidates.h"
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
    double minor_units = 100;        // of one major unit
};
[[nodiscard]] PlanOptions plan_options(const store::Settings& settings);

// What made an order smaller, larger or none.
enum class Limit { none, shelf_life, supplier_minimum, budget };
[[nodiscard]] std::string_view name(Limit limit);  // "", "shelf life", "supplier minimum", "budget"

struct Planned {
    const Candidate* item = nullptr;
    OrderInput input;  // the numbers that the evidence shows are these, and no others
    Order order;
    LeadTime lead_time;
    std::string service_class;      // "AX", or empty
    double unit_cost = 0;           // major units
    std::int64_t wanted_units = 0;  // before limits
    Limit limit = Limit::none;
};

struct OrderPlan {
    std::vector<Planned> items;          // one a candidate, in their order; units may be 0
    double wanted_value = 0, value = 0;  // major units
    double budget_gap = 0;  // certified: what the best orders within the limits could be worth more, a share
};

// One day's orders: the policy item by item, then shelf life, suppliers' minimums, and budget and room over all.
// Errors: those of joint_orders, classify and reach_minimum.
[[nodiscard]] Result<OrderPlan> plan_orders(const std::vector<Candidate>& items, const SupplierDays& receipts,
                                            const PlanOptions& options);

// How long this item's deliveries take, and demand until the next order after this one could arrive.
[[nodiscard]] LeadTime lead_time_of(const Candidate& item, const SupplierDays& receipts, const PlanOptions& options);
[[nodiscard]] OrderInput input_of(const Candidate& item, const LeadTime& lead, const PlanOptions& options);

}  // namespace suanpan::stock
