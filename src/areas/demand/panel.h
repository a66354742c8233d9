#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "areas/demand/method.h"
#include "platform/base/result.h"

namespace suanpan::demand {

struct Series {
    std::string id;
    std::vector<double> values;  // one a period, the oldest first
};

struct PanelOptions {
    int season = 1;      // periods in a cycle
    int horizon = 8;     // periods to forecast
    int window = 2;      // periods that an order has to last: lead time and review
    int origins = 4;     // of the rolling backtest, `window` periods apart from the newest backwards
    int samples = 1000;  // paths behind the quantiles
    std::vector<double> levels = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99};
    std::uint64_t seed = 20111114;
    int threads = 2;
    std::function<void(std::size_t done)> progress = [](std::size_t) {};
    std::stop_token stop;  // looked at between items; then the error is unavailable
};

struct ItemForecast {
    std::string id;
    Path path;                             // the method that won the backtest, fitted on everything
    std::vector<double> mean;              // a value a period of the horizon
    double window_mean = 0;                // of demand over the whole window
    std::vector<double> window_quantiles;  // at options.levels, rising, not negative
    double baseline_mean = 0;              // the seasonal naive's, over the window
    double error = 0, baseline_error = 0;  // root mean squared error over the window in the backtest
};

// Each series gets the method with the least backtest error of demand over the window; only values before an origin
// are used at it. Quantiles come from sample paths drawn with the method's own one-step errors (bootstrap, Hyndman et
// al. 2008, section 6.1.2), so that they sum over the window as demand does. The same numbers whatever the threads.
// Errors: invalid_argument naming a series that is empty or holds a value that is not finite or is negative.
[[nodiscard]] Result<std::vector<ItemForecast>> forecast_panel(std::span<const Series> series,
                                                               const PanelOptions& options);

// Distribution of demand over `window` periods after the path's end, as quantiles at the given levels.
[[nodiscard]] std::vector<double> window_quantiles(const Path& path, const PanelOptions& options, std::uint64_t seed);

}  // namespace suanpan::demand
