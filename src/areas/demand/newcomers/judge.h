#pragma once

#include <optional>

#include "areas/demand/newcomers/launch.h"

namespace suanpan::demand {

// What a way says of a window, before it is brought to the item's level.
struct Said {
    Way way = Way::everything;  // after falling back
    double units = 0;           // of the window
    Scale scale;
    bool known = false;
};

// A launch held back: how every way would have forecast a window of it, from what was known then.
struct Judged {
    std::size_t launch = 0;
    int week = 0;            // whole weeks since its start
    std::int64_t until = 0;  // number of the period after the window
    double actual = 0;       // units in the window
    double today = 0;        // by the average of its newest four weeks
    Said said[ways];
};
// At each week that an item is new, of the newest launches. Sorted by launch and week.
[[nodiscard]] std::vector<Judged> judge(std::span<const Launch> launches, const LaunchOptions& options);

// How items of an age are forecast, and what the forecast missed by in the past.
struct Choice {
    bool wins = false;  // else the average stays
    Way way = Way::everything;
    double strength = 0;         // see factor()
    std::size_t judged = 0;      // windows behind it
    double error = 0;            // summed |error| over summed demand (WAPE) of these
    double today_error = 0;      // that of the average
    std::vector<double> ratios;  // (actual + 1) / (forecast + 1), sorted; the average's where no way wins
};

// For each week of age the way and strength of the least absolute error over the windows that are over by period
// number `now`, of that age and one week about it; an error counts up to the 95 % quantile of the average's. A way wins
// where it takes 2 % off the error of today's average, and at least 30 windows say so.
[[nodiscard]] std::vector<Choice> choose(std::span<const Judged> judged, std::int64_t now,
                                         const LaunchOptions& options);
// As choose, of one way alone, which wins wherever it was judged.
[[nodiscard]] std::vector<Choice> choose_only(std::span<const Judged> judged, std::int64_t now, Way way,
                                              const LaunchOptions& options);

// The window's forecast under a choice; today's average where the way knows nothing.
[[nodiscard]] double window_units(const Judged& judged, const Choice& choice);

// Quantiles of the window's demand at the levels, from the ratios: split conformal, so that a new window lies below
// each with at least that chance (Lei et al. 2018). Rising, not negative.
[[nodiscard]] std::vector<double> launch_quantiles(double units, const Choice& choice, std::span<const double> levels);

struct NewcomerForecast {
    bool average = false;  // no way won: its own average, with quantiles from what such averages missed by
    Alike alike;
    std::vector<double> mean;  // a value a period of the horizon
    double window_units = 0;
    std::vector<double> window_quantiles;
};
// Of an item that is new at period number `now`. Nothing where its age was not judged,
// it has not sold and no way wins, or too few began before.
[[nodiscard]] std::optional<NewcomerForecast> forecast_launch(std::span<const Launch> launches, const Launch& target,
                                                              std::int64_t now, std::span<const Choice> choices,
                                                              const LaunchOptions& options);

}  // namespace suanpan::demand
