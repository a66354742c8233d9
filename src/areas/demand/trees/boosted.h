#pragma once

#include "areas/demand/trees/choice.h"

namespace suanpan::demand {

// One model of boosted trees over all series of a data set, direct for every step ahead: it learns demand over the
// series' level from what was known some steps before (features.h), weighted with the level, so that it makes the least
// WAPE. What is learned (the ratio or its logarithm, by absolute error or Tweedie) and for how many rounds is what does
// best in a window before the end of what was seen (choice.h), unless `rounds` says it; then all that was seen is
// learned. Rows are drawn from the seen periods; the drawing and the trees come from the seed. Errors: unavailable
// where LightGBM is not there; invalid_argument where too little was seen to learn from.
[[nodiscard]] Result<Predictions> boosted(const Dataset& dataset, const RunOptions& options);
// The mean of models of all that could be learned, each for the rounds that did best in the window: three times the
// work.
[[nodiscard]] Result<Predictions> boosted_mean(const Dataset& dataset, const RunOptions& options);
// The same by a choice that was made.
[[nodiscard]] Result<Predictions> boosted_as(const TreeChoice& choice, const Dataset& dataset,
                                             const RunOptions& options);

// Trees that were learned, to ask them of other data than they were learned from.
struct LearnedTrees {
    engines::Boosting trees;
    Scale scale = Scale::ratio;
    std::vector<std::string> columns;  // names of the features, in order
};
[[nodiscard]] Result<LearnedTrees> learn_trees(const TreeChoice& choice, const Dataset& dataset,
                                               const RunOptions& options);
// Errors: conflict where the data give other features than the trees learned from.
[[nodiscard]] Result<Predictions> ask_trees(const LearnedTrees& learned, const Dataset& dataset);

}  // namespace suanpan::demand
