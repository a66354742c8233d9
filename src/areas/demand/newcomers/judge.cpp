#include "areas/demand/newcomers/judge.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "platform/base/parallel.h"

namespace suanpan::demand {
namespace {

constexpr double strengths[] = {0, 1, 2, 4, 8, 16, std::numeric_limits<double>::infinity()};
constexpr std::size_t least_judged = 30;
constexpr double to_win = 0.98;  // of today's error
constexpr int newest_weeks = 4;

double sum(std::span<const double> values, std::size_t from, std::size_t to) {
    to = std::min(to, values.size());
    return from >= to
               ? 0
               : std::accumulate(values.begin() + std::ptrdiff_t(from), values.begin() + std::ptrdiff_t(to), 0.0);
}

std::size_t newest_periods(std::size_t age, const LaunchOptions& options) {
    return std::min(age, static_cast<std::size_t>(newest_weeks * options.per_week));
}

Scale scale_of(std::span<const double> own, std::span<const double> curve, std::size_t age,
               const LaunchOptions& options) {
    const auto count = newest_periods(age, options);
    return {sum(curve, age - count, age), sum(own, age - count, age), double(count)};
}

// What the ways know of one launch; the curves are made once for all its ages.
class Curves {
  public:
    Curves(std::span<const Launch> launches, const Launch& target, const LaunchOptions& options)
        : launches_(launches), target_(target), options_(options) {}

    Said said(Way way, std::size_t age, bool sold) {
        auto& one = curves_[static_cast<std::size_t>(way)][sold ? 1 : 0];
        if (!one) one = make(way, sold);
        if (one->means.empty()) return {};
        const auto window = static_cast<std::size_t>(options_.window);
        return {one->way, sum(one->means, age, age + window), scale_of(target_.values, one->means, age, options_),
                true};
    }

  private:
    struct Curve {
        Way way;
        std::vector<double> means;
    };

    // Of launches that began a window before the target, each age's window is over at the target's same age.
    Curve make(Way way, bool sold) {
        const auto found = alike(launches_, target_, way, sold, options_);
        const auto periods = static_cast<std::size_t>((options_.weeks - 1) * options_.per_week + options_.window);
        return {found.way, beginning(launches_, found, target_.start + std::int64_t(periods), periods, options_)};
    }

