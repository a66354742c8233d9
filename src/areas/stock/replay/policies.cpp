#include "areas/stock/replay/policies.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/stock/inventory/normal.h"

namespace suanpan::stock {
namespace {

constexpr double ridges[] = {10, 100, 1000, 10'000};
constexpr double smoothings[] = {0.01, 0.02, 0.04, 0.08, 0.12};
constexpr double shared_windows = 4;  // independent windows that the errors of all series weigh in a series' spread

// A weekday's forecast from the weeks before: the mean of the last `weeks` same weekdays that are known on day t.
double of_weeks_before(const DailyPanel& panel, std::size_t series, std::size_t day, std::size_t t, std::size_t weeks) {
    std::size_t at = day;
    while (at >= t) at -= 7;
    double sum = 0;
    for (std::size_t w = 0; w < weeks; ++w) sum += panel.sales[panel.at(series, at - 7 * w)];
    return sum / static_cast<double>(weeks);
}

double daily_deviation(const DailyPanel& panel, std::size_t series, std::size_t end, std::size_t weeks) {
    const std::size_t begin = std::max(end > 364 ? end - 364 : 0, 7 * weeks);
    double squares = 0;
    for (std::size_t d = begin; d < end; ++d) {
        const double error = panel.sales[panel.at(series, d)] - of_weeks_before(panel, series, d, d, weeks);
        squares += error * error;
    }
    return end > begin ? std::sqrt(squares / static_cast<double>(end - begin)) : 0;
}

LevelFamily weekly_levels(const DailyPanel& panel, const ReplayOptions& o, std::size_t weeks) {
    LevelFamily family{.from = panel.days - o.test_days, .base = {}, .spread = {}, .errors = {}};
    const auto length = o.lead_time + 1;
    for (std::size_t i = 0; i < panel.series(); ++i) {
        const double spread = daily_deviation(panel, i, family.from, weeks) * std::sqrt(static_cast<double>(length));
        for (std::size_t t = family.from; t < panel.days; ++t) {
            double sum = 0;
            for (std::size_t d = t; d < t + length; ++d) sum += of_weeks_before(panel, i, d, t, weeks);
            family.base.push_back(sum);
            family.spread.push_back(spread);
        }
    }
    return family;
}

double wape(const WindowSums& sums) {
    double error = 0, sold = 0;
    for (std::size_t i = 0; i < sums.sold.size(); ++i) {
        error += std::abs(sums.sold[i] - sums.expected[i]);
        sold += sums.sold[i];
    }
    return sold > 0 ? error / sold : 0;
}

double relative_error(const WindowSums& sums, std::size_t i) {
    return sums.expected[i] > 0 ? sums.sold[i] / sums.expected[i] - 1 : 0;
}

// Root mean square of the relative errors of each series, drawn towards all series'.
std::vector<double> relative_spreads(const WindowSums& sums, std::size_t series, std::size_t length) {
    const auto count = sums.sold.size() / series;
    std::vector<double> squares(series);
    double all = 0;
    for (std::size_t i = 0; i < sums.sold.size(); ++i) {
        squares[i / count] += relative_error(sums, i) * relative_error(sums, i);
        all += relative_error(sums, i) * relative_error(sums, i);
    }
    all /= static_cast<double>(sums.sold.size());
    // Windows overlap: so many are like independent ones.
    const double own = static_cast<double>(count) / static_cast<double>(length);
    for (auto& s : squares)
        s = std::sqrt(
            std::max(1e-12, (own * s / static_cast<double>(count) + shared_windows * all) / (own + shared_windows)));
    return squares;
}

struct Choice {
    Sharing sharing = Sharing::within_classes;
    double ridge = 0, smoothing = 0, error = 1e300;
    WindowSums sums;  // of all trials
};

// Series by series, what both hold.
WindowSums joined(const WindowSums& a, const WindowSums& b, std::size_t series) {
    if (a.sold.empty()) return b;
    WindowSums result;
    auto append = [&](std::vector<double>& to, const std::vector<double>& from, std::size_t i) {
        const auto count = static_cast<std::ptrdiff_t>(from.size() / series),
                   begin = static_cast<std::ptrdiff_t>(i) * count;
        to.insert(to.end(), from.begin() + begin, from.begin() + begin + count);
    };
    for (std::size_t i = 0; i < series; ++i)
        for (const auto* sums : {&a, &b}) {
            append(result.expected, sums->expected, i);
            append(result.sold, sums->sold, i);
        }
    return result;
}

// The days on which the trials begin, the newest first.
std::vector<std::size_t> trials(const DailyPanel& panel, const ReplayOptions& o) {
    const auto newest = panel.days - 2 * o.test_days;
    std::vector<std::size_t> begins = {newest};
    // Of the season of the test, a year before; with at least that season's rise to learn from.
    if (newest + o.test_days >= 364 + 120) begins.push_back(newest + o.test_days - 364);
    return begins;
}

std::vector<Sharing> sharings(const DailyPanel& panel) {
    const bool classes = std::ranges::adjacent_find(panel.classes, std::not_equal_to{}) != panel.classes.end();
    if (classes) return {Sharing::within_classes, Sharing::among_all};
    return {Sharing::within_classes};
}

Result<Choice> best_of(const DailyPanel& panel, const ReplayOptions& o, Sharing sharing) {
    std::vector<Choice> choices;
    for (const auto begin : trials(panel, o)) {
        const auto fits = TRY(fit_drivers(panel, begin, ridges, {.sharing = sharing}));
        std::size_t at = 0;
        for (std::size_t r = 0; r < fits.size(); ++r)
            for (const double smoothing : smoothings) {
                if (at == choices.size()) choices.push_back({sharing, ridges[r], smoothing, 0, {}});
                // Only windows that end within the trial.
                const auto sums =
                    window_sums(panel, fits[r], {begin, begin + o.test_days - o.lead_time, o.lead_time + 1, smoothing});
                choices[at].sums = joined(choices[at].sums, sums, panel.series());
                ++at;
            }
    }
    for (auto& choice : choices) choice.error = wape(choice.sums);
    return std::move(*std::ranges::min_element(choices, {}, &Choice::error));
}

Result<Choice> choose(const DailyPanel& panel, const ReplayOptions& o) {
    Choice best;
    for (const auto sharing : sharings(panel))
        if (auto choice = TRY(best_of(panel, o, sharing)); choice.error < best.error) best = std::move(choice);
    return best;
}

}  // namespace

OrderUpTo LevelFamily::at(double z) const {
    OrderUpTo orders{from, base};
    for (std::size_t i = 0; i < base.size(); ++i) orders.levels[i] = std::max(0.0, base[i] + z * spread[i]);
    return orders;
}

double LevelFamily::z_of(double service_level) const {
    if (errors.empty()) return normal_quantile(service_level);
    const auto at = static_cast<std::size_t>(service_level * static_cast<double>(errors.size()));
    return errors[std::min(at, errors.size() - 1)];
}

LevelFamily seasonal_naive_levels(const DailyPanel& panel, const ReplayOptions& options) {
    auto family = weekly_levels(panel, options, 1);
    family.name = "seasonal naive, normal safety";
    return family;
}

LevelFamily weekday_mean_levels(const DailyPanel& panel, const ReplayOptions& options) {
    auto family = weekly_levels(panel, options, 4);
    family.name = "weekday mean of 4 weeks, normal safety";
    return family;
}

Result<DriverLevels> driver_levels(const DailyPanel& panel, const ReplayOptions& o) {
    const auto length = o.lead_time + 1;
    if (o.test_days <= length || panel.days < 2 * o.test_days + 28)
        return fail(
            ErrorCode::invalid_argument,
            fmt::format("{} days are too few to try orders over {}: give at least twice that and four weeks, and "
                        "more than lead time and a day to try",
                        panel.days, o.test_days));
    const auto choice = TRY(choose(panel, o));
    const auto end = panel.days - o.test_days;
    const auto fit = TRY(fit_drivers(panel, end, {&choice.ridge, 1}, {.sharing = choice.sharing}));
    const auto sums = window_sums(panel, fit[0], {end, panel.days, length, choice.smoothing});
    const auto spreads = relative_spreads(choice.sums, panel.series(), length);
    DriverLevels result{.levels = {.name = "drivers and level, conformal safety", .from = end, .base = sums.expected},
                        .sharing = choice.sharing,
                        .ridge = choice.ridge,
                        .smoothing = choice.smoothing,
                        .validation_error = choice.error};
    for (std::size_t i = 0; i < sums.expected.size(); ++i)
        result.levels.spread.push_back(spreads[i / o.test_days] * sums.expected[i]);
    const auto count = choice.sums.sold.size() / panel.series();
    for (std::size_t i = 0; i < choice.sums.sold.size(); ++i)
        result.levels.errors.push_back(relative_error(choice.sums, i) / spreads[i / count]);
    std::ranges::sort(result.levels.errors);
    result.test_error = wape(window_sums(panel, fit[0], {end, panel.days - o.lead_time, length, choice.smoothing}));
    return result;
}

std::vector<SimulationResult> trade_off(const DailyPanel& panel, const LevelFamily& levels, std::size_t lead_time) {
    std::vector<SimulationResult> curve;
    for (double z = -0.5; z <= 4.5; z += 0.125) curve.push_back(simulate(panel, levels.at(z), lead_time));
    return curve;
}

double stock_days_at(const std::vector<SimulationResult>& curve, double in_stock) {
    for (std::size_t i = 1; i < curve.size(); ++i) {
        const auto &a = curve[i - 1], &b = curve[i];
        if (a.in_stock > in_stock || b.in_stock < in_stock || b.in_stock <= a.in_stock) continue;
        return a.stock_days + (in_stock - a.in_stock) / (b.in_stock - a.in_stock) * (b.stock_days - a.stock_days);
    }
    return -1;
}

}  // namespace suanpan::stock
