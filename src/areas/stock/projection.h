#pragma once

#include <cstdint>
#include <vector>

#include "areas/stock/order_policy.h"

namespace suanpan::stock {

struct Arrival {
    std::int64_t day = 0;  // 0 is the first day of the projection
    double units = 0;
};

struct ProjectionInput {
    double on_hand = 0;
    std::vector<Arrival> arrivals;
    std::vector<double> daily_mean;  // expected demand of each day
    WindowDemand window;             // the forecast's distribution; its spread is scaled to each day's reach
    double window_days = 14;
};

// Stock at the end of a day: expected, and where it lies with 90 % probability. Sales that are missed are lost.
struct ProjectedDay {
    double expected = 0, low = 0, high = 0;
    double arriving = 0;
    double chance_of_empty = 0;  // that nothing is left by then
};

// Stock of an item day by day, if nothing more is ordered. The spread of demand up to a day grows with the square root
// of the days, as probability_above has it.
[[nodiscard]] std::vector<ProjectedDay> project(const ProjectionInput& input);

}  // namespace suanpan::stock
