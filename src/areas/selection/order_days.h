#pragma once

#include <span>

#include "areas/selection/history.h"

namespace suanpan::selection {

// Numbers the products from 0 by their ids, which is the order of the history's items, in the temporary table
// item_place.
[[nodiscard]] Result<> number_items(store::Connection& connection);

// What was ordered of each item, put behind its days, by day; the days of about `most_lines` order lines are read at a
// time. A cancellation with a return line is known when that came; one without a date is known at once. An order counts
// as one customer's. Errors: conflict where the store's hashes do not tell two items apart.
[[nodiscard]] Result<> add_order_days(store::Connection& connection, std::span<Item> items, std::int64_t most_lines);

}  // namespace suanpan::selection
