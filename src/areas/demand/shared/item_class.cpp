#include "areas/demand/shared/item_class.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include "areas/demand/quantile.h"

namespace suanpan::demand {
namespace {

constexpr double gain = 0.98;  // of the own methods' error, at the most
constexpr std::int64_t least_windows = 60;
constexpr double least_forecast = 0.05;  // units over a window, for what scatters around nothing

struct Moments {
    double count = 0, mean = 0, variance = 0, zeros = 0;
};

Moments newest_moments(std::span<const double> seen, int most) {
    Moments moments;
    double sum = 0, squares = 0;
    for (auto t = seen.size(); t-- > 0 && moments.count < most;) {
        if (!std::isfinite(seen[t])) continue;
        moments.count += 1;
        sum += seen[t];
        squares += seen[t] * seen[t];
        moments.zeros += seen[t] == 0 ? 1 : 0;
    }
    if (moments.count == 0) return moments;
    moments.mean = sum / moments.count;
    moments.variance = std::max(0.0, squares / moments.count - moments.mean * moments.mean);
    return moments;
}

double forecast_of(const ComparedWindow& window, double weight) {
    return weight * window.shared + (1 - weight) * window.own;
}

using Scores = std::map<int, std::vector<double>>;  // by origin

std::vector<double> sorted_but(const Scores& scores, std::optional<int> left_out) {
    std::vector<double> values;
    for (const auto& [origin, some] : scores)
        if (origin != left_out) values.insert(values.end(), some.begin(), some.end());
    std::ranges::sort(values);
    return values;
}

// One window beside the scores of all others.
struct HeldBack {
    std::vector<double> own, others;
};

// How much of each window lies below what the others say, on average.
double held(const std::vector<HeldBack>& windows, double level) {
    double sum = 0;
    for (const auto& [own, others] : windows) {
        const auto below = std::ranges::upper_bound(own, quantile(others, level)) - own.begin();
        sum += double(below) / double(own.size());
    }
    return sum / double(windows.size());
}

std::vector<double> quantiles(const Scores& scores, std::span<const double> levels) {
    std::vector<HeldBack> windows;
    for (const auto& [origin, some] : scores) {
        windows.push_back({some, sorted_but(scores, origin)});
        std::ranges::sort(windows.back().own);
        if (windows.back().others.empty()) windows.clear();  // there is only one
    }
    const auto all = sorted_but(scores, std::nullopt);
    std::vector<double> found;
    for (const double level : levels) {
        double low = 0, high = 1;
        for (int i = 0; i < 30 && !windows.empty(); ++i) {
            const double middle = (low + high) / 2;
            (held(windows, middle) < level ? low : high) = middle;
        }
        found.push_back(quantile(all, windows.empty() ? level : high));
    }
    return found;
}

struct WindowScores {
    Scores plain, promoted;
    std::int64_t plain_count = 0, promoted_count = 0;
};

WindowScores scores_of(std::span<const ComparedItem> items, double weight) {
    WindowScores scores;
    for (const auto& item : items)
        for (const auto& window : item.windows) {
            const double forecast = forecast_of(window, weight);
            const double score = (window.actual - forecast) / deviation(window.scatter, forecast);
            (window.promoted ? scores.promoted : scores.plain)[window.origin].push_back(score);
            ++(window.promoted ? scores.promoted_count : scores.plain_count);
        }
    return scores;
}

}  // namespace

ClassRule class_rule(int period_days) {
    return period_days == 7 ? ClassRule{} : ClassRule{364, 56};
}

std::size_t class_of(std::span<const double> seen, const ClassRule& rule) {
    const auto moments = newest_moments(seen, rule.recent);
    const double zeros = moments.count > 0 ? moments.zeros / moments.count : 1;
    const std::size_t seldom = zeros < 0.1 ? 0 : zeros < 0.5 ? 1 : 2;
    return seldom + (std::ssize(seen) >= rule.year ? 0 : 3);
}

Scatter scatter_of(std::span<const double> seen, int window, const ClassRule& rule) {
    const auto moments = newest_moments(seen, rule.recent);
    if (moments.mean <= 0) return {1};
    return {std::max(0.0, moments.variance - moments.mean) / (moments.mean * moments.mean) / window};
}

double deviation(const Scatter& scatter, double forecast) {
    const double units = std::max(forecast, least_forecast);
    return std::sqrt(units + scatter.dispersion * units * units);
}

double root_mean_square(std::span<const ComparedWindow> windows, double weight) {
    double sum = 0;
    for (const auto& window : windows) sum += std::pow(forecast_of(window, weight) - window.actual, 2);
    return windows.empty() ? 0 : std::sqrt(sum / double(windows.size()));
}

ClassChoice choose_weight(std::span<const ComparedItem> items, std::span<const double> levels) {
    ClassChoice choice;
    const auto error_at = [&](double weight) {
        double sum = 0;
        for (const auto& item : items) sum += root_mean_square(item.windows, weight);
        return sum;
    };
    for (const auto& item : items) choice.windows += std::ssize(item.windows);
    choice.error = choice.own_error = error_at(0);
    if (choice.windows < least_windows) return choice;
    for (const double weight : {0.5, 1.0})
        if (const double error = error_at(weight); error < std::min(choice.error, gain * choice.own_error)) {
            choice.weight = weight;
            choice.error = error;
        }
    if (choice.weight == 0) return choice;
    auto scores = scores_of(items, choice.weight);
    const bool few = std::min(scores.plain_count, scores.promoted_count) < least_windows;
    for (const auto& [origin, some] : scores.promoted)
        if (few) scores.plain[origin].insert(scores.plain[origin].end(), some.begin(), some.end());
    choice.scores = quantiles(scores.plain, levels);
    choice.promoted_scores = few ? choice.scores : quantiles(scores.promoted, levels);
    return choice;
}

namespace {

// The shares that are tried: each challenger alone, with the trees, and all together.
std::vector<std::vector<double>> mixes_of(std::size_t challengers) {
    std::vector<std::vector<double>> mixes;
    for (std::size_t k = 1; k <= challengers; ++k)
        for (const double share : {1.0, 0.5}) {
            auto& mix = mixes.emplace_back(challengers + 1, 0.0);
            mix[0] = 1 - share;
            mix[k] = share;
        }
    if (challengers > 1) mixes.emplace_back(challengers + 1, 1 / double(challengers + 1));
    return mixes;
}

}  // namespace

std::vector<ComparedWindow> mixed(std::vector<ComparedWindow> windows, std::span<const double> mix) {
    for (auto& window : windows)
        if (!mix.empty())
            window.shared = std::inner_product(window.challenges.begin(), window.challenges.end(), mix.begin() + 1,
                                               mix[0] * window.shared);
    return windows;
}

ClassChoice choose_mix(std::span<const ComparedItem> items, std::span<const double> levels) {
    auto best = choose_weight(items, levels);
    const auto judged = std::ranges::find_if(items, [](const auto& item) { return !item.windows.empty(); });
    if (judged == items.end()) return best;
    const double to_beat = gain * best.error;
    for (const auto& mix : mixes_of(judged->windows.front().challenges.size())) {
        std::vector<ComparedItem> changed(items.begin(), items.end());
        for (auto& item : changed) item.windows = mixed(std::move(item.windows), mix);
        auto choice = choose_weight(changed, levels);
        if (choice.weight == 0 || choice.error >= std::min(best.error, to_beat)) continue;
        best = std::move(choice);
        best.mix = mix;
    }
    return best;
}

}  // namespace suanpan::demand
