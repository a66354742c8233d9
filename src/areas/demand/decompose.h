#pragma once

#include <span>
#include <vector>

namespace suanpan::demand {

// Seasonal indices of classical decomposition by a centred moving average: m of them, that of the first period first.
// Multiplicative ones have mean 1; empty where an average or an index is not above zero. Additive ones have mean 0.
[[nodiscard]] std::vector<double> multiplicative_indices(std::span<const double> y, std::size_t m);
[[nodiscard]] std::vector<double> additive_indices(std::span<const double> y, std::size_t m);

}  // namespace suanpan::demand
