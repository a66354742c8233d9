#pragma once

#include <span>
#include <vector>

namespace suanpan::demand {

// Seasonal-trend decomposition by loess (Cleveland, Cleveland, McRae and Terpenning 1990), as R's stl(x, s.window =
// `seasonal_window`) does it: two inner loops, no robustness, the same jumps with interpolation between.
struct Decomposition {
    std::vector<std::vector<double>> seasons;  // one a cycle, as long as y
    std::vector<double> trend, remainder;
};
[[nodiscard]] Decomposition stl(std::span<const double> y, int season, int seasonal_window = 11);

// Several cycles, as R's mstl: each is taken out in turn, twice, with windows 11, 15, 19, … from the shortest cycle on.
// Cycles of which y does not hold two are left out; without any, the trend is a loess of its own (Friedman's super
// smoother in R).
[[nodiscard]] Decomposition mstl(std::span<const double> y, std::vector<int> seasons);

// How much of what is not trend the season explains, from 0 to 1 (Wang, Smith and Hyndman 2006).
[[nodiscard]] double seasonal_strength(const Decomposition& parts, std::size_t season);

}  // namespace suanpan::demand
