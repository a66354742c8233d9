#include "areas/stock/inventory/substitution.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace suanpan::stock {
namespace {

Result<> check(const Substitutes& s) {
    const auto n = s.margin.size();
    if (n == 0 || s.samples.empty() || s.holding.size() != n || s.takes.size() != n)
        return fail(ErrorCode::invalid_argument,
                    "substitution needs samples, and margin, holding and shares for the same items");
    auto sound = [n](const std::vector<double>& row) {
        return row.size() == n && std::ranges::all_of(row, [](double x) { return x >= 0 && std::isfinite(x); });
    };
    for (std::size_t k = 0; k < s.samples.size(); ++k)
        if (!sound(s.samples[k]))
            return fail(ErrorCode::invalid_argument, fmt::format("it needs {} demands, none negative", n),
                        fmt::format("sample {}", k));
    for (std::size_t i = 0; i < n; ++i) {
        double total = 0;
        for (const double share : s.takes[i]) total += share;
        if (!sound(s.takes[i]) || total > 1 + 1e-9 || s.takes[i][i] != 0)
            return fail(ErrorCode::invalid_argument,
                        "the shares who take another item must add up to at most one, with none for itself",
                        fmt::format("item {}", i));
    }
    if (!sound(s.margin) || !sound(s.holding))
        return fail(ErrorCode::invalid_argument, "margin and holding must be finite and not negative");
    for (const auto* bounds : {&s.least, &s.most})
        if (!bounds->empty() && (bounds->size() != n || std::ranges::min(*bounds) < 0))
            return fail(ErrorCode::invalid_argument, "least and most levels are one an item, none negative");
    if (!s.cost.empty() && !sound(s.cost))
        return fail(ErrorCode::invalid_argument, "costs are one an item, finite and not negative");
    return {};
}

// The newsvendor's level of one item alone.
std::int64_t level_alone(const Substitutes& items, std::size_t i) {
    std::vector<double> demand;
    for (const auto& sample : items.samples) demand.push_back(sample[i]);
    std::ranges::sort(demand);
    const double both = items.margin[i] + items.holding[i];
    const double ratio = both > 0 ? items.margin[i] / both : 0;
    const auto at = static_cast<std::size_t>(std::ceil(ratio * static_cast<double>(demand.size()) - 1e-9));
    return at == 0 ? 0 : static_cast<std::int64_t>(std::ceil(demand[std::min(at, demand.size()) - 1]));
}

class Search {
  public:
    Search(const Substitutes& items, std::vector<std::int64_t> start) : items_(items), levels_(std::move(start)) {
        value_ = value_of_levels(items_, levels_);
        most_cost_ = cost_of(levels_);
    }

    SubstitutionPlan run() {
        std::int64_t step = 1;
        for (const auto level : levels_) step = std::max(step, level / 4);
        for (; step > 0; step /= 2)
            while (singles(step) || pairs(step)) {
            }
        return {levels_, value_};
    }

  private:
    bool try_move(std::size_t i, std::int64_t by_i, std::size_t j, std::int64_t by_j) {
        auto moved = levels_;
        moved[i] += by_i;
        moved[j] += by_j;
        if (!allowed(i, moved[i]) || !allowed(j, moved[j])) return false;
        if (cost_of(moved) > most_cost_ + 1e-9) return false;
        const double value = value_of_levels(items_, moved);
        if (value <= value_ + 1e-9) return false;
        levels_ = std::move(moved);
        value_ = value;
        return true;
    }
    bool singles(std::int64_t step) {
        bool gained = false;
        for (std::size_t i = 0; i < levels_.size(); ++i)
            for (const auto by : {step, -step}) gained = try_move(i, by, i, 0) || gained;
        return gained;
    }
    bool pairs(std::int64_t step) {
        bool gained = false;
        for (std::size_t i = 0; i < levels_.size(); ++i)
            for (std::size_t j = 0; j < levels_.size(); ++j)
                if (i != j) gained = try_move(i, step, j, -step) || try_move(i, step, j, -worth(i, j, step)) || gained;
        return gained;
    }
    [[nodiscard]] double cost_of(const std::vector<std::int64_t>& levels) const {
        double total = 0;
        for (std::size_t i = 0; i < items_.cost.size(); ++i) total += items_.cost[i] * static_cast<double>(levels[i]);
        return total;
    }
    // Units of j that cost what `step` of i do.
    [[nodiscard]] std::int64_t worth(std::size_t i, std::size_t j, std::int64_t step) const {
        if (items_.cost.empty() || items_.cost[j] <= 0) return step;
        const double units = static_cast<double>(step) * items_.cost[i] / items_.cost[j];
        return units > 1e9 ? step : std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(units - 1e-9)));
    }

    [[nodiscard]] bool allowed(std::size_t i, std::int64_t level) const {
        return level >= (items_.least.empty() ? 0 : items_.least[i]) &&
               (items_.most.empty() || level <= std::max(items_.most[i], items_.least.empty() ? 0 : items_.least[i]));
    }

    const Substitutes& items_;
    std::vector<std::int64_t> levels_;
    double value_ = 0, most_cost_ = 0;
};

}  // namespace

double value_of_levels(const Substitutes& items, const std::vector<std::int64_t>& levels) {
    const auto n = levels.size();
    double total = 0;
    for (const auto& demand : items.samples) {
        for (std::size_t j = 0; j < n; ++j) {
            double asked = demand[j];
            for (std::size_t i = 0; i < n; ++i)
                asked += items.takes[i][j] * std::max(0.0, demand[i] - static_cast<double>(levels[i]));
            const double sold = std::min(asked, static_cast<double>(levels[j]));
            total += items.margin[j] * sold - items.holding[j] * (static_cast<double>(levels[j]) - sold);
        }
    }
    return total / static_cast<double>(items.samples.size());
}

Result<SubstitutionPlan> plan_substitution(const Substitutes& items) {
    TRY(check(items));
    std::vector<std::int64_t> start;
    for (std::size_t i = 0; i < items.margin.size(); ++i) {
        auto level = level_alone(items, i);
        if (!items.most.empty()) level = std::min(level, items.most[i]);
        start.push_back(std::max(level, items.least.empty() ? 0 : items.least[i]));
    }
    return Search(items, std::move(start)).run();
}

}  // namespace suanpan::stock
