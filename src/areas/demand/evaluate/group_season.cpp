#include "areas/demand/evaluate/group_season.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "areas/demand/stl.h"
#include "areas/demand/theta_models.h"
#include "platform/base/parallel.h"

namespace suanpan::demand {
namespace {

using Numbers = std::vector<double>;

// A series without gaps, and how many periods after the data's first it begins.
struct Seen {
    Numbers values;
    std::size_t begin = 0;
};

struct Groups {
    std::vector<std::vector<int>> of_series;    // a kind of group each, then a series
    std::vector<std::vector<Numbers>> factors;  // a kind each, then a group: of every period up to the longest horizon
};

std::vector<Seen> seen_of(const Dataset& dataset) {
    Day first = dataset.series.front().first;
    for (const auto& series : dataset.series) first = std::min(first, series.first);
    std::vector<Seen> all;
    for (const auto& series : dataset.series) {
        const auto days = (series.first - first).count();
        all.push_back({filled(series), dataset.step_days > 0 ? static_cast<std::size_t>(days / dataset.step_days) : 0});
    }
    return all;
}

// What a group's demand is multiplied with in each period, the horizon repeating the last cycle.
Numbers factors_of(const Numbers& sums, int season, std::size_t horizon) {
    std::vector<int> cycles = {season};
    if (season == 7 && sums.size() >= 2 * 365) cycles.push_back(365);
    Numbers logarithms;
    for (const double sum : sums) logarithms.push_back(std::log1p(sum));
    const auto parts = mstl(logarithms, cycles);
    Numbers factors(sums.size() + horizon, 0.0);
    for (std::size_t k = 0; k < parts.seasons.size(); ++k) {
        const auto m = static_cast<std::size_t>(cycles[k]);
        for (std::size_t t = 0; t < factors.size(); ++t)
            factors[t] +=
                t < sums.size() ? parts.seasons[k][t] : parts.seasons[k][sums.size() - m + (t - sums.size()) % m];
    }
    for (auto& factor : factors) factor = std::exp(factor);
    return factors;
}

Groups groups_of(const Dataset& dataset, const std::vector<Seen>& seen, const RunOptions& options) {
    Groups groups;
    std::size_t periods = 0, horizon = 0;
    for (std::size_t s = 0; s < seen.size(); ++s) {
        periods = std::max(periods, seen[s].begin + seen[s].values.size());
        horizon = std::max(horizon, dataset.series[s].horizon());
    }
    for (std::size_t kind = 0; kind <= dataset.category_names.size(); ++kind) {
        auto& of_series = groups.of_series.emplace_back();
        std::vector<Numbers> sums;
        for (std::size_t s = 0; s < seen.size(); ++s) {
            const int group = kind < dataset.category_names.size() ? dataset.series[s].category[kind] : 0;
            of_series.push_back(group);
            sums.resize(std::max(sums.size(), static_cast<std::size_t>(group) + 1), Numbers(periods, 0.0));
            for (std::size_t t = 0; t < seen[s].values.size(); ++t)
                sums[static_cast<std::size_t>(group)][seen[s].begin + t] += seen[s].values[t];
        }
        auto& factors = groups.factors.emplace_back(sums.size());
        in_parallel(sums.size(), options.threads,
                    [&](std::size_t g) { factors[g] = factors_of(sums[g], dataset.series.front().season, horizon); });
    }
    groups.of_series.emplace_back(seen.size(), 0);  // and no season at all
    groups.factors.push_back({Numbers(periods + horizon, 1.0)});
    return groups;
}

Numbers adjusted(const Seen& seen, const Numbers& factors) {
    auto values = seen.values;
    for (std::size_t t = 0; t < values.size(); ++t) values[t] /= factors[seen.begin + t];
    return values;
}

// Mean step between neighbours over the mean value, in the newest two cycles.
double roughness(const Numbers& values, int season) {
    const auto count = std::min(values.size(), static_cast<std::size_t>(std::max(60, 2 * season)));
    double steps = 0, sum = 0;
    for (auto t = values.size() - count; t < values.size(); ++t) {
        sum += std::abs(values[t]);
        if (t > 0) steps += std::abs(values[t] - values[t - 1]);
    }
    return sum > 0 ? steps / sum : 0;
}

Numbers forecast_one(const Seen& seen, const SeriesRecord& series, const Groups& groups, std::size_t s) {
    double least = std::numeric_limits<double>::infinity();
    const Numbers* best = nullptr;
    for (std::size_t kind = 0; kind < groups.factors.size(); ++kind) {
        const auto& factors = groups.factors[kind][static_cast<std::size_t>(groups.of_series[kind][s])];
        const double rough = roughness(adjusted(seen, factors), series.season);
        if (best != nullptr && !(rough < least)) continue;
        least = rough;
        best = &factors;
    }
    auto forecast = theta_model(adjusted(seen, *best), 1, ThetaKind::dynamic_optimised, series.horizon()).mean;
    for (std::size_t h = 0; h < forecast.size(); ++h) forecast[h] *= (*best)[seen.begin + seen.values.size() + h];
    return forecast;
}

}  // namespace

Result<Predictions> group_season(const Dataset& dataset, const RunOptions& options) {
    Predictions predictions(dataset.series.size());
    if (predictions.empty()) return predictions;
    const auto seen = seen_of(dataset);
    const auto groups = groups_of(dataset, seen, options);
    in_parallel(predictions.size(), options.threads,
                [&](std::size_t s) { predictions[s] = forecast_one(seen[s], dataset.series[s], groups, s); });
    return predictions;
}

}  // namespace suanpan::demand
