#pragma once

#include "areas/demand/evaluate/forecasters.h"
#include "areas/demand/prophet/prophet.h"

namespace suanpan::demand {

// The seasons of a series: by days the week and, of two years or more, the year; by weeks the year, of two or more;
// without dates the series' own cycle.
[[nodiscard]] std::vector<FourierSeason> seasons_of(const SeriesRecord& series, int step_days);

// What is known of a series as columns of numbers. A column of up to 6 values (a promotion, a kind of holiday) becomes
// one of 0 and 1 for each value but the commonest, and, where that value is rare, also for the periods before and
// after it; any other is brought to mean 0 and standard deviation 1 over what was seen. Not known counts as the
// commonest, or the mean.
[[nodiscard]] std::vector<std::vector<double>> regressors_of(const SeriesRecord& series);

// The method "prophet": every series by itself.
[[nodiscard]] Result<Predictions> prophet(const Dataset& dataset, const RunOptions& options);

}  // namespace suanpan::demand
