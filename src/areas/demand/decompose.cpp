#include "areas/demand/decompose.h"

#include <algorithm>
#include <numeric>

namespace suanpan::demand {
namespace {

// Of m periods around t, the outer two halved where m is even.
double centred_average(std::span<const double> y, std::size_t t, std::size_t m) {
    const std::size_t half = m / 2;
    double sum = 0;
    for (std::size_t i = t - half; i <= t + half; ++i)
        sum += y[i] * (m % 2 == 0 && (i == t - half || i == t + half) ? 0.5 : 1.0);
    return sum / double(m);
}

double mean_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

}  // namespace

std::vector<double> multiplicative_indices(std::span<const double> y, std::size_t m) {
    std::vector<double> sums(m, 0), counts(m, 0);
    for (std::size_t t = m / 2; t + m / 2 < y.size(); ++t) {
        const double average = centred_average(y, t, m);
        if (average <= 0) return {};
        sums[t % m] += y[t] / average;
        counts[t % m] += 1;
    }
    for (std::size_t i = 0; i < m; ++i) sums[i] /= std::max(1.0, counts[i]);
    const double total = mean_of(sums);
    for (auto& index : sums) {
        index /= total;
        if (!(index > 1e-3)) return {};
    }
    return sums;
}

std::vector<double> additive_indices(std::span<const double> y, std::size_t m) {
    std::vector<double> sums(m, 0), counts(m, 0);
    for (std::size_t t = m / 2; t + m / 2 < y.size(); ++t) {
        sums[t % m] += y[t] - centred_average(y, t, m);
        counts[t % m] += 1;
    }
    for (std::size_t i = 0; i < m; ++i) sums[i] /= std::max(1.0, counts[i]);
    const double total = mean_of(sums);
    for (auto& index : sums) index -= total;
    return sums;
}

}  // namespace suanpan::demand
