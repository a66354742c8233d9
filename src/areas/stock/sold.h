#pragma once

#include <string>

#include "platform/store/connection.h"

namespace suanpan::stock {

struct SoldWindow {
    std::string item_id;
    std::string place_id;  // empty: everywhere
    Day from, to;          // both included
};

// Units that sold in a window. A sum of several days counts by its days among them. Nothing where the shop's data do
// not reach its end yet.
[[nodiscard]] Result<std::optional<double>> units_sold(store::Connection& connection, const SoldWindow& window);

}  // namespace suanpan::stock
