#pragma once

#include <span>
#include <string>
#include <vector>

#include "areas/demand/evaluate/dataset.h"

namespace suanpan::demand {

using Predictions = std::vector<std::vector<double>>;  // a row a series of a data set, a value a period of its horizon

// Quantiles of what may come beside a point forecast: [series][level][period].
struct Intervals {
    std::vector<double> levels;  // rising
    std::vector<std::vector<std::vector<double>>> values;
};

// How far forecasts were from what came. Only periods with a weight above 0 count.
struct Measures {
    double wape = 0;   // sum |e| / sum |y|
    double wmae = 0;   // sum w |e| / sum w
    double smape = 0;  // of a series the mean of 200 |e| / (|y| + |f|), 0 for 0 / 0; the mean over series
    double rmspe = 0;  // root of the mean of (e / y)^2, periods of no demand left out
    double mase = 0;   // |e| over the mean step of the seasonal naive in the sample; mean over series where that is > 0
    double rmsse = 0;  // root of mean e^2 over the mean squared step in the sample (M5); mean over series likewise
    double bias = 0;   // (sum f - sum y) / sum |y|
    double pinball = 0;                       // mean over levels of 2 sum of the quantile loss / sum |y|
    double coverage = 0;                      // share of periods within the outermost levels
    std::vector<double> coverage_by_horizon;  // the same of each quarter of the horizon, the nearest first
    std::int64_t scored = 0;                  // periods
};

[[nodiscard]] Measures measure(const Dataset& dataset, const Predictions& predictions, const Intervals& intervals);

// Mean |y(t) - y(t - season)| in the sample, of season 1 where the series is no longer than a cycle; 0 for a constant.
[[nodiscard]] double naive_step(std::span<const double> y, int season);

// Quantile regression loss of one forecast (Koenker and Bassett 1978).
[[nodiscard]] double quantile_loss(double level, double forecast, double actual);

}  // namespace suanpan::demand
