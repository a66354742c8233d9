#pragma once

#include <span>
#include <vector>

#include "areas/stock/replay/panel.h"
#include "platform/base/result.h"

namespace suanpan::stock {

enum class Sharing { within_classes, among_all };

struct RegressionOptions {
    Sharing sharing = Sharing::within_classes;  // whether panel.classes count, or all series are one class
    double half_life_days = 500;                // of a day's weight
    double class_ridge = 300;                   // of a class's coefficients, towards none
};

// Expected sales of every series and day, from the days before `end` only: log sales on the features of features.h by
// weighted least squares, a class's coefficients first, then each series' deviations from them, drawn to zero by a
// ridge (a random-coefficients model, Swamy 1970; ridge as in Hoerl and Kennard 1970). One result a ridge, each
// panel.sales-shaped; 0 where closed. Days after `end` are forecasts from what is known ahead.
// Errors: invalid_argument where shapes do not fit, sales are negative or not finite, or `end` leaves less than 28
// days.
[[nodiscard]] Result<std::vector<std::vector<float>>> fit_drivers(const DailyPanel& panel, std::size_t end,
                                                                  std::span<const double> ridges,
                                                                  const RegressionOptions& options = {});

// Forecasts of the sum of `length` days, made on each day of [from, to) before its sales are known. A level, which is
// the exponentially smoothed ratio of sales to what was expected, moves with every open day before.
struct Windows {
    std::size_t from = 0, to = 0, length = 8;
    double smoothing = 0.08;  // weight of the newest day in the level
};
struct WindowSums {
    std::vector<double> expected, sold;  // series x (to - from); sold is cut off where the panel ends
};
[[nodiscard]] WindowSums window_sums(const DailyPanel& panel, const std::vector<float>& expected,
                                     const Windows& windows);

}  // namespace suanpan::stock
