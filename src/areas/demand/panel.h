#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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
    int least = 8;       // periods to fit on before a forecast is judged
    int longest = 208;   // newest periods to fit on; older ones are left aside
    int samples = 1000;  // paths behind the quantiles
    std::vector<double> levels = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99};
    std::uint64_t seed = 20111114;
    int threads = 2;
    std::function<void(std::size_t done)> progress = [](std::size_t) {};
    // Hears of the steps of learning one model of all items.
    std::function<void(std::size_t done, std::size_t steps)> learning = [](std::size_t, std::size_t) {};
    std::stop_token stop;  // looked at between items; then the error is unavailable
};

// What training leaves of a series, and all that serving needs of it.
struct ItemModel {
    std::string id;
    Path path;                             // the method that won the backtest, fitted on everything
    double error = 0, baseline_error = 0;  // root mean squared error over the window: ours and the seasonal naive's
    std::int64_t judged = 0;               // windows behind the errors; 0: too short to say
    std::int64_t seen = 0;                 // checksum of the values it was fitted on or moved along; 0: not known

    bool operator==(const ItemModel&) const = default;
};

// Each series gets the method with the least squared error of demand over the window at the origins of a rolling
// backtest; only values before an origin are used at it, and a method that searches for its form does so at the oldest.
// The reported error is not that by which the method was picked, which would flatter: at each origin but the oldest, it
// is the error of the method that the older origins alone would have picked (a nested choice). The same numbers
// whatever the threads. Errors: invalid_argument naming a series that is empty or holds a value that is not finite or
// is negative.
[[nodiscard]] Result<std::vector<ItemModel>> train_panel(std::span<const Series> series, const PanelOptions& options);

// What an earlier training left, so that most series need not be fitted again.
struct Earlier {
    std::span<const ItemModel> models;
    std::size_t since = 0;    // periods that came after it
    std::int64_t period = 0;  // the newest one's number, counted from a fixed day: says which series are due
    int refit_every = 4;      // periods after which each series is fitted again, a share of them each period
};

struct Trained {
    std::vector<ItemModel> models;
    std::int64_t kept = 0;  // of these, not fitted again
};

// As train_panel, but a series whose past is as the earlier training saw it keeps its method and parameters, its state
// moved by what came since, until it is due; where nothing came since, the result is train_panel's.
[[nodiscard]] Result<Trained> train_panel_after(std::span<const Series> series, const PanelOptions& options,
                                                const Earlier& earlier);

struct ItemForecast {
    std::string id;
    Path path;                             // brought up to the end of the series
    std::vector<double> mean;              // a value a period of the horizon
    double window_mean = 0;                // of demand over the whole window
    std::vector<double> window_quantiles;  // at options.levels, rising, not negative
    double baseline_mean = 0;              // the seasonal naive's, over the window
    double error = 0, baseline_error = 0;  // of the backtest
    std::int64_t judged = 0;
    std::string method;                    // that made the numbers: the path's, unless another model did
    double shared_part = 0;                // of window_mean: what the model of all items adds to the path's
    std::optional<double> promotion_part;  // likewise, what planned promotions add; none: it knows of none
};

// Forecasts each series with its model, found by id; a series without one gets the average of its newest periods.
// `since` is how many periods at the end of each series came after the training: they move the models' states.
// Quantiles come from sample paths drawn with the method's own one-step errors (bootstrap, Hyndman et al. 2008, section
// 6.1.2), so that they sum over the window as demand does.
[[nodiscard]] Result<std::vector<ItemForecast>> serve_panel(std::span<const ItemModel> models,
                                                            std::span<const Series> series, std::size_t since,
                                                            const PanelOptions& options);

// Trains and serves.
[[nodiscard]] Result<std::vector<ItemForecast>> forecast_panel(std::span<const Series> series,
                                                               const PanelOptions& options);

// Distribution of demand over `window` periods after the path's end, as quantiles at the given levels.
[[nodiscard]] std::vector<double> window_quantiles(const Path& path, const PanelOptions& options, std::uint64_t seed);

}  // namespace suanpan::demand
