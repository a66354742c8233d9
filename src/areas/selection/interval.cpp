#include "areas/selection/interval.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace suanpan::selection {
namespace {

constexpr std::size_t most_groups = 6, least_in_group = 40;
constexpr double level = 0.05;

// The finite-sample rank of split conformal prediction: of n differences the ceil((n + 1) q)-th smallest.
double conformal_quantile(const std::vector<double>& sorted, double q) {
    const auto n = static_cast<double>(sorted.size());
    const double rank = q < 0.5 ? std::floor((n + 1) * q) : std::ceil((n + 1) * q);
    return sorted[static_cast<std::size_t>(std::clamp(rank, 1.0, n)) - 1];
}

}  // namespace

double Intervals::scaled(double value) const {
    return std::log1p(std::max(0.0, value) / unit_);
}

Intervals::Intervals(const std::vector<double>& predicted, const std::vector<double>& outcomes, double unit)
    : unit_(std::max(1.0, unit)) {
    std::vector<std::size_t> order(predicted.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, {}, [&](std::size_t i) { return predicted[i]; });
    const auto count = std::clamp<std::size_t>(order.size() / least_in_group, 1, most_groups);
    for (std::size_t g = 0; !order.empty() && g < count; ++g) {
        const auto from = order.size() * g / count, to = order.size() * (g + 1) / count;
        std::vector<double> off;
        for (auto i = from; i < to; ++i) off.push_back(scaled(outcomes[order[i]]) - scaled(predicted[order[i]]));
        std::ranges::sort(off);
        const double last = g + 1 == count ? std::numeric_limits<double>::infinity() : predicted[order[to - 1]];
        groups_.push_back({last, conformal_quantile(off, level), conformal_quantile(off, 1 - level)});
    }
}

Intervals::Bounds Intervals::around(double predicted) const {
    const auto group = std::ranges::find_if(groups_, [&](const Group& g) { return predicted <= g.up_to; });
    if (group == groups_.end()) return {0, std::numeric_limits<double>::infinity()};
    const auto back = [&](double at) { return unit_ * std::expm1(std::max(0.0, at)); };
    return {back(scaled(predicted) + group->low), back(scaled(predicted) + group->high)};
}

}  // namespace suanpan::selection
