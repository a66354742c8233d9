#pragma once

#include "areas/demand/evaluate/forecasters.h"

namespace suanpan::demand {

// One model of boosted trees over all series of a data set, direct for every step ahead: it learns demand over the
// series' level from what was known some steps before (features.h), by absolute error weighted with the level, so that
// it makes the least WAPE. Rows are drawn from the seen periods; the drawing and the trees come from the seed.
// Errors: unavailable where LightGBM is not there; invalid_argument where too little was seen to learn from.
[[nodiscard]] Result<Predictions> boosted(const Dataset& dataset, const RunOptions& options);

}  // namespace suanpan::demand
