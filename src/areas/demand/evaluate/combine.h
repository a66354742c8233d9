#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "areas/demand/evaluate/measures.h"

namespace suanpan::demand {

// "median:ets+theta", or a method alone.
struct Recipe {
    enum class Kind { single, mean, median, blend, best };
    Kind kind = Kind::single;
    std::vector<std::string> members;
};
// Errors: invalid_argument for a combination of fewer than two, or of a kind that is not there.
[[nodiscard]] Result<Recipe> parse_recipe(std::string_view text);

// A member's forecasts on one data set, all members alike in shape.
using Members = std::vector<const Predictions*>;

[[nodiscard]] Predictions median_of(const Members& members);
[[nodiscard]] Predictions weighted(const Members& members, const std::vector<double>& weights);

// A validation window with each member's forecasts of it.
struct Window {
    const Dataset* dataset;
    Members members;
};
// Weights that sum to 1 and make the least WAPE over all windows: members are added one by one, with replacement, each
// the one that lowers it most (Caruana et al. 2004, "Ensemble selection from libraries of models").
[[nodiscard]] std::vector<double> blend_weights(const std::vector<Window>& windows);

}  // namespace suanpan::demand
