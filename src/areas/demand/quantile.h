#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace suanpan::demand {

// Of sorted values, at least one, what lies at a place from 0 to their number less 1; between the two nearest.
[[nodiscard]] inline double value_at(const std::vector<double>& sorted, double place) {
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - double(below)) * (sorted[above] - sorted[below]);
}

// The sample's quantile (Hyndman and Fan 1996, type 7).
[[nodiscard]] inline double quantile(const std::vector<double>& sorted, double level) {
    return value_at(sorted, level * double(sorted.size() - 1));
}

}  // namespace suanpan::demand
