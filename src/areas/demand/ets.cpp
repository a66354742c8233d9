#include <cmath>
#include <limits>
#include <numeric>

#include "areas/demand/method.h"
#include "areas/demand/smoothing.h"

namespace suanpan::demand {
namespace {

enum class Trend { none, additive, damped };

Smoothing as_smoothing(const std::vector<double>& point, Trend trend) {
    if (trend == Trend::none) return {.alpha = point[0], .level = point[1]};
    // beta is at most alpha, as the usual region asks (Hyndman et al. 2008, section 10.2).
    return {.alpha = point[0],
            .beta = point[0] * point[2],
            .phi = trend == Trend::damped ? point[4] : 1,
            .level = point[1],
            .trend = point[3]};
}

Simplex simplex_of(std::span<const double> y, Trend trend) {
    constexpr double far = std::numeric_limits<double>::max();
    const std::size_t few = std::min<std::size_t>(y.size(), 10);
    const double level = std::accumulate(y.begin(), y.begin() + static_cast<std::ptrdiff_t>(few), 0.0) / double(few);
    const double slope = y.size() > 1 ? (y[few - 1] - y[0]) / double(std::max<std::size_t>(1, few - 1)) : 0;
    const double scale = std::max(1e-6, std::abs(level) * 0.1 + std::abs(slope));
    Simplex simplex{.start = {0.3, level}, .step = {0.2, scale}, .bounds = {{1e-4, 0.9999}, {-far, far}}};
    if (trend == Trend::none) return simplex;
    simplex.start.insert(simplex.start.end(), {0.1, slope});
    simplex.step.insert(simplex.step.end(), {0.1, scale / 2});
    simplex.bounds.insert(simplex.bounds.end(), {{1e-4, 0.9999}, {-far, far}});
    if (trend == Trend::damped) {
        simplex.start.push_back(0.9);
        simplex.step.push_back(0.05);
        simplex.bounds.push_back({0.8, 0.98});
    }
    return simplex;
}

struct Fit {
    Smoothing first;
    double aicc = std::numeric_limits<double>::infinity();
};

Fit fit(std::span<const double> y, Trend trend) {
    const auto simplex = simplex_of(y, trend);
    const auto best =
        minimise([&](const std::vector<double>& p) { return smooth(y, as_smoothing(p, trend)).squares; }, simplex);
    const auto first = as_smoothing(best, trend);
    const double n = double(y.size());
    const double parameters = double(best.size()) + 1;  // and the variance
    if (n - parameters - 1 <= 0) return {first, trend == Trend::none ? 0 : std::numeric_limits<double>::infinity()};
    const double likelihood = n * std::log(std::max(smooth(y, first).squares / n, 1e-12));
    return {first, likelihood + 2 * parameters + 2 * parameters * (parameters + 1) / (n - parameters - 1)};
}

Path path_of(std::span<const double> y, const Smoothing& first, std::string method) {
    Path path{.method = std::move(method)};
    const auto smoothed = smooth(y, first, &path.residuals);
    path.level = smoothed.last.level;
    path.trend = smoothed.last.trend;
    path.phi = smoothed.last.phi;
    path.alpha = first.alpha;
    path.beta = first.beta;
    path.sigma = std::sqrt(smoothed.squares / double(y.size()));
    return path;
}

// Indices of classical multiplicative decomposition, mean 1; empty where the series has none.
std::vector<double> seasonal_indices(std::span<const double> y, std::size_t m) {
    std::vector<double> sums(m, 0), counts(m, 0);
    const std::size_t half = m / 2;
    for (std::size_t t = half; t + half < y.size(); ++t) {
        double average = 0;
        for (std::size_t i = t - half; i <= t + half; ++i)
            average += y[i] * (m % 2 == 0 && (i == t - half || i == t + half) ? 0.5 : 1.0);
        average /= double(m);
        if (average <= 0) return {};
        sums[t % m] += y[t] / average;
        counts[t % m] += 1;
    }
    for (std::size_t i = 0; i < m; ++i) sums[i] /= std::max(1.0, counts[i]);
    const double total = std::accumulate(sums.begin(), sums.end(), 0.0) / double(m);
    for (auto& index : sums) {
        index /= total;
        if (!(index > 1e-3)) return {};
    }
    return sums;
}

double autocorrelation(std::span<const double> y, std::size_t lag) {
    const double average = std::accumulate(y.begin(), y.end(), 0.0) / double(y.size());
    double over = 0, under = 0;
    for (std::size_t t = 0; t < y.size(); ++t) {
        under += (y[t] - average) * (y[t] - average);
        if (t >= lag) over += (y[t] - average) * (y[t - lag] - average);
    }
    return under > 0 ? over / under : 0;
}

bool is_seasonal(std::span<const double> y, std::size_t m) {
    if (m < 2 || y.size() < 2 * m) return false;
    double squares = 0;
    for (std::size_t lag = 1; lag < m; ++lag) squares += std::pow(autocorrelation(y, lag), 2);
    const double error = std::sqrt((1 + 2 * squares) / double(y.size()));
    return std::abs(autocorrelation(y, m)) > 1.645 * error;
}

}  // namespace

Path simple_exponential_smoothing(std::span<const double> y, int) {
    return path_of(y, fit(y, Trend::none).first, "ses");
}

Path ets(std::span<const double> y, int) {
    Fit best;
    for (const auto trend : {Trend::none, Trend::additive, Trend::damped})
        if (auto tried = fit(y, trend); tried.aicc < best.aicc) best = tried;
    return path_of(y, best.first, "ets");
}

Path theta(std::span<const double> y, int season) {
    const auto m = static_cast<std::size_t>(std::max(1, season));
    std::vector<double> adjusted(y.begin(), y.end());
    const auto indices = is_seasonal(y, m) ? seasonal_indices(y, m) : std::vector<double>{};
    if (!indices.empty())
        for (std::size_t t = 0; t < adjusted.size(); ++t) adjusted[t] /= indices[t % m];
    auto path = simple_exponential_smoothing(adjusted, 1);
    path.method = "theta";
    // The slope of the least-squares line, halved: eq. 5 of Hyndman and Billah.
    const double n = double(y.size());
    double over = 0;
    for (std::size_t t = 0; t < adjusted.size(); ++t) over += adjusted[t] * (double(t) - (n - 1) / 2);
    path.trend = y.size() > 2 ? over * 12 / (n * (n * n - 1)) / 2 : 0;
    path.level += path.trend * ((1 - std::pow(1 - path.alpha, n)) / path.alpha - 1);
    if (!indices.empty()) {
        path.multiplicative = true;
        for (std::size_t h = 0; h < m; ++h) path.season.push_back(indices[(y.size() + h) % m]);
        for (std::size_t t = 0; t < path.residuals.size(); ++t) path.residuals[t] *= indices[t % m];
    }
    return path;
}

}  // namespace suanpan::demand
