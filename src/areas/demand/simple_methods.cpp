#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "areas/demand/method.h"

namespace suanpan::demand {
namespace {

constexpr std::array all_methods = {
    Method{"seasonal_naive", seasonal_naive},
    Method{"window_average", window_average},
    Method{"ses", simple_exponential_smoothing},
    Method{"ets", ets, ets_again},
    Method{"theta", theta},
};

double spread(const std::vector<double>& residuals) {
    if (residuals.empty()) return 0;
    const double squares = std::inner_product(residuals.begin(), residuals.end(), residuals.begin(), 0.0);
    return std::sqrt(squares / static_cast<double>(residuals.size()));
}

}  // namespace

std::span<const Method> methods() {
    return all_methods;
}

std::vector<double> mean(const Path& path, int horizon) {
    std::vector<double> values(static_cast<std::size_t>(horizon));
    double damping = 1, steps = 0;
    for (std::size_t h = 0; h < values.size(); ++h) {
        damping *= path.phi;
        steps += damping;
        double value = path.level + path.trend * steps;
        if (!path.season.empty()) {
            const double season = path.season[h % path.season.size()];
            value = path.multiplicative ? value * season : value + season;
        }
        values[h] = std::isfinite(value) ? std::max(0.0, value) : 0.0;
    }
    return values;
}

double next_mean(const Path& path, std::size_t place) {
    const double base = path.level + path.phi * path.trend;
    if (path.season.empty()) return base;
    return path.multiplicative ? base * path.season[place] : base + path.season[place];
}

void advance(Path& path, double error, std::size_t place) {
    constexpr double least = 1e-9;  // of what divides
    const double base = path.level + path.phi * path.trend;
    const bool multiplies = path.multiplicative && !path.season.empty();
    const double by = multiplies ? std::max(path.season[place], least) : 1;
    path.level = base + path.alpha * error / by;
    path.trend = path.phi * path.trend + path.beta * error / by;
    if (!path.season.empty()) path.season[place] += path.gamma * error / (multiplies ? std::max(base, least) : 1);
}

Path advanced(Path path, std::span<const double> y, std::size_t since) {
    since = std::min(since, y.size());
    if (since == 0) return path;
    if (path.method == "window_average") {
        path.level = window_average(y, 1).level;
        return path;
    }
    const std::size_t cycle = std::max<std::size_t>(1, path.season.size());
    std::size_t place = 0;
    for (const double value : y.last(since)) {
        advance(path, value - next_mean(path, place), place);
        place = (place + 1) % cycle;
    }
    if (!path.season.empty())
        std::ranges::rotate(path.season, path.season.begin() + static_cast<std::ptrdiff_t>(place));
    return path;
}

Path seasonal_naive(std::span<const double> y, int season) {
    // With less than one cycle there is no season to repeat, and it is the naive method.
    const auto cycle = y.size() < static_cast<std::size_t>(season) ? 1 : static_cast<std::size_t>(std::max(1, season));
    Path path{.method = "seasonal_naive", .alpha = cycle == 1 ? 1.0 : 0.0};
    if (cycle == 1) {
        path.level = y.back();
    } else {
        path.season.assign(y.end() - static_cast<std::ptrdiff_t>(cycle), y.end());
        path.gamma = 1;  // the newest value takes the place of the one a cycle before
    }
    for (std::size_t t = cycle; t < y.size(); ++t) path.residuals.push_back(y[t] - y[t - cycle]);
    // Hardly a value has one a cycle before it: neighbours differ by as much, but for the season.
    constexpr std::size_t least_errors = 8;
    if (path.residuals.size() < least_errors)
        for (std::size_t t = 1; cycle > 1 && t < y.size(); ++t) path.residuals.push_back(y[t] - y[t - 1]);
    path.sigma = spread(path.residuals);
    return path;
}

Path window_average(std::span<const double> y, int) {
    constexpr std::size_t window = 4;
    auto average = [&](std::size_t end) {
        const std::size_t begin = end > window ? end - window : 0;
        return std::accumulate(y.begin() + static_cast<std::ptrdiff_t>(begin),
                               y.begin() + static_cast<std::ptrdiff_t>(end), 0.0) /
               static_cast<double>(end - begin);
    };
    Path path{.method = "window_average", .level = average(y.size()), .alpha = 1.0 / window};
    for (std::size_t t = 1; t < y.size(); ++t) path.residuals.push_back(y[t] - average(t));
    path.sigma = spread(path.residuals);
    return path;
}

}  // namespace suanpan::demand
