#pragma once

#include "areas/demand/panel.h"

namespace suanpan::demand {

// The newest values, those that a method is fitted on.
[[nodiscard]] std::span<const double> newest(std::span<const double> y, const PanelOptions& options);

// The sum of the first `count` values.
[[nodiscard]] double sum_of(const std::vector<double>& values, int count);

// A window of the past that every method forecast from what came before it.
struct BacktestWindow {
    int origin = 1;                 // windows from its begin to the series' end
    std::vector<double> forecasts;  // of demand over the window, a method each (method.h)
    double actual = 0;
};
// Of a series' newest values: the oldest window first, those left out that had fewer than `least` periods before them.
[[nodiscard]] std::vector<BacktestWindow> backtest(std::span<const double> y, const PanelOptions& options);

// The place of the method with the least squared error over all windows; the average's where there are none.
[[nodiscard]] std::size_t best_of(std::span<const BacktestWindow> windows);

// A window beside what the method that the older ones alone would have picked forecast, and the seasonal naive.
struct JudgedWindow {
    int origin = 1;
    double forecast = 0, baseline = 0, actual = 0;
};
// All windows but the oldest.
[[nodiscard]] std::vector<JudgedWindow> judged(std::span<const BacktestWindow> windows);

}  // namespace suanpan::demand
