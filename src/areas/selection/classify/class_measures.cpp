#include "areas/selection/classify/class_measures.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace suanpan::selection {
namespace {

std::vector<std::size_t> order(std::span<const double> scores) {
    std::vector<std::size_t> places(scores.size());
    std::iota(places.begin(), places.end(), 0);
    std::ranges::stable_sort(places, [&](auto a, auto b) { return scores[a] < scores[b]; });
    return places;
}

double f1_of(double hits, double said, double real) {
    return said + real > 0 ? 2 * hits / (said + real) : 0;
}

double calibration_error(std::span<const double> chances, std::span<const float> labels) {
    const auto places = order(chances);
    const std::size_t groups = std::min<std::size_t>(10, places.size());
    double error = 0;
    for (std::size_t g = 0; g < groups; ++g) {
        const auto from = places.size() * g / groups, to = places.size() * (g + 1) / groups;
        double said = 0, seen = 0;
        for (auto i = from; i < to; ++i) {
            said += chances[places[i]];
            seen += double(labels[places[i]]);
        }
        error += std::abs(said - seen);
    }
    return places.empty() ? 0 : error / double(places.size());
}

}  // namespace

double area_under_curve(std::span<const double> scores, std::span<const float> labels) {
    const auto places = order(scores);
    double ranks = 0, yes = 0;
    for (std::size_t i = 0; i < places.size();) {
        auto end = i;
        while (end < places.size() && scores[places[end]] == scores[places[i]]) ++end;
        const double rank = double(i + end + 1) / 2;  // of a tie, the mean
        for (; i < end; ++i) {
            ranks += rank * double(labels[places[i]]);
            yes += double(labels[places[i]]);
        }
    }
    const double no = double(places.size()) - yes;
    return yes > 0 && no > 0 ? (ranks - yes * (yes + 1) / 2) / (yes * no) : 0.5;
}

double best_threshold(std::span<const double> chances, std::span<const float> labels) {
    const auto places = order(chances);
    const double real = std::accumulate(labels.begin(), labels.end(), 0.0);
    double best = -1, threshold = 0.5, hits = 0;
    for (std::size_t i = places.size(); i-- > 0;) {
        hits += double(labels[places[i]]);
        if (i > 0 && chances[places[i - 1]] == chances[places[i]]) continue;
        const double f1 = f1_of(hits, double(places.size() - i), real);
        if (f1 > best) {
            best = f1;
            threshold = chances[places[i]];
        }
    }
    return threshold;
}

ClassMeasures class_measures(std::span<const double> chances, std::span<const float> labels, double threshold) {
    ClassMeasures m{.auc = area_under_curve(chances, labels), .calibration_error = calibration_error(chances, labels)};
    double hits = 0, said = 0, real = 0;
    const double share = 1 / std::max(1.0, double(chances.size()));
    for (std::size_t i = 0; i < chances.size(); ++i) {
        const double y = double(labels[i]), p = std::clamp(chances[i], 1e-9, 1 - 1e-9);
        m.log_loss -= share * (y > 0 ? std::log(p) : std::log1p(-p));
        m.brier += share * (p - y) * (p - y);
        said += chances[i] >= threshold;
        hits += chances[i] >= threshold && y > 0;
        real += y;
    }
    m.f1 = f1_of(hits, said, real);
    return m;
}

}  // namespace suanpan::selection
