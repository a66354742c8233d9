#pragma once

#include <optional>
#include <string_view>

#include "platform/engines/forest.h"

namespace suanpan::engines {

// A LightGBM model as a forest.
struct LightGbmForest {
    Forest<double> trees;
    std::size_t columns = 0;
    bool exponential = false;  // what the objective makes of a sum (Tweedie, Poisson)

    [[nodiscard]] std::vector<double> predict(const Rows& rows) const;  // as the library, bit by bit
};
// Of the library's text (4.7). Nothing where the model has what a forest has not: names as values, several classes,
// other objectives.
[[nodiscard]] std::optional<LightGbmForest> read_lightgbm_forest(std::string_view text);

}  // namespace suanpan::engines
