#include "areas/demand/trees/samples.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "platform/base/parallel.h"

namespace suanpan::demand {

std::vector<Sample> samples_of(const Dataset& dataset, const Drawing& drawing) {
    std::size_t periods = 0;
    for (const auto& series : dataset.series) periods += series.values.size();
    const double each = std::min(double(drawing.most) / double(std::max<std::size_t>(1, periods)), 8.0);
    std::mt19937_64 random(drawing.seed);
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

double to_scale(Scale scale, double ratio) {
    return scale == Scale::ratio ? ratio : std::log1p(ratio);
}

double from_scale(Scale scale, double learned) {
    return scale == Scale::ratio ? learned : std::expm1(learned);
}

LearningRows learning_rows(const Dataset& dataset, const FeatureMaker& maker, const std::vector<Sample>& samples,
                           const Filling& filling) {
    LearningRows rows{std::vector<float>(samples.size() * maker.columns()), std::vector<float>(samples.size()),
                      std::vector<float>(samples.size())};
    constexpr std::size_t block = 4096;
    in_parallel((samples.size() + block - 1) / block, filling.threads, [&](std::size_t b) {
        std::vector<float> row;
        for (auto i = b * block; i < std::min((b + 1) * block, samples.size()); ++i) {
            const auto [s, origin, period] = samples[i];
            row.clear();
            maker.append(s, origin, period, row);
            std::ranges::copy(row, rows.features.begin() + static_cast<std::ptrdiff_t>(i * maker.columns()));
            const double level = maker.level(s, origin);
            rows.labels[i] = static_cast<float>(to_scale(filling.scale, dataset.series[s].values[period] / level));
            rows.weights[i] = static_cast<float>(level);
        }
    });
    return rows;
}

AskedRows asked_rows(const Dataset& dataset, const FeatureMaker& maker, std::size_t from, std::size_t to) {
    AskedRows rows;
    for (auto s = from; s < to; ++s) {
        const auto& seen = dataset.series[s].values;
        const bool ever_sold = std::ranges::any_of(seen, [](double value) { return value > 0; });
        rows.levels.insert(rows.levels.end(), dataset.series[s].horizon(), ever_sold ? maker.level(s, seen.size()) : 0);
        for (std::size_t h = 0; h < dataset.series[s].horizon(); ++h)
            maker.append(s, seen.size(), seen.size() + h, rows.features);
    }
    return rows;
}

}  // namespace suanpan::demand
