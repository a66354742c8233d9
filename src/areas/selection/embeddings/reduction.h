#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace suanpan::selection {

// The dimensions that a model's vectors have in an item's vector, however many it makes itself.
inline constexpr std::size_t embedded_dimensions = 64;

// Vectors are reduced to the directions in which those of the shop differ most (principal components).
struct Reduction {
    std::vector<float> mean;        // of the vectors that it was fitted on; 0 where they were few
    std::vector<float> directions;  // embedded_dimensions x width, orthonormal; zeros past the width

    // Unit length; what is 0 stays 0.
    [[nodiscard]] std::vector<float> reduced(std::span<const float> vector) const;
};

// By subspace iteration (Halko, Martinsson and Tropp 2011, algorithm 4.4) from a drawn start, so that the same rows
// give the same directions. Where rows are fewer than the directions, the others are as drawn. The mean is taken off
// from `least_for_mean` rows on.
inline constexpr std::size_t least_for_mean = 256;
[[nodiscard]] Reduction fit_reduction(std::span<const float> rows, std::size_t width);

}  // namespace suanpan::selection
