#include "areas/data/labels/agreement.h"

#include <algorithm>
#include <cmath>

namespace suanpan::data::labels {
namespace {

double disagreement(std::size_t i, std::size_t j, Weights weights) {
    const double distance = std::abs(static_cast<double>(i) - static_cast<double>(j));
    switch (weights) {
        case Weights::linear:
            return distance;
        case Weights::quadratic:
            return distance * distance;
        default:
            return i == j ? 0 : 1;
    }
}

using Matrix = std::vector<std::vector<double>>;

Matrix square(std::size_t classes) {
    return Matrix(classes, std::vector<double>(classes));
}

// o_ck: pairs of labels within a task, each task weighing 1 / (its labels - 1).
Matrix coincidences(std::span<const std::vector<std::size_t>> tasks, std::size_t classes) {
    auto coincidence = square(classes);
    for (const auto& labels : tasks) {
        if (labels.size() < 2) continue;
        const double weight = 1.0 / static_cast<double>(labels.size() - 1);
        for (std::size_t i = 0; i < labels.size(); ++i)
            for (std::size_t j = 0; j < labels.size(); ++j)
                if (i != j) coincidence[labels[i]][labels[j]] += weight;
    }
    return coincidence;
}

// d2_ck for c <= k.
double distance(std::size_t c, std::size_t k, std::span<const double> counts, std::span<const double> values,
                Scale scale) {
    if (scale == Scale::nominal) return c == k ? 0 : 1;
    if (scale == Scale::interval) return (values[c] - values[k]) * (values[c] - values[k]);
    double between = -(counts[c] + counts[k]) / 2;
    for (std::size_t g = c; g <= k; ++g) between += counts[g];
    return between * between;
}

}  // namespace

std::optional<double> cohen_kappa(std::span<const std::size_t> first, std::span<const std::size_t> second,
                                  Weights weights) {
    if (first.empty() || first.size() != second.size()) return std::nullopt;
    const auto classes = std::max(std::ranges::max(first), std::ranges::max(second)) + 1;
    std::vector<double> rows(classes), columns(classes);
    double observed = 0, expected = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        rows[first[i]] += 1;
        columns[second[i]] += 1;
        observed += disagreement(first[i], second[i], weights);
    }
    for (std::size_t i = 0; i < classes; ++i)
        for (std::size_t j = 0; j < classes; ++j) expected += rows[i] * columns[j] * disagreement(i, j, weights);
    if (expected == 0) return std::nullopt;
    return 1 - observed * static_cast<double>(first.size()) / expected;
}

std::optional<double> krippendorff_alpha(std::span<const std::vector<std::size_t>> tasks,
                                         std::span<const double> values, Scale scale) {
    const auto classes = values.size();
    const auto coincidence = coincidences(tasks, classes);
    std::vector<double> counts(classes);
    double total = 0, observed = 0, expected = 0;
    for (std::size_t c = 0; c < classes; ++c)
        for (std::size_t k = 0; k < classes; ++k) counts[c] += coincidence[c][k];
    for (const double count : counts) total += count;
    for (std::size_t c = 0; c < classes; ++c)
        for (std::size_t k = c + 1; k < classes; ++k) {
            const double apart = distance(c, k, counts, values, scale);
            observed += coincidence[c][k] * apart;
            expected += counts[c] * counts[k] * apart;
        }
    if (expected == 0) return std::nullopt;
    return 1 - (total - 1) * observed / expected;
}

Interval wilson_interval(std::size_t successes, std::size_t trials) {
    if (trials == 0) return {};
    constexpr double z = 1.959963984540054;  // of the normal distribution at 97.5 %
    const auto n = static_cast<double>(trials);
    const double share = static_cast<double>(successes) / n;
    const double centre = share + z * z / (2 * n);
    const double spread = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    return {std::max(0.0, (centre - spread) / scale), std::min(1.0, (centre + spread) / scale)};
}

}  // namespace suanpan::data::labels
