#pragma once

#include <cstdint>
#include <vector>

#include "areas/stock/order_policy.h"
#include "platform/base/result.h"

namespace suanpan::stock {

// One item at one place, until its next delivery.
struct PlaceStock {
    WindowDemand demand;
    std::int64_t on_hand = 0;
    double margin = 1;   // of a unit sold here
    double holding = 0;  // of a unit left over here
};

struct Transfer {
    std::size_t from = 0, to = 0;  // places
    std::int64_t units = 0;

    bool operator==(const Transfer&) const = default;
};

struct TransferPlan {
    std::vector<Transfer> transfers;
    double gain = 0;  // expected, less what the moves cost
};

// Moves of one item between places that raise the expected value most. cost[from][to] is of moving one unit; a negative
// one forbids the way. Each step takes the best path for one more unit with what was moved before undone where that
// helps (successive shortest paths, Ahuja, Magnanti and Orlin 1993, chapter 14), which is optimal as values are
// concave. Errors: invalid_argument where the costs are not a square of the places' size.
[[nodiscard]] Result<TransferPlan> plan_transfers(const std::vector<PlaceStock>& places,
                                                  const std::vector<std::vector<double>>& cost);

}  // namespace suanpan::stock
