#include "areas/selection/blend.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "areas/selection/by_value.h"
#include "areas/selection/judge.h"
#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

constexpr int additions = 12;

// Acklam's rational approximation of the normal quantile in its middle, and in the tails by the logarithm; monotone
// enough for ranks (error below 1e-3).
double normal_quantile(double p) {
    const double tail = std::min(p, 1 - p);
    const double t = std::sqrt(-2 * std::log(tail));  // Abramowitz and Stegun 26.2.23
    const double z =
        t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
    return p < 0.5 ? -z : z;
}

using Normal = std::array<std::vector<double>, members>;

std::vector<double> mixed(const Normal& normal, const Weights& weights) {
    std::vector<double> sum(std::ranges::max(normal, {}, &std::vector<double>::size).size());
    for (std::size_t m = 0; m < members; ++m)
        for (std::size_t i = 0; weights[m] > 0 && i < sum.size(); ++i) sum[i] += weights[m] * normal[m][i];
    return sum;
}

struct Prepared {
    Normal normal;
    const std::vector<double>* outcomes;
};

double quality(const std::vector<Prepared>& trials, const Weights& weights, const std::vector<std::size_t>& tops) {
    double sum = 0;
    for (const auto& trial : trials) {
        const auto scores = mixed(trial.normal, weights);
        for (const auto top : tops) {
            const auto v = judge(scores, *trial.outcomes, {.top = top});
            sum += v.precision + v.captured;
        }
    }
    return sum;
}

// Of the members that are wanted.
Normal normal_of(const MemberScores& scores, const Weights& wanted) {
    Normal normal;
    in_parallel(members, 0, [&](std::size_t m) {
        if (wanted[m] > 0) normal[m] = normal_scores(scores[m]);
    });
    return normal;
}

}  // namespace

std::vector<double> normal_scores(const std::vector<double>& scores) {
    std::vector<double> found(scores.size());
    const auto order = by_value(scores);
    for (std::size_t first = 0; first < order.size();) {  // equals share their middle rank
        std::size_t last = first;
        while (last + 1 < order.size() && scores[order[last + 1]] == scores[order[first]]) ++last;
        const double rank = (static_cast<double>(first + last) / 2 + 0.5) / static_cast<double>(order.size());
        for (; first <= last; ++first) found[order[first]] = normal_quantile(rank);
    }
    return found;
}

std::vector<double> blended(const MemberScores& scores, const Weights& weights) {
    return mixed(normal_of(scores, weights), weights);
}

Weights choose_weights(const std::vector<Trial>& trials, const std::vector<std::size_t>& tops) {
    Weights counts{};
    for (std::size_t m = 2; m < members; ++m) counts[m] = 1;
    std::vector<Prepared> prepared;
    Weights all;
    all.fill(1);
    for (const auto& trial : trials) prepared.push_back({normal_of(trial.scores, all), &trial.outcomes});
    for (int addition = 0; !trials.empty() && addition < additions; ++addition) {
        std::size_t chosen = 0;
        double most = -1;
        for (std::size_t m = 0; m < members; ++m) {
            auto tried = counts;
            ++tried[m];
            if (const double q = quality(prepared, tried, tops); q > most) {
                most = q;
                chosen = m;
            }
        }
        ++counts[chosen];
    }
    const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
    for (auto& count : counts) count /= total;
    return counts;
}

}  // namespace suanpan::selection
