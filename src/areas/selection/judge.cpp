#include "areas/selection/judge.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "areas/selection/by_value.h"

namespace suanpan::selection {
namespace {

constexpr int draws = 2000;

std::uint64_t shuffled(std::uint64_t place) {  // splitmix64 (Steele et al. 2014)
    place += 0x9E3779B97F4A7C15ULL;
    place = (place ^ (place >> 30)) * 0xBF58476D1CE4E5B9ULL;
    place = (place ^ (place >> 27)) * 0x94D049BB133111EBULL;
    return place ^ (place >> 31);
}

double sum_over(std::span<const double> values, std::span<const std::size_t> places) {
    return std::accumulate(places.begin(), places.end(), 0.0, [&](double sum, auto p) { return sum + values[p]; });
}

double share_in(std::span<const std::size_t> wanted, const std::vector<bool>& listed) {
    if (wanted.empty()) return 0;
    return static_cast<double>(std::ranges::count_if(wanted, [&](auto p) { return listed[p]; })) /
           static_cast<double>(wanted.size());
}

template <class Statistic>
Interval percentile(std::size_t count, std::uint64_t seed, const Statistic& statistic) {
    if (count == 0) return {};
    std::mt19937_64 draw(seed);
    std::vector<std::size_t> places(count);
    std::iota(places.begin(), places.end(), 0);
    const double mean = statistic(places);
    std::vector<double> found(draws);
    for (auto& value : found) {
        for (auto& place : places) place = draw() % count;
        value = statistic(places);
    }
    std::ranges::sort(found);
    return {mean, found[draws * 25 / 1000], found[draws * 975 / 1000 - 1]};
}

// All places, the best first.
std::vector<std::size_t> all_by_score(std::span<const double> scores) {
    std::vector<double> fallen;
    fallen.reserve(scores.size());
    for (const double score : scores) fallen.push_back(std::isnan(score) ? HUGE_VAL : -score);
    const auto order = by_value(fallen);
    std::vector<std::size_t> places(order.begin(), order.end());
    for (std::size_t first = 0, last = 0; first < places.size(); first = last) {
        for (last = first + 1; last < places.size() && fallen[places[last]] == fallen[places[first]];) ++last;
        if (last - first > 1) std::ranges::sort(std::span(places).subspan(first, last - first), {}, shuffled);
    }
    return places;
}

}  // namespace

std::vector<std::size_t> best(std::span<const double> scores, std::size_t k) {
    if (k >= scores.size()) return all_by_score(scores);
    std::vector<std::size_t> places(scores.size());
    std::iota(places.begin(), places.end(), 0);
    const auto value = [&](std::size_t p) { return std::isnan(scores[p]) ? -HUGE_VAL : scores[p]; };
    const auto better = [&](auto a, auto b) {
        return value(a) != value(b) ? value(a) > value(b) : shuffled(a) < shuffled(b);
    };
    std::ranges::nth_element(places, places.begin() + static_cast<std::ptrdiff_t>(k), better);
    places.resize(k);
    std::ranges::sort(places, better);
    return places;
}

Verdict judge(std::span<const double> scores, std::span<const double> outcomes, const JudgeOptions& options) {
    const auto list = best(scores, options.top), ideal = best(outcomes, options.top);
    const auto wins = static_cast<std::size_t>(std::ceil(options.success_share * static_cast<double>(outcomes.size())));
    std::vector<bool> listed(scores.size());
    for (const auto place : list) listed[place] = true;
    const double most = sum_over(outcomes, ideal);
    return {share_in(ideal, listed), share_in(best(outcomes, wins), listed),
            most > 0 ? sum_over(outcomes, list) / most : 0};
}

Interval bootstrap(std::span<const double> values, std::uint64_t seed) {
    return percentile(values.size(), seed,
                      [&](const auto& places) { return sum_over(values, places) / double(places.size()); });
}

Interval bootstrap_ratio(std::span<const double> above, std::span<const double> below, std::uint64_t seed) {
    return percentile(std::min(above.size(), below.size()), seed, [&](const auto& places) {
        const double under = sum_over(below, places);
        return under > 0 ? sum_over(above, places) / under : 0;
    });
}

}  // namespace suanpan::selection
