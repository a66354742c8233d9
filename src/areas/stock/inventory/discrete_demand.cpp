#include "areas/stock/inventory/discrete_demand.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "areas/stock/inventory/normal.h"

namespace suanpan::stock {
namespace {

constexpr double negligible = 1e-13;  // probability cut off a tail
constexpr double most_units = 1e7;

std::vector<double> trimmed(std::vector<double> probability) {
    double tail = 0;
    while (probability.size() > 1 && tail + probability.back() < negligible) {
        tail += probability.back();
        probability.pop_back();
    }
    const double total = std::reduce(probability.begin(), probability.end(), 0.0);
    for (auto& p : probability) p /= total;
    return probability;
}

Result<> usable(double mean, double sd) {
    if (!(mean >= 0 && mean <= most_units) || !(sd >= 0 && sd <= most_units))
        return fail(ErrorCode::invalid_argument,
                    fmt::format("demand of mean {:g} and deviation {:g} is not between 0 and 10 million units; give it "
                                "in larger units",
                                mean, sd));
    return {};
}

}  // namespace

DiscreteDemand::DiscreteDemand(std::vector<double> probability) : probability_(std::move(probability)) {
    cumulative_.resize(probability_.size());
    std::inclusive_scan(probability_.begin(), probability_.end(), cumulative_.begin());
    // E[(D - n)+] is the sum of P(D > k) over k >= n, taken from the far end, where it is smallest.
    shortage_.assign(probability_.size(), 0);
    double above = 0;
    for (std::size_t n = probability_.size() - 1; n > 0; --n) {
        above += probability_[n];
        shortage_[n - 1] = shortage_[n] + above;
    }
    mean_ = shortage_[0];
}

Result<DiscreteDemand> DiscreteDemand::of(std::vector<double> probability) {
    double total = 0;
    for (const double p : probability) {
        if (!(p >= 0)) return fail(ErrorCode::invalid_argument, fmt::format("{:g} is not a probability", p));
        total += p;
    }
    if (!(std::abs(total - 1) < 1e-6))
        return fail(ErrorCode::invalid_argument, fmt::format("the probabilities add up to {:g}, not to one", total));
    return DiscreteDemand(trimmed(std::move(probability)));
}

Result<DiscreteDemand> DiscreteDemand::poisson(double mean) {
    TRY(usable(mean, 0));
    const auto largest = static_cast<std::size_t>(std::ceil(mean + 8 * std::sqrt(mean) + 20));
    std::vector<double> probability(largest + 1, mean > 0 ? 0.0 : 1.0);
    if (mean > 0)
        for (std::size_t d = 0; d <= largest; ++d) {
            const auto units = static_cast<double>(d);
            probability[d] = std::exp(units * std::log(mean) - mean - std::lgamma(units + 1));
        }
    else
        std::fill(probability.begin() + 1, probability.end(), 0.0);
    return DiscreteDemand(trimmed(std::move(probability)));
}

Result<DiscreteDemand> DiscreteDemand::rounded_normal(double mean, double sd) {
    TRY(usable(mean, sd));
    const auto largest = static_cast<std::size_t>(std::ceil(mean + 8 * sd + 1));
    std::vector<double> probability(largest + 1);
    double below = 0;
    for (std::size_t d = 0; d <= largest; ++d) {
        const double edge = static_cast<double>(d) + 0.5 - mean;
        const double up_to = sd > 0 ? normal_cumulative(edge / sd) : (edge >= 0 ? 1 : 0);
        probability[d] = std::max(0.0, up_to - below);
        below = up_to;
    }
    return DiscreteDemand(trimmed(std::move(probability)));
}

Result<DiscreteDemand> DiscreteDemand::of_samples(std::span<const std::int64_t> samples) {
    if (samples.empty()) return fail(ErrorCode::invalid_argument, "no demand was seen; give at least one sample");
    const auto [least, most] = std::ranges::minmax(samples);
    if (least < 0) return fail(ErrorCode::invalid_argument, fmt::format("a demand of {} is below zero", least));
    TRY(usable(static_cast<double>(most), 0));
    std::vector<double> probability(static_cast<std::size_t>(most) + 1);
    for (const auto units : samples)
        probability[static_cast<std::size_t>(units)] += 1.0 / static_cast<double>(samples.size());
    return DiscreteDemand(trimmed(std::move(probability)));
}

double DiscreteDemand::probability(std::int64_t units) const {
    return units < 0 || units > largest() ? 0 : probability_[static_cast<std::size_t>(units)];
}

double DiscreteDemand::at_most(std::int64_t units) const {
    if (units < 0) return 0;
    return units >= largest() ? 1 : cumulative_[static_cast<std::size_t>(units)];
}

std::int64_t DiscreteDemand::quantile(double level) const {
    const auto found = std::ranges::lower_bound(cumulative_, level - 1e-12);
    return std::min<std::int64_t>(found - cumulative_.begin(), largest());
}

double DiscreteDemand::expected_shortage(std::int64_t units) const {
    if (units < 0) return mean_ - static_cast<double>(units);
    return units >= largest() ? 0 : shortage_[static_cast<std::size_t>(units)];
}

double DiscreteDemand::expected_leftover(std::int64_t units) const {
    return static_cast<double>(units) - mean_ + expected_shortage(units);
}

Result<DiscreteDemand> sum(const DiscreteDemand& one, const DiscreteDemand& other) {
    const auto p = one.probabilities(), q = other.probabilities();
    TRY(usable(static_cast<double>(p.size() + q.size()), 0));
    std::vector<double> result(p.size() + q.size() - 1);
    for (std::size_t i = 0; i < p.size(); ++i)
        if (p[i] > 0)
            for (std::size_t j = 0; j < q.size(); ++j) result[i + j] += p[i] * q[j];
    return DiscreteDemand::of(std::move(result));
}

Result<DiscreteDemand> over_random_periods(const DiscreteDemand& period, std::span<const double> chance) {
    std::vector<double> result(1);
    auto demand = TRY(DiscreteDemand::of({1}));
    for (std::size_t n = 0; n < chance.size(); ++n) {
        if (n > 0) demand = TRY(sum(demand, period));
        const auto p = demand.probabilities();
        result.resize(std::max(result.size(), p.size()));
        for (std::size_t d = 0; d < p.size(); ++d) result[d] += chance[n] * p[d];
    }
    return DiscreteDemand::of(std::move(result));
}

}  // namespace suanpan::stock
