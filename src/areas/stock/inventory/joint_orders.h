#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "areas/stock/order_policy.h"
#include "platform/base/result.h"

namespace suanpan::stock {

// One item that competes for money and room. Its value is that of the newsvendor: `margin` for each unit that sells,
// less `holding` for each that is left over when the window ends.
struct JointItem {
    WindowDemand demand;
    double position = 0;  // units on hand and on order
    double unit_cost = 0, unit_volume = 0;
    double margin = 1, holding = 1;
    std::int64_t pack = 1;
    std::int64_t minimum = 0, maximum = 1'000'000;  // units, where anything is ordered at all
};

struct JointLimits {
    double budget = 0, volume = 0;  // of all orders together; a volume of 0: no limit
};

struct JointOrders {
    std::vector<std::int64_t> units;  // whole packs, one an item
    double value = 0;                 // expected, beyond that of ordering nothing
    double bound = 0;                 // no orders within the limits are worth more: value <= best <= bound
    double cost = 0, volume = 0;
    double price_of_budget = 0;  // what one more unit of money, or of room, would bring: the multipliers
    double price_of_volume = 0;

    [[nodiscard]] double gap() const { return bound > 0 ? (bound - value) / bound : 0; }  // certified
};

// Orders over all items within a budget and the warehouse's room: Lagrangian relaxation (Hadley and Whitin 1963; Fisher
// 1981). For given prices of money and room each item is solved exactly; the prices come from a cutting ellipsoid
// (Bland, Goldfarb and Todd 1981), and what they leave of the limits is filled by the packs of most value. The bound is
// the dual's, so the gap is certified. Errors: invalid_argument naming the item whose numbers are not finite, negative
// or empty.
[[nodiscard]] Result<JointOrders> joint_orders(std::span<const JointItem> items, const JointLimits& limits);

// Expected value of `units` more of an item, beyond that of none.
[[nodiscard]] double value_of(const JointItem& item, std::int64_t units);

}  // namespace suanpan::stock
