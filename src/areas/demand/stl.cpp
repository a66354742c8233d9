#include "areas/demand/stl.h"

#include <algorithm>
#include <cmath>

namespace suanpan::demand {
namespace {

using Numbers = std::vector<double>;

// One loess smoother: how many points it looks at, the degree of its line, and at how many points it is evaluated.
struct Loess {
    int window = 7;
    bool line = true;
    int jump = 1;
};

// The fit at `x` (from 1) from points `left` to `right`; nothing where all weights vanish.
bool fit_at(std::span<const double> y, const Loess& loess, double x, int left, int right, Numbers& weights,
            double& fitted) {
    const int n = static_cast<int>(y.size());
    double reach = std::max(x - left, right - x);
    if (loess.window > n) reach += (loess.window - n) / 2;
    double sum = 0;
    for (int j = left; j <= right; ++j) {
        const double r = std::abs(j - x);
        double weight = 0;
        if (r <= 0.999 * reach) {
            const double cube = r / reach * (r / reach) * (r / reach);
            weight = r <= 0.001 * reach ? 1 : (1 - cube) * (1 - cube) * (1 - cube);
        }
        weights[static_cast<std::size_t>(j)] = weight;
        sum += weight;
    }
    if (!(sum > 0)) return false;
    double centre = 0, spread = 0;
    for (int j = left; j <= right; ++j) centre += (weights[static_cast<std::size_t>(j)] /= sum) * j;
    if (reach > 0 && loess.line) {
        for (int j = left; j <= right; ++j)
            spread += weights[static_cast<std::size_t>(j)] * (j - centre) * (j - centre);
        if (std::sqrt(spread) > 0.001 * (n - 1)) {
            const double slope = (x - centre) / spread;
            for (int j = left; j <= right; ++j) weights[static_cast<std::size_t>(j)] *= slope * (j - centre) + 1;
        }
    }
    fitted = 0;
    for (int j = left; j <= right; ++j)
        fitted += weights[static_cast<std::size_t>(j)] * y[static_cast<std::size_t>(j - 1)];
    return true;
}

// Points `left` to `right` that the smoother looks at from point i.
std::pair<int, int> neighbours(int i, int n, int window) {
    if (window >= n) return {1, n};
    const int half = (window + 1) / 2;
    if (i < half) return {1, window};
    if (i >= n - half + 1) return {n - window + 1, n};
    return {i - half + 1, window + i - half};
}

void interpolate(std::span<double> fitted, int from, int to) {
    const auto a = static_cast<std::size_t>(from - 1), b = static_cast<std::size_t>(to - 1);
    const double step = (fitted[b] - fitted[a]) / (to - from);
    for (auto j = a + 1; j < b; ++j) fitted[j] = fitted[a] + step * double(j - a);
}

void smooth_loess(std::span<const double> y, const Loess& loess, std::span<double> fitted, Numbers& weights) {
    const int n = static_cast<int>(y.size());
    if (n < 2) {
        if (n == 1) fitted[0] = y[0];
        return;
    }
    weights.resize(std::max(weights.size(), y.size() + 1));
    const int jump = std::min(loess.jump, n - 1);
    const auto evaluate = [&](int i, int seen_from) {
        const auto [left, right] = neighbours(seen_from, n, loess.window);
        auto& value = fitted[static_cast<std::size_t>(i - 1)];
        if (!fit_at(y, loess, i, left, right, weights, value)) value = y[static_cast<std::size_t>(i - 1)];
    };
    int last = 1;
    for (int i = 1; i <= n; i += jump) {
        evaluate(i, i);
        if (i > 1) interpolate(fitted, last, i);
        last = i;
    }
    if (last == n) return;
    evaluate(n, last);  // from where the last one looked
    interpolate(fitted, last, n);
}

// Smooths the values of each place of the cycle, with one more cycle at both ends: m + n + m values.
Numbers smooth_cycles(const Numbers& y, std::size_t m, const Loess& loess, Numbers& weights) {
    Numbers all(y.size() + 2 * m), values, fitted;
    for (std::size_t place = 0; place < m; ++place) {
        values.clear();
        for (auto t = place; t < y.size(); t += m) values.push_back(y[t]);
        const int k = static_cast<int>(values.size());
        fitted.assign(values.size() + 2, 0.0);
        weights.resize(std::max(weights.size(), values.size() + 1));
        smooth_loess(values, loess, std::span(fitted).subspan(1, values.size()), weights);
        if (!fit_at(values, loess, 0, 1, std::min(loess.window, k), weights, fitted.front()))
            fitted.front() = fitted[1];
        if (!fit_at(values, loess, k + 1, std::max(1, k - loess.window + 1), k, weights, fitted.back()))
            fitted.back() = fitted[fitted.size() - 2];
        for (std::size_t i = 0; i < fitted.size(); ++i) all[i * m + place] = fitted[i];
    }
    return all;
}

Numbers moving_average(const Numbers& x, std::size_t window) {
    Numbers averages(x.size() - window + 1);
    double sum = 0;
    for (std::size_t t = 0; t < x.size(); ++t) {
        sum += x[t];
        if (t >= window) sum -= x[t - window];
        if (t + 1 >= window) averages[t + 1 - window] = sum / double(window);
    }
    return averages;
}

int next_odd(double value) {
    const int whole = static_cast<int>(std::lround(value));
    return whole % 2 == 0 ? whole + 1 : whole;
}

Loess loess_of(int window, bool line) {
    return {window, line, (window + 9) / 10};
}

double variance(std::span<const double> x) {
    double mean = 0, sum = 0;
    for (const double value : x) mean += value / double(x.size());
    for (const double value : x) sum += (value - mean) * (value - mean);
    return sum;
}

}  // namespace

Decomposition stl(std::span<const double> y, int season, int seasonal_window) {
    const auto m = static_cast<std::size_t>(season);
    const auto seasonal = loess_of(seasonal_window, false), low = loess_of(next_odd(season), true);
    const auto slow = loess_of(next_odd(std::ceil(1.5 * season / (1 - 1.5 / seasonal_window))), true);
    Numbers trend(y.size(), 0.0), season_part(y.size()), rest(y.size()), passed(y.size()), weights;
    for (int loop = 0; loop < 2; ++loop) {
        for (std::size_t t = 0; t < y.size(); ++t) rest[t] = y[t] - trend[t];
        const auto cycles = smooth_cycles(rest, m, seasonal, weights);
        const auto averages = moving_average(moving_average(moving_average(cycles, m), m), 3);
        smooth_loess(averages, low, passed, weights);
        for (std::size_t t = 0; t < y.size(); ++t) {
            season_part[t] = cycles[m + t] - passed[t];
            rest[t] = y[t] - season_part[t];
        }
        smooth_loess(rest, slow, trend, weights);
    }
    for (std::size_t t = 0; t < y.size(); ++t) rest[t] = y[t] - season_part[t] - trend[t];
    return {{std::move(season_part)}, std::move(trend), std::move(rest)};
}

Decomposition mstl(std::span<const double> y, std::vector<int> seasons) {
    std::ranges::sort(seasons);
    std::erase_if(seasons, [&](int season) { return season < 2 || y.size() < 2 * static_cast<std::size_t>(season); });
    Decomposition parts{std::vector<Numbers>(seasons.size(), Numbers(y.size(), 0.0)), Numbers(y.size()), {}};
    Numbers left(y.begin(), y.end()), weights;
    const int loops = seasons.size() > 1 ? 2 : 1;
    for (int loop = 0; loop < loops; ++loop)
        for (std::size_t i = 0; i < seasons.size(); ++i) {
            for (std::size_t t = 0; t < y.size(); ++t) left[t] += parts.seasons[i][t];
            auto one = stl(left, seasons[i], 11 + 4 * static_cast<int>(i));
            parts.seasons[i] = std::move(one.seasons.front());
            parts.trend = std::move(one.trend);
            for (std::size_t t = 0; t < y.size(); ++t) left[t] -= parts.seasons[i][t];
        }
    if (seasons.empty()) smooth_loess(y, loess_of(next_odd(double(y.size()) / 3 + 3), true), parts.trend, weights);
    parts.remainder = left;
    for (std::size_t t = 0; t < y.size(); ++t) parts.remainder[t] -= parts.trend[t];
    return parts;
}

double seasonal_strength(const Decomposition& parts, std::size_t season) {
    Numbers both = parts.remainder;
    for (std::size_t t = 0; t < both.size(); ++t) both[t] += parts.seasons[season][t];
    const double whole = variance(both);
    return whole > 0 ? std::clamp(1 - variance(parts.remainder) / whole, 0.0, 1.0) : 0;
}

}  // namespace suanpan::demand
