#include "areas/stock/inventory/reorder_point.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace suanpan::stock {
namespace {

constexpr std::int64_t widest = 1'000'000;  // S - s, units; beyond it the units are too small for this method

double one_period(const Costs& costs, const DiscreteDemand& demand, std::int64_t level) {
    return costs.holding * demand.expected_leftover(level) + costs.shortage * demand.expected_shortage(level);
}

// m(j) of (4.66) and its sums M(j) = m(0) + … + m(j - 1): expected visits of the position j below S in a cycle.
class Renewal {
  public:
    explicit Renewal(const DiscreteDemand& period) : demand_(period.probabilities()) {}

    double visits(std::size_t j) {
        while (visits_.size() <= j) extend();
        return visits_[j];
    }

  private:
    void extend() {
        const auto j = visits_.size();
        const double stays = 1 - demand_[0];
        double sum = j == 0 ? 1 : 0;
        for (std::size_t d = 1; d <= std::min(j, demand_.size() - 1); ++d) sum += demand_[d] * visits_[j - d];
        visits_.push_back(sum / stays);
    }
    std::span<const double> demand_;
    std::vector<double> visits_;
};

class CycleCost {
  public:
    CycleCost(const Costs& costs, const PeriodicDemand& demand)
        : costs_(costs), demand_(demand), renewal_(demand.period) {}

    double of(std::int64_t s, std::int64_t S) {
        double cost = costs_.fixed, periods = 0;
        for (std::int64_t j = 0; j < S - s; ++j) {
            const double visits = renewal_.visits(static_cast<std::size_t>(j));
            cost += visits * G(S - j);
            periods += visits;
        }
        return cost / periods;
    }
    [[nodiscard]] double G(std::int64_t level) const { return one_period(costs_, demand_.protection, level); }

  private:
    const Costs& costs_;
    const PeriodicDemand& demand_;
    Renewal renewal_;
};

Result<> check_demand(const Costs& costs, const PeriodicDemand& demand) {
    TRY(check(costs));
    if (demand.period.probability(0) >= 1)
        return fail(ErrorCode::invalid_argument, "no demand is expected at all, so there is nothing to order");
    return {};
}

std::unexpected<Error> too_wide() {
    return fail(ErrorCode::invalid_argument,
                "an order would be of more than a million units; give demand in packs or larger units");
}

}  // namespace

Result<ReorderUpTo> cost_of_s_s(const Costs& costs, const PeriodicDemand& demand, std::int64_t s, std::int64_t S) {
    TRY(check_demand(costs, demand));
    if (s >= S) return fail(ErrorCode::invalid_argument, fmt::format("s = {} is not below S = {}", s, S));
    if (S - s > widest) return too_wide();
    return ReorderUpTo{static_cast<double>(s), static_cast<double>(S), CycleCost(costs, demand).of(s, S)};
}

Result<ReorderUpTo> best_s_s(const Costs& costs, const PeriodicDemand& demand) {
    TRY(check_demand(costs, demand));
    CycleCost cost(costs, demand);
    std::int64_t S = demand.protection.quantile(costs.shortage / (costs.holding + costs.shortage));
    std::int64_t s = S - 1;
    while (cost.of(s, S) > cost.G(s)) {
        if (S - s > widest) return too_wide();
        --s;
    }
    std::int64_t best = S;
    double least = cost.of(s, S);
    for (++S; cost.G(S) <= least; ++S) {
        if (S - s > widest) return too_wide();
        if (cost.of(s, S) >= least) continue;
        best = S;
        while (s + 1 < best && cost.of(s, best) <= cost.G(s + 1)) ++s;
        least = cost.of(s, best);
    }
    return ReorderUpTo{static_cast<double>(s), static_cast<double>(best), least};
}

Result<ReorderUpTo> power_approximation(const Costs& costs, const NormalDemand& demand) {
    TRY(check(costs));
    const auto& [period, protection] = demand;
    if (!(period.mean > 0) || !(protection.sd > 0) || !std::isfinite(period.mean + protection.mean + protection.sd))
        return fail(ErrorCode::invalid_argument,
                    fmt::format("demand of mean {:g} and deviation {:g} over lead time and review: both must be above "
                                "zero",
                                period.mean, protection.sd));
    const double Q = 1.30 * std::pow(period.mean, 0.494) * std::pow(costs.fixed / costs.holding, 0.506) *
                     std::pow(1 + std::pow(protection.sd / period.mean, 2), 0.116);
    const double z = std::sqrt(Q / protection.sd * costs.holding / costs.shortage);
    if (!(z > 0)) return fail(ErrorCode::invalid_argument, "without a cost of an order, use a base-stock policy");
    const double s = 0.973 * protection.mean + protection.sd * (0.183 / z + 1.063 - 2.192 * z);
    return ReorderUpTo{s, s + Q, 0};
}

Result<ReorderQuantity> best_r_q(const Costs& costs, double rate, const DiscreteDemand& lead) {
    TRY(check(costs));
    if (!(rate > 0 && std::isfinite(rate)))
        return fail(ErrorCode::invalid_argument, fmt::format("a demand rate of {:g} is not above zero", rate));
    // The cheapest levels one after another, r + 1 … r + Q around the newsvendor's, while the next is below the mean.
    std::int64_t low = lead.quantile(costs.shortage / (costs.holding + costs.shortage)), high = low;
    double total = costs.fixed * rate + one_period(costs, lead, low);
    for (std::int64_t Q = 1; Q < widest; ++Q) {
        const double below = one_period(costs, lead, low - 1), above = one_period(costs, lead, high + 1);
        if (std::min(below, above) >= total / static_cast<double>(Q))
            return ReorderQuantity{low - 1, Q, total / static_cast<double>(Q)};
        total += std::min(below, above);
        below <= above ? --low : ++high;
    }
    return too_wide();
}

}  // namespace suanpan::stock
