#pragma once

#include <map>
#include <vector>

#include "areas/demand/evaluate/measures.h"

namespace suanpan::demand {

// A validation window and what was forecast for it.
struct WindowForecast {
    const Dataset* dataset;
    const Predictions* predictions;
};

// Errors over the scale of their series, sorted, by class (the season's length) and part of the horizon.
struct Calibration {
    static constexpr std::size_t parts = 4;
    std::map<int, std::vector<std::vector<double>>> errors;
};
[[nodiscard]] Calibration calibrate(const std::vector<WindowForecast>& windows);

// Split conformal intervals (Vovk et al. 2005; Lei et al. 2018): each level's quantile of the errors of the same class
// and part of the horizon, with the correction for their number, times the series' scale, added to the forecast and
// clipped at 0. Rising with the level. The scale is the mean step between neighbours of the cycle and a share of the
// forecast, so that a larger forecast is less sure.
[[nodiscard]] Intervals conformal(const Dataset& dataset, const Predictions& predictions,
                                  const Calibration& calibration, const std::vector<double>& levels);

}  // namespace suanpan::demand
