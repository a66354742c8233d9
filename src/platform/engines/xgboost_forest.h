#pragma once

#include <optional>
#include <string>

#include "platform/engines/forest.h"

namespace suanpan::engines {

// An XGBoost model as a forest.
struct XgBoostForest {
    Forest<float> trees;
    std::size_t columns = 0;
    float base = 0;                                          // of every sum
    enum class Link { none, exponential, logistic } link{};  // what the objective makes of a sum

    [[nodiscard]] std::vector<double> predict(const Rows& rows) const;  // as the library
};
// Of the library's JSON (3.3). Nothing where the model has what a forest has not: names as values, several classes,
// other objectives.
[[nodiscard]] std::optional<XgBoostForest> read_xgboost_forest(const std::string& json);

}  // namespace suanpan::engines
