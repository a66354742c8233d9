#pragma once

#include "areas/stock/replay/driver_regression.h"
#include "areas/stock/replay/simulate.h"

namespace suanpan::stock {

struct ReplayOptions {
    std::size_t lead_time = 7, test_days = 42;
};

// Order-up-to levels from forecasts of lead time plus a day: base level and spread, so that any safety is base + z
// spread.
struct LevelFamily {
    std::string name;
    std::size_t from = 0;
    std::vector<double> base, spread;  // series x test days
    std::vector<double> errors;        // rising; their quantiles are z of a service level; empty: the normal's

    [[nodiscard]] OrderUpTo at(double z) const;
    [[nodiscard]] double z_of(double service_level) const;
};

// Last week's sales again, with normal safety stock of the errors a day in the last year before the test.
[[nodiscard]] LevelFamily seasonal_naive_levels(const DailyPanel& panel, const ReplayOptions& options);
// The mean of the same weekday in the last four weeks, likewise.
[[nodiscard]] LevelFamily weekday_mean_levels(const DailyPanel& panel, const ReplayOptions& options);

// Ours: fit_drivers on what is before the test; sharing, ridge and smoothing are those of least error in trials of the
// same length before the test: the last one, and that of the same season a year before where there is as much history.
// Each trial's forecasts come from a fit on what is before it. The spread of a series is the root mean square of its
// relative errors over the protection time in the trials, drawn towards all series'; z are quantiles of the
// standardised errors of all series there (split conformal, Papadopoulos et al. 2002). Nothing of the test is used.
struct DriverLevels {
    LevelFamily levels;
    Sharing sharing = Sharing::within_classes;
    double ridge = 0, smoothing = 0;
    double validation_error = 0, test_error = 0;  // WAPE of sums over the protection time
};
// Errors: those of fit_drivers; invalid_argument where the history is shorter than two tests and four weeks.
[[nodiscard]] Result<DriverLevels> driver_levels(const DailyPanel& panel, const ReplayOptions& options);

// One point a safety: rising in_stock.
[[nodiscard]] std::vector<SimulationResult> trade_off(const DailyPanel& panel, const LevelFamily& levels,
                                                      std::size_t lead_time);
// Stock days at a share of series-days in stock, linear between the points; -1 beyond them.
[[nodiscard]] double stock_days_at(const std::vector<SimulationResult>& curve, double in_stock);

}  // namespace suanpan::stock
