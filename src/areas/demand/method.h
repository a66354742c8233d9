#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace suanpan::demand {

// A fitted method in the form that every method here comes down to: after the last observation,
//     mean(h) = (level + trend (phi + phi^2 + … + phi^h)) + season[(h-1) mod m]      (or times season, see below)
// and a one-step error e moves the state by level += alpha e, trend += beta e, season += gamma e, each divided by what
// multiplies it (Hyndman et al. 2008, tables 2.2 and 2.3 with e instead of the relative error). Plain numbers, so that
// a model file holds it and a server gives the same forecast from them.
struct Path {
    std::string method;
    double level = 0, trend = 0, phi = 1;
    std::vector<double> season;             // of the next period first; empty: none
    bool multiplicative = false;            // the season multiplies
    bool relative = false;                  // errors grow with the mean: residuals are e / mean
    double alpha = 0, beta = 0, gamma = 0;  // 0 for methods without feedback
    double sigma = 0;                       // standard deviation of the residuals
    std::vector<double> residuals;          // one-step errors in the sample, the newest last

    bool operator==(const Path&) const = default;
};

struct Method {
    std::string_view name;
    // y: one value a period, finite, the oldest first, at least one. season: periods in a cycle, 1 for none.
    Path (*fit)(std::span<const double> y, int season);
    // Fits again as more is seen, without a new search for the form; null where there is none to search.
    Path (*again)(std::span<const double> y, int season, const Path& before) = nullptr;
};

// Seasonal naive first: it is the baseline that the others have to beat.
[[nodiscard]] std::span<const Method> methods();

// Expected demand of the next `horizon` periods; never negative.
[[nodiscard]] std::vector<double> mean(const Path& path, int horizon);

[[nodiscard]] Path seasonal_naive(std::span<const double> y, int season);
[[nodiscard]] Path window_average(std::span<const double> y, int season);  // of the last 4 periods
// Simple exponential smoothing; alpha and the first level minimise the squared one-step errors.
[[nodiscard]] Path simple_exponential_smoothing(std::span<const double> y, int season);
// ETS of Hyndman, Koehler, Ord and Snyder (2008): additive and multiplicative errors and seasons, no, additive and
// damped trends, the one of least AICc; see ets.cpp. Multiplicative ones only where every value is above zero, seasons
// only where there are two cycles. The method is named as there, "ETS(M,Ad,A)".
[[nodiscard]] Path ets(std::span<const double> y, int season);
// The form that `before` has, with parameters of y; a new choice where y no longer allows that form.
[[nodiscard]] Path ets_again(std::span<const double> y, int season, const Path& before);
// Theta of Assimakopoulos and Nikolopoulos (2000) as SES with drift, Hyndman and Billah (2003), eq. 5; seasonal series
// are divided by classical multiplicative indices first where the test of R's thetaf (|acf| against 1.645 errors) says
// so.
[[nodiscard]] Path theta(std::span<const double> y, int season);

// Expected demand of the next period; may be negative. `place` is the next period's in the season.
[[nodiscard]] double next_mean(const Path& path, std::size_t place);
// Moves the state by one period whose error was `error`, keeping the parameters; the next period's place is one
// further.
void advance(Path& path, double error, std::size_t place);
// What a saved path becomes by the values since its training: the last `since` of y, which holds everything.
[[nodiscard]] Path advanced(Path path, std::span<const double> y, std::size_t since);

}  // namespace suanpan::demand
