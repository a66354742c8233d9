#include "areas/demand/trees/boosted.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "areas/demand/parallel.h"
#include "areas/demand/trees/features.h"
#include "platform/engines/boosting.h"

namespace suanpan::demand {
namespace {

constexpr std::size_t most_rows = 600'000;

struct Rows {
    std::vector<float> features, labels, weights;
};

// A period that was observed, with the number of periods seen before it was forecast.
struct Sample {
    std::uint32_t series, origin, period;
};

// Every observed period that something was seen before is asked for at `each` steps ahead, drawn anew for each.
std::vector<Sample> samples_of(const Dataset& dataset, std::uint64_t seed) {
    std::size_t periods = 0;
    for (const auto& series : dataset.series) periods += series.values.size();
    const double each = std::min(double(most_rows) / double(std::max<std::size_t>(1, periods)), 8.0);
    std::mt19937_64 random(seed);
    const auto share = [&] { return double(random() >> 11) * 0x1.0p-53; };
    std::vector<Sample> samples;
    for (std::size_t s = 0; s < dataset.series.size(); ++s) {
        const auto& series = dataset.series[s];
        const auto horizon = std::max<std::size_t>(1, series.horizon());
        for (std::size_t t = 1; t < series.values.size(); ++t) {
            if (!std::isfinite(series.values[t])) continue;
            const double wanted = std::min(each, double(horizon));
            auto draws = static_cast<std::size_t>(wanted) + (share() < wanted - std::floor(wanted) ? 1 : 0);
            for (; draws > 0; --draws) {
                const auto steps = 1 + static_cast<std::size_t>(share() * double(horizon));
                if (steps > t) continue;
                samples.push_back({static_cast<std::uint32_t>(s), static_cast<std::uint32_t>(t + 1 - steps),
                                   static_cast<std::uint32_t>(t)});
            }
        }
    }
    return samples;
}

Rows rows_of(const Dataset& dataset, const FeatureMaker& maker, const std::vector<Sample>& samples,
             const RunOptions& options) {
    Rows rows{std::vector<float>(samples.size() * maker.columns()), std::vector<float>(samples.size()),
              std::vector<float>(samples.size())};
    constexpr std::size_t block = 4096;
    in_parallel((samples.size() + block - 1) / block, options.threads, [&](std::size_t b) {
        std::vector<float> row;
        for (auto i = b * block; i < std::min((b + 1) * block, samples.size()); ++i) {
            const auto [s, origin, period] = samples[i];
            row.clear();
            maker.append(s, origin, period, row);
            std::ranges::copy(row, rows.features.begin() + static_cast<std::ptrdiff_t>(i * maker.columns()));
            const double level = maker.level(s, origin);
            rows.labels[i] = static_cast<float>(dataset.series[s].values[period] / level);
            rows.weights[i] = static_cast<float>(level);
        }
    });
    return rows;
}

engines::BoostingOptions boosting_options(const RunOptions& options) {
    engines::BoostingOptions boosting{.seed = options.seed, .threads = options.threads};
    if (options.rounds > 0) boosting.rounds = options.rounds;
    return boosting;
}

Result<Predictions> predictions_of(const Dataset& dataset, const FeatureMaker& maker, const engines::Boosting& trees) {
    Predictions predictions(dataset.series.size());
    constexpr std::size_t block = 512;  // series that are asked for together
    for (std::size_t from = 0; from < dataset.series.size(); from += block) {
        const auto to = std::min(from + block, dataset.series.size());
        std::vector<float> rows;
        for (auto s = from; s < to; ++s) {
            const auto origin = dataset.series[s].values.size();
            for (std::size_t h = 0; h < dataset.series[s].horizon(); ++h) maker.append(s, origin, origin + h, rows);
        }
        const auto values = TRY(trees.predict({rows, maker.columns()}));
        std::size_t next = 0;
        for (auto s = from; s < to; ++s) {
            const auto& seen = dataset.series[s].values;
            const bool ever_sold = std::ranges::any_of(seen, [](double value) { return value > 0; });
            const double level = ever_sold ? maker.level(s, seen.size()) : 0;
            for (std::size_t h = 0; h < dataset.series[s].horizon(); ++h)
                predictions[s].push_back(values[next++] * level);
        }
    }
    return predictions;
}

}  // namespace

Result<Predictions> boosted(const Dataset& dataset, const RunOptions& options) {
    const FeatureMaker maker(dataset);
    const auto samples = samples_of(dataset, options.seed);
    constexpr std::size_t least = 200;
    if (samples.size() < least)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("boosted trees have {} rows to learn from and need {}; give more or longer series",
                                samples.size(), least));
    const auto rows = rows_of(dataset, maker, samples, options);
    const auto trees = TRY(engines::Boosting::train({.features = {rows.features, maker.columns()},
                                                     .labels = rows.labels,
                                                     .weights = rows.weights,
                                                     .categorical = maker.categorical()},
                                                    boosting_options(options)));
    return predictions_of(dataset, maker, trees);
}

}  // namespace suanpan::demand