    std::span<const Launch> launches_;
    const Launch& target_;
    const LaunchOptions& options_;
    std::optional<Curve> curves_[ways][2];
};

std::vector<Judged> judge_one(std::span<const Launch> launches, std::size_t place, const LaunchOptions& options) {
    const auto& target = launches[place];
    Curves curves(launches, target, options);
    std::vector<Judged> found;
    for (int week = 0; week < options.weeks; ++week) {
        const auto age = static_cast<std::size_t>(week * options.per_week);
        const auto end = age + static_cast<std::size_t>(options.window);
        if (end > target.values.size()) break;
        const auto count = newest_periods(age, options);
        const bool sold = !target.listed || sum(target.values, 0, age) > 0;
        auto& one = found.emplace_back(Judged{.launch = place,
                                              .week = week,
                                              .until = target.start + std::int64_t(end),
                                              .actual = sum(target.values, age, end)});
        if (count > 0) one.today = sum(target.values, age - count, age) / double(count) * options.window;
        for (int way = 0; way < ways; ++way) one.said[way] = curves.said(static_cast<Way>(way), age, sold);
    }
    return found;
}

double units_under(const Judged& judged, const Choice& choice) {
    return choice.wins ? window_units(judged, choice) : judged.today;
}

struct Missed {
    double capped = 0, whole = 0;  // sums of |error|
};

Missed missed(std::span<const Judged* const> judged, const Choice& choice, double cap) {
    Missed sums;
    for (const auto* one : judged) {
        const double error = std::abs(one->actual - units_under(*one, choice));
        sums.capped += std::min(error, cap);
        sums.whole += error;
    }
    return sums;
}

// One wholesale order does not choose: errors count up to the 95 % quantile of the average's.
double cap_of(std::span<const Judged* const> judged) {
    std::vector<double> errors;
    for (const auto* one : judged) errors.push_back(std::abs(one->actual - one->today));
    const auto place = errors.begin() + static_cast<std::ptrdiff_t>(0.95 * double(errors.size() - 1));
    std::ranges::nth_element(errors, place);
    return *place;
}

void add_ratios(Choice& choice, std::span<const Judged* const> judged) {
    for (const auto* one : judged) choice.ratios.push_back((one->actual + 1) / (units_under(*one, choice) + 1));
    std::ranges::sort(choice.ratios);
}

Choice best(std::span<const Judged* const> judged, std::optional<Way> only) {
    Choice found{.way = only.value_or(Way::neighbours), .judged = judged.size()};
    if (judged.size() < least_judged) return found;
    const double cap = cap_of(judged);
    const auto today = missed(judged, {}, cap);
    Missed least{std::numeric_limits<double>::infinity(), 0};
    for (int way = 0; way < ways; ++way)
        for (const double strength : strengths) {
            if (only && static_cast<Way>(way) != *only) continue;
            const Choice tried{.wins = true, .way = static_cast<Way>(way), .strength = strength};
            if (const auto error = missed(judged, tried, cap); error.capped < least.capped) {
                least = error;
                found.way = tried.way;
                found.strength = strength;
            }
        }
    found.wins = only || least.capped < to_win * today.capped;
    double actual = 0;
    for (const auto* one : judged) actual += one->actual;
    found.error = actual > 0 ? least.whole / actual : 0;
    found.today_error = actual > 0 ? today.whole / actual : 0;
    add_ratios(found, judged);
    return found;
}

std::vector<Choice> choices(std::span<const Judged> judged, std::int64_t now, std::optional<Way> only,
                            const LaunchOptions& options) {
    std::vector<Choice> found;
    for (int week = 0; week < options.weeks; ++week) {
        std::vector<const Judged*> of_age;
        for (const auto& one : judged)
            if (std::abs(one.week - week) <= 1 && (one.week > 0) == (week > 0) && one.until <= now && one.said[0].known)
                of_age.push_back(&one);
        found.push_back(best(of_age, only));
    }
    return found;
}

}  // namespace

std::vector<Judged> judge(std::span<const Launch> launches, const LaunchOptions& options) {
    std::vector<std::size_t> places(launches.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    // The newest whose first window is over.
    std::erase_if(places, [&](std::size_t i) { return std::ssize(launches[i].values) < options.window; });
    std::ranges::stable_sort(places, std::greater<>{}, [&](std::size_t i) { return launches[i].start; });
    places.resize(std::min(places.size(), options.most_judged));
    std::ranges::sort(places);
    std::vector<std::vector<Judged>> found(places.size());
    in_parallel(places.size(), options.threads,
                [&](std::size_t i) { found[i] = judge_one(launches, places[i], options); });
    std::vector<Judged> all;
    for (auto& one : found) all.append_range(one);
    return all;
}

std::vector<Choice> choose(std::span<const Judged> judged, std::int64_t now, const LaunchOptions& options) {
    return choices(judged, now, std::nullopt, options);
}

std::vector<Choice> choose_only(std::span<const Judged> judged, std::int64_t now, Way way,
                                const LaunchOptions& options) {
    return choices(judged, now, way, options);
}

double window_units(const Judged& judged, const Choice& choice) {
    const auto& said = judged.said[static_cast<std::size_t>(choice.way)];
    return said.known ? said.units * factor(said.scale, choice.strength) : judged.today;
}

std::vector<double> launch_quantiles(double units, const Choice& choice, std::span<const double> levels) {
    std::vector<double> quantiles;
    const auto count = choice.ratios.size();
    for (const double level : levels) {
        // The lower levels count from below, so that neither side is too near.
        const double rank = level < 0.5 ? std::floor(level * double(count + 1)) : std::ceil(level * double(count + 1));
        const auto place = std::clamp<double>(rank - 1, 0, double(count) - 1);
        const double ratio = count == 0 ? 1 : choice.ratios[static_cast<std::size_t>(place)];
        quantiles.push_back(std::max(0.0, (units + 1) * ratio - 1));
    }
    return quantiles;
}

namespace {

std::optional<NewcomerForecast> by_average(const Launch& target, std::size_t age, const Choice& choice,
                                           const LaunchOptions& options) {
    if (age == 0 || choice.ratios.empty()) return std::nullopt;
    const auto count = newest_periods(age, options);
    const double period = sum(target.values, age - count, age) / double(count);
    return NewcomerForecast{.average = true,
                            .alike = {},
                            .mean = std::vector<double>(static_cast<std::size_t>(options.horizon), period),
                            .window_units = period * options.window,
                            .window_quantiles = launch_quantiles(period * options.window, choice, options.levels)};
}

}  // namespace

std::optional<NewcomerForecast> forecast_launch(std::span<const Launch> launches, const Launch& target,
                                                std::int64_t now, std::span<const Choice> choices,
                                                const LaunchOptions& options) {
    const auto age = static_cast<std::size_t>(std::max<std::int64_t>(0, now - target.start));
    const auto week = age / static_cast<std::size_t>(options.per_week);
    if (week >= choices.size()) return std::nullopt;
    const auto& choice = choices[week];
    if (!choice.wins) return by_average(target, age, choice, options);
    const bool sold = !target.listed || sum(target.values, 0, age) > 0;
    NewcomerForecast found{.alike = alike(launches, target, choice.way, sold, options)};
    const auto horizon = static_cast<std::size_t>(std::max(options.horizon, options.window));
    const auto curve = beginning(launches, found.alike, now, age + horizon, options);
    if (curve.empty()) return std::nullopt;
    const double by = factor(scale_of(target.values, curve, age, options), choice.strength);
    for (std::size_t h = 0; h < horizon; ++h) found.mean.push_back(by * curve[age + h]);
    found.window_units = sum(found.mean, 0, static_cast<std::size_t>(options.window));
    found.mean.resize(static_cast<std::size_t>(options.horizon));
    found.window_quantiles = launch_quantiles(found.window_units, choice, options.levels);
    return found;
}

}  // namespace suanpan::demand
