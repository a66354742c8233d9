#include "areas/stock/projection.h"

#include <algorithm>
#include <cmath>

#include "areas/stock/inventory/newsvendor.h"

namespace suanpan::stock {
namespace {

// Demand up to a day whose mean is known, with the window's spread scaled to its length.
WindowDemand up_to(const ProjectionInput& input, double mean, double days) {
    WindowDemand demand{.mean = mean, .levels = input.window.levels, .quantiles = input.window.quantiles};
    const double share = std::sqrt(days / input.window_days);
    for (auto& units : demand.quantiles) units = std::max(0.0, mean + (units - input.window.mean) * share);
    return demand;
}

// The most that missed sales in the days so far can be: what a path lacks where it is lowest.
double missed(const std::vector<double>& positions) {
    double lowest = 0;
    for (const double position : positions) lowest = std::min(lowest, position);
    return -lowest;
}

}  // namespace

std::vector<ProjectedDay> project(const ProjectionInput& input) {
    std::vector<ProjectedDay> days;
    std::vector<double> expected, low, high;  // on hand and arrived less demand so far; below zero are lost sales
    double arrived = input.on_hand, mean = 0;
    for (std::size_t d = 0; d < input.daily_mean.size(); ++d) {
        ProjectedDay day;
        for (const auto& arrival : input.arrivals)
            if (arrival.day == static_cast<std::int64_t>(d)) day.arriving += arrival.units;
        // What arrives in the morning finds what was missed before lost already.
        arrived += day.arriving;
        mean += input.daily_mean[d];
        const auto demand = up_to(input, mean, static_cast<double>(d + 1));
        expected.push_back(arrived - mean);
        low.push_back(arrived - quantile(demand, 0.95));
        high.push_back(arrived - quantile(demand, 0.05));
        day.expected = expected.back() + missed(expected);
        day.low = low.back() + missed(low);
        day.high = high.back() + missed(high);
        const double before = d == 0 ? 0 : days.back().chance_of_empty;
        const double empty = probability_above(demand, arrived + missed(expected) - 1e-9, 1);
        day.chance_of_empty = day.arriving > 0 ? empty : std::max(before, empty);
        days.push_back(day);
    }
    return days;
}

}  // namespace suanpan::stock
