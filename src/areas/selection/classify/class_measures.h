#pragma once

#include <span>

namespace suanpan::selection {

// How good chances are, once it is known what happened (labels: 0 or 1).
struct ClassMeasures {
    double auc = 0;
    double log_loss = 0, brier = 0;
    double calibration_error = 0;  // mean distance of said and seen share over ten groups of equal size
    double f1 = 0;                 // where a chance of at least `threshold` counts as yes
};
[[nodiscard]] ClassMeasures class_measures(std::span<const double> chances, std::span<const float> labels,
                                           double threshold);

// Area under the receiver's curve: the share of pairs of a yes and a no where the yes has the higher score, ties half
// (Mann and Whitney 1947). 0.5 where one kind is missing.
[[nodiscard]] double area_under_curve(std::span<const double> scores, std::span<const float> labels);

// The threshold with the highest F1.
[[nodiscard]] double best_threshold(std::span<const double> chances, std::span<const float> labels);

}  // namespace suanpan::selection
