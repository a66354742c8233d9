#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace suanpan::selection {

// The places of the values, the smallest first; equals by their places, what is not a number last. A radix sort: very
// many values are ordered in a few passes over them.
[[nodiscard]] std::vector<std::uint32_t> by_value(std::span<const double> values);

}  // namespace suanpan::selection
