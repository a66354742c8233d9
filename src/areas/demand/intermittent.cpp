#include "areas/demand/intermittent.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace suanpan::demand {
namespace {

// Sizes of the demands above zero and the periods up to each from the one before; the first counts from the start.
struct Demands {
    std::vector<double> sizes, intervals;
};

Demands demands_of(std::span<const double> y) {
    Demands demands;
    std::size_t last = 0;
    for (std::size_t t = 0; t < y.size(); ++t)
        if (y[t] > 0) {
            demands.sizes.push_back(y[t]);
            demands.intervals.push_back(double(t + 1 - last));
            last = t + 1;
        }
    return demands;
}

// The level after all, from the first value; the squared one-step errors on the way.
double smoothed(std::span<const double> x, double alpha, double* squares = nullptr) {
    double level = x[0], sum = 0;
    for (std::size_t t = 1; t < x.size(); ++t) {
        const double error = x[t] - level;
        sum += error * error;
        level += alpha * error;
    }
    if (squares != nullptr) *squares = sum;
    return level;
}

// By golden section between 0.1 and 0.3, the range that fits intermittent demand.
double smoothed_at_best(std::span<const double> x) {
    constexpr double golden = 0.6180339887498949;
    const auto squares_at = [&](double alpha) {
        double squares = 0;
        (void)smoothed(x, alpha, &squares);
        return squares;
    };
    double low = 0.1, high = 0.3;
    while (high - low > 1e-5) {
        const double a = high - golden * (high - low), b = low + golden * (high - low);
        if (squares_at(a) <= squares_at(b))
            high = b;
        else
            low = a;
    }
    return smoothed(x, (low + high) / 2);
}

// ADIDA with blocks of `length` that end with the newest period.
double by_blocks(std::span<const double> y, std::size_t length) {
    const auto blocks = y.size() / length;
    if (blocks == 0) return 0;
    std::vector<double> sums(blocks, 0.0);
    const auto kept = y.last(blocks * length);
    for (std::size_t t = 0; t < kept.size(); ++t) sums[t / length] += kept[t];
    return smoothed_at_best(sums) / double(length);
}

std::size_t mean_interval(const Demands& demands) {
    double sum = 0;
    for (const double interval : demands.intervals) sum += interval;
    return static_cast<std::size_t>(std::max(1.0, std::nearbyint(sum / double(demands.intervals.size()))));
}

}  // namespace

double croston(std::span<const double> y, double alpha) {
    const auto demands = demands_of(y);
    if (demands.sizes.empty()) return 0;
    return smoothed(demands.sizes, alpha) / smoothed(demands.intervals, alpha);
}

double syntetos_boylan(std::span<const double> y, double alpha) {
    return (1 - alpha / 2) * croston(y, alpha);
}

double teunter_syntetos_babai(std::span<const double> y, double alpha_size, double alpha_chance) {
    const auto demands = demands_of(y);
    if (demands.sizes.empty()) return 0;
    std::vector<double> occurs;
    for (const double value : y) occurs.push_back(value > 0 ? 1 : 0);
    return smoothed(demands.sizes, alpha_size) * smoothed(occurs, alpha_chance);
}

double adida(std::span<const double> y) {
    const auto demands = demands_of(y);
    return demands.sizes.empty() ? 0 : by_blocks(y, std::min(y.size(), mean_interval(demands)));
}

double imapa(std::span<const double> y) {
    const auto demands = demands_of(y);
    if (demands.sizes.empty()) return 0;
    const auto longest = std::min(y.size(), mean_interval(demands));
    double sum = 0;
    for (std::size_t length = 1; length <= longest; ++length) sum += by_blocks(y, length);
    return sum / double(longest);
}

}  // namespace suanpan::demand
