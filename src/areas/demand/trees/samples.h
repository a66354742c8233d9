#pragma once

#include <cstdint>
#include <vector>

#include "areas/demand/trees/features.h"

namespace suanpan::demand {

// A period that was observed, with the number of periods seen before it was forecast.
struct Sample {
    std::uint32_t series, origin, period;
};

struct Drawing {
    std::uint64_t seed = 1;
    std::size_t most = 600'000;  // about as many samples at the most
};
// Every observed period that something was seen before, asked for at up to 8 steps ahead, drawn anew for each.
[[nodiscard]] std::vector<Sample> samples_of(const Dataset& dataset, const Drawing& drawing);

// Demand over the series' level, or the logarithm of one more than that: what the trees learn.
enum class Scale { ratio, logarithm };
[[nodiscard]] double to_scale(Scale scale, double ratio);
[[nodiscard]] double from_scale(Scale scale, double learned);

// Features, what is learned, and the series' level as the weight: a row a sample.
struct LearningRows {
    std::vector<float> features, labels, weights;
};
struct Filling {
    Scale scale = Scale::ratio;
    int threads = 0;
};
[[nodiscard]] LearningRows learning_rows(const Dataset& dataset, const FeatureMaker& maker,
                                         const std::vector<Sample>& samples, const Filling& filling);

// One row a series and period of the horizon, in their order, with the level that a ratio is multiplied with: 0 for a
// series that never sold.
struct AskedRows {
    std::vector<float> features;
    std::vector<double> levels;
};
// Of the series from `from` to before `to`.
[[nodiscard]] AskedRows asked_rows(const Dataset& dataset, const FeatureMaker& maker, std::size_t from, std::size_t to);

}  // namespace suanpan::demand
