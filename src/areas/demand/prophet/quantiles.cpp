#include <algorithm>
#include <cmath>
#include <random>

#include "areas/demand/prophet/prophet.h"

namespace suanpan::demand {
namespace {

// A Laplace draw with mean 0 and mean absolute value `scale`.
double laplace(std::mt19937_64& random, double scale) {
    std::exponential_distribution<double> size(1.0);
    return (random() & 1U) != 0 ? scale * size(random) : -scale * size(random);
}

double mean_change(const ProphetFit& fit) {
    double sum = 0;
    for (const double change : fit.changes) sum += std::abs(change);
    return fit.changes.empty() ? 0 : sum / double(fit.changes.size());
}

// How far a path's trend is from the mean's, period by period: what changed its slope goes on.
std::vector<double> bend(const ProphetFit& fit, std::size_t seen, std::mt19937_64& random) {
    const double step = 1 / double(std::max<std::size_t>(1, seen - 1));
    const double chance = std::min(1.0, double(fit.changes.size()) * step), size = mean_change(fit);
    std::bernoulli_distribution changes(chance);
    std::vector<double> path;
    double slope = 0, at = 0;
    for (std::size_t h = 0; h < fit.mean.size(); ++h) {
        if (changes(random)) slope += laplace(random, size);
        at += slope * step;
        path.push_back(at);
    }
    return path;
}

}  // namespace

std::vector<std::vector<double>> prophet_quantiles(const ProphetFit& fit, std::size_t seen,
                                                   std::span<const double> levels, const ProphetPaths& paths) {
    std::mt19937_64 random(paths.seed);
    std::normal_distribution<double> noise;
    std::vector<std::vector<double>> drawn(fit.mean.size());
    for (int path = 0; path < std::max(1, paths.count); ++path) {
        const auto bent = bend(fit, seen, random);
        for (std::size_t h = 0; h < bent.size(); ++h)
            drawn[h].push_back(fit.mean[h] + fit.scale * (bent[h] + fit.noise * noise(random)));
    }
    std::vector<std::vector<double>> quantiles(levels.size(), std::vector<double>(fit.mean.size()));
    for (std::size_t h = 0; h < drawn.size(); ++h) {
        std::ranges::sort(drawn[h]);
        for (std::size_t level = 0; level < levels.size(); ++level) {
            const double at = std::clamp(levels[level], 0.0, 1.0) * double(drawn[h].size() - 1);
            const auto below = static_cast<std::size_t>(at);
            const auto above = std::min(below + 1, drawn[h].size() - 1);
            quantiles[level][h] = drawn[h][below] + (at - double(below)) * (drawn[h][above] - drawn[h][below]);
        }
    }
    return quantiles;
}

}  // namespace suanpan::demand
