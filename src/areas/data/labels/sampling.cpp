#include "areas/data/labels/sampling.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace suanpan::data::labels {
namespace {

// Own arithmetic, since the distributions of the standard library differ between implementations.
double unit_draw(std::mt19937_64& generator) {
    return static_cast<double>(generator() >> 11) * 0x1p-53;
}

double entropy(std::span<const double> probabilities) {
    double sum = 0;
    for (const double p : probabilities)
        if (p > 0) sum -= p * std::log(p);
    return sum;
}

}  // namespace

double uncertainty(std::span<const double> probabilities, Strategy strategy) {
    const auto classes = static_cast<double>(probabilities.size());
    if (strategy == Strategy::entropy) return entropy(probabilities) / std::log(classes);
    std::vector<double> sorted(probabilities.begin(), probabilities.end());
    std::ranges::partial_sort(sorted, sorted.begin() + 2, std::greater<>());
    if (strategy == Strategy::margin) return 1 - (sorted[0] - sorted[1]);
    return (1 - sorted[0]) * classes / (classes - 1);
}

std::vector<Sample> labelling_order(std::vector<Sample> samples, const Exploration& exploration) {
    std::ranges::sort(samples, [](const Sample& left, const Sample& right) {
        return left.uncertainty != right.uncertainty ? left.uncertainty > right.uncertainty
                                                     : left.task_id < right.task_id;
    });
    if (exploration.share <= 0) return samples;
    std::mt19937_64 generator(exploration.seed);
    std::vector<Sample> drawn, kept;
    for (auto& sample : samples) (unit_draw(generator) < exploration.share ? drawn : kept).push_back(std::move(sample));
    for (std::size_t i = drawn.size(); i > 1; --i)
        std::swap(drawn[i - 1], drawn[static_cast<std::size_t>(unit_draw(generator) * static_cast<double>(i))]);
    // Spread evenly over the order: place i holds a drawn one where the share of places so far crosses a whole number.
    std::vector<Sample> order;
    std::size_t next_drawn = 0, next_kept = 0;
    while (next_drawn < drawn.size() || next_kept < kept.size()) {
        const auto due = static_cast<double>(order.size() + 1) * static_cast<double>(drawn.size());
        const bool draw = static_cast<double>(next_drawn + 1) * static_cast<double>(drawn.size() + kept.size()) <= due;
        order.push_back(std::move(draw ? drawn[next_drawn++] : kept[next_kept++]));
    }
    return order;
}

}  // namespace suanpan::data::labels
