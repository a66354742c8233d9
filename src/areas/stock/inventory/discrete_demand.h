#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::stock {

// Demand in whole units, 0 to largest(), as probabilities; sums of them are at hand for the policies.
class DiscreteDemand {
  public:
    // probability[d] of exactly d units. Errors: invalid_argument unless they are not negative and add up to one.
    [[nodiscard]] static Result<DiscreteDemand> of(std::vector<double> probability);
    // Errors: invalid_argument for a mean that is negative, not finite or beyond ten million units.
    [[nodiscard]] static Result<DiscreteDemand> poisson(double mean);
    // P(D = d) = P(d - 1/2 < N(mean, sd) <= d + 1/2), what lies below zero counted at zero.
    [[nodiscard]] static Result<DiscreteDemand> rounded_normal(double mean, double sd);
    // What was seen, each with the same weight. Errors: invalid_argument where nothing was, or less than zero.
    [[nodiscard]] static Result<DiscreteDemand> of_samples(std::span<const std::int64_t> samples);

    [[nodiscard]] std::int64_t largest() const { return static_cast<std::int64_t>(probability_.size()) - 1; }
    [[nodiscard]] double probability(std::int64_t units) const;  // of exactly that
    [[nodiscard]] double at_most(std::int64_t units) const;
    [[nodiscard]] std::int64_t quantile(double level) const;           // least units with at_most(units) >= level
    [[nodiscard]] double expected_shortage(std::int64_t units) const;  // E[(D - units)+]
    [[nodiscard]] double expected_leftover(std::int64_t units) const;  // E[(units - D)+]
    [[nodiscard]] double mean() const { return mean_; }
    [[nodiscard]] std::span<const double> probabilities() const { return probability_; }

  private:
    explicit DiscreteDemand(std::vector<double> probability);
    std::vector<double> probability_, cumulative_, shortage_;
    double mean_ = 0;
};

// Of the sum of two independent demands.
[[nodiscard]] Result<DiscreteDemand> sum(const DiscreteDemand& one, const DiscreteDemand& other);
// Over a random number of periods: chance[n] of exactly n of them, each with independent demand of this kind. With one
// period a day it is demand over a random lead time.
[[nodiscard]] Result<DiscreteDemand> over_random_periods(const DiscreteDemand& period, std::span<const double> chance);

}  // namespace suanpan::stock
