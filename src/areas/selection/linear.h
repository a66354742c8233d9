#pragma once

#include <span>
#include <vector>

#include "platform/engines/boosting.h"

namespace suanpan::selection {

// Ridge regression on standardised columns; an unknown value counts as the column's mean.
struct Linear {
    std::vector<double> mean, scale, slope;
    double base = 0;

    [[nodiscard]] std::vector<double> predict(const engines::Rows& rows) const;
};

// `ridge` is added to the diagonal of the columns' correlation matrix. Errors: invalid_argument without rows.
[[nodiscard]] Result<Linear> fit_linear(const engines::TrainingRows& rows, double ridge);

}  // namespace suanpan::selection
