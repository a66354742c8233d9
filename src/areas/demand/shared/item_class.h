#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace suanpan::demand {

// Items alike in how long they have sold and how often: what decides whether one model of all items serves an item, and
// how far it may be off, is learned by class.
struct ClassRule {
    int year = 52;    // periods after which an item has seen every season
    int recent = 26;  // newest periods that say how often it sells
};
[[nodiscard]] ClassRule class_rule(int period_days);

inline constexpr std::size_t class_count = 6;
// 0 to 2: a year or more of values, the newest of which are rarely, sometimes or mostly 0; 3 to 5: fewer values. NaN
// is left aside.
[[nodiscard]] std::size_t class_of(std::span<const double> seen, const ClassRule& rule);

// How demand over a window scatters around its forecast, before it is calibrated: the root of a negative binomial's
// variance, whose dispersion is that of the newest values (by moments; Poisson where they scatter less).
struct Scatter {
    double dispersion = 0;
};
[[nodiscard]] Scatter scatter_of(std::span<const double> seen, int window, const ClassRule& rule);
[[nodiscard]] double deviation(const Scatter& scatter, double forecast);

// A window of the past: what both models forecast from what came before it.
struct ComparedWindow {
    double own = 0, shared = 0, actual = 0;
    double baseline = 0;  // the seasonal naive's
    Scatter scatter;
    bool promoted = false;           // on a day or more
    int origin = 1;                  // says which windows are of the same days
    std::vector<double> challenges;  // what further models of all items forecast, in their order
};
struct ComparedItem {
    std::size_t item_class = 0;
    std::vector<ComparedWindow> windows;
};

// What a class was found to be served best by.
struct ClassChoice {
    double weight = 0;  // of the shared model; the item's own method has the rest
    // What the shared model is: shares of the boosted trees and of each challenger, 1 in sum; empty: the trees alone.
    std::vector<double> mix;
    // (actual - forecast) / deviation, at the levels of the quantiles: of windows without a promotion, and with one.
    std::vector<double> scores, promoted_scores;
    double error = 0, own_error = 0;  // root mean squared error over the windows, summed over items
    std::int64_t windows = 0;
};
// Of items of one class. The weight is 0, a half or 1: the one with the least error, but 0 unless that is 2 % below the
// own methods' and there are 60 windows. Scores are split conformal (Lei et al. 2018, section 5.2) on the same windows;
// of all of them where fewer than 60 are promoted, or are not. What happens in a window happens to many items, so a
// level is raised or lowered until scores of the other windows hold it in each one on average.
[[nodiscard]] ClassChoice choose_weight(std::span<const ComparedItem> items, std::span<const double> levels);

// Likewise, where challengers forecast the windows, too: the trees, or one challenger, the mean of it and the trees, or
// the mean of all in their place, where that has 2 % less error than what was chosen of trees and own methods.
[[nodiscard]] ClassChoice choose_mix(std::span<const ComparedItem> items, std::span<const double> levels);

// The windows with the mix as the shared model's forecast; an empty one changes nothing.
[[nodiscard]] std::vector<ComparedWindow> mixed(std::vector<ComparedWindow> windows, std::span<const double> mix);

[[nodiscard]] double root_mean_square(std::span<const ComparedWindow> windows, double weight);

}  // namespace suanpan::demand
