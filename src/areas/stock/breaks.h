#pragma once

#include "areas/stock/plan.h"

// Price breaks in a day's orders: the table's rows as prices, and how far an order goes up to one.
namespace suanpan::stock {

// The prices that hold for the item, from 0 units on; none where its suppliers name no break. Below the first break its
// own cost holds. A break that is not cheaper than what holds before it is left out.
[[nodiscard]] std::vector<PriceBreak> breaks_of(const Candidate& item, double unit_cost, const PlanOptions& options);

// What a unit costs, major units, where so many are ordered.
[[nodiscard]] double unit_cost_at(const Planned& planned, std::int64_t units);

// Raises an order up to a break where that saves more than holding the units costs (inventory/order_quantity.h), unless
// it would not sell in time, be refused by a guardrail, or exceed the day's budget or room by itself.
[[nodiscard]] Result<> order_ahead(Planned& planned, const PlanOptions& options);

}  // namespace suanpan::stock
