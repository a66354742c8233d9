#pragma once

#include "areas/selection/learners.h"

namespace suanpan::selection {

// What members said of an earlier origin before it happened, and what happened.
struct Trial {
    Day origin;
    MemberScores scores;
    std::vector<double> outcomes;
};

using Weights = std::array<double, members>;  // sum to 1

// Scores of different kinds are brought to one scale by their ranks: the normal quantile of each item's rank.
[[nodiscard]] std::vector<double> normal_scores(const std::vector<double>& scores);
[[nodiscard]] std::vector<double> blended(const MemberScores& scores, const Weights& weights);

// Ensemble selection with replacement (Caruana et al. 2004), begun with each tree model once: again and again the
// member is added that makes precision and captured profit at the sizes of `tops` best on the trials. Without trials,
// the tree models equally.
[[nodiscard]] Weights choose_weights(const std::vector<Trial>& trials, const std::vector<std::size_t>& tops);

}  // namespace suanpan::selection
