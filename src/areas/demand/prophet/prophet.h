#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace suanpan::demand {

// A season as a Fourier series: `order` pairs of sine and cosine of `period` periods.
struct FourierSeason {
    double period = 7;
    int order = 3;
};

// Scales of the priors and defaults as in Prophet (Taylor and Letham 2018), for values divided by their largest.
struct ProphetOptions {
    std::vector<FourierSeason> seasons;
    int changepoints = 25;            // of the trend, evenly over
    double changepoint_share = 0.8;   // the first part of what was seen
    double changepoint_scale = 0.05;  // of the Laplace prior of the change of slope; larger: a trend that bends more
    double regressor_scale = 10;      // of the normal prior of seasons, holidays and regressors
    double trend_scale = 5;           // of the normal prior of slope and offset
    double noise_scale = 0.5;         // of the half-normal prior of the noise
};

// y(t) = trend + seasons + regressors + noise.
struct ProphetSeries {
    std::span<const double> y;                    // NaN: not observed, and not learned from
    std::vector<std::vector<double>> regressors;  // a column each over y and horizon, finite
    std::size_t horizon = 1;
};

struct ProphetFit {
    double scale = 1;                      // of y; the numbers below are in its units
    double slope = 0, offset = 0;          // of the trend, per length of what was seen
    std::vector<double> changepoints;      // from 0 to 1 in what was seen
    std::vector<double> changes;           // of the slope at them
    std::vector<double> seasons;           // sine, cosine, sine, …
    std::vector<double> regressors;        // one a column
    double noise = 0;                      // standard deviation
    std::vector<double> mean;              // of the horizon, in units of y
    std::vector<double> trend_of_horizon;  // likewise
    bool converged = false;
};

// The mode of the posterior: given the noise, slopes, changes (Laplace prior: most become exactly 0) and weights are
// found by L-BFGS, given these, the noise has a closed form; in turns until both stand still. All zeros for a series
// that has no value other than 0.
[[nodiscard]] ProphetFit fit_prophet(const ProphetSeries& series, const ProphetOptions& options);

// Quantiles of the horizon by simulated paths: the trend changes in future as often and, on the average, as much as it
// did, and noise is added (Taylor and Letham, section 3.1.4). [level][period]; may be negative.
struct ProphetPaths {
    int count = 500;
    std::uint64_t seed = 1;
};
[[nodiscard]] std::vector<std::vector<double>> prophet_quantiles(const ProphetFit& fit, std::size_t seen,
                                                                 std::span<const double> levels,
                                                                 const ProphetPaths& paths);

}  // namespace suanpan::demand
