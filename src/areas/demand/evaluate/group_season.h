#pragma once

#include "areas/demand/evaluate/forecasters.h"

namespace suanpan::demand {

// Theta on series whose season is that of their group: all series of a category together, or all of the data, where
// single series are too noisy to show it (Dekker, van Donselaar and Ouwehand 2004). The groups' seasons are MSTL's of
// the logarithms of their sums, by days with the year beside the week; each series takes the group, or none, that
// leaves it the smoothest, judged on what was seen.
[[nodiscard]] Result<Predictions> group_season(const Dataset& dataset, const RunOptions& options);

}  // namespace suanpan::demand
