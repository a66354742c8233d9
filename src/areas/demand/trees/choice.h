#pragma once

#include <string>
#include <vector>

#include "areas/demand/evaluate/forecasters.h"
#include "areas/demand/trees/samples.h"
#include "platform/engines/boosting.h"

namespace suanpan::demand {

// How boosted trees learn.
struct TreeChoice {
    std::string objective = "regression_l1";  // LightGBM's name
    Scale scale = Scale::ratio;
    int rounds = 400;
    double error = 0;  // in the validation window, where there was one: WAPE, or where means are aimed at, its like by
                       // series: the sum of their root mean squared errors over the sum of their means

    [[nodiscard]] std::string text() const;  // "regression_l1 of the logarithm, 340 rounds"
};

// What does best in the horizon right before the end of what was seen, by models that did not see it: first what is
// learned, by models of fewer rows; then the rounds, where the error is least and did not fall for long (early
// stopping, Prechelt 1998), within those of the options where they give some. Nothing of `actual` is looked at. The
// plain choice where the series are too short to keep a window back. Errors: those of LightGBM.
[[nodiscard]] Result<TreeChoice> choose_trees(const Dataset& dataset, const RunOptions& options);

// The same of everything that competes, each with its own rounds; one plain choice where the series are too short.
[[nodiscard]] Result<std::vector<TreeChoice>> choose_each(const Dataset& dataset, const RunOptions& options);

[[nodiscard]] engines::BoostingOptions boosting_options(const TreeChoice& choice, const RunOptions& options);

}  // namespace suanpan::demand
