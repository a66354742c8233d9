#pragma once

#include <string_view>

#include "areas/demand/evaluate/combine.h"

namespace suanpan::demand {

enum class Criterion { wape, smape, mase };
// Errors: invalid_argument naming the three.
[[nodiscard]] Result<Criterion> parse_criterion(std::string_view name);

// What `best:A+B+C` becomes: of each member alone and of the mean and the median of every two members or more, the one
// of least error over the windows; the simplest where they are equal. Its members are some of the recipe's.
// Errors: invalid_argument for more than 10 members.
[[nodiscard]] Result<Recipe> choose_best(const Recipe& recipe, const std::vector<Window>& windows, Criterion criterion);

// "median of ets, theta"
[[nodiscard]] std::string describe(const Recipe& recipe);

}  // namespace suanpan::demand
