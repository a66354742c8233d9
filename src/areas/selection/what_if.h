#pragma once

#include <string>
#include <vector>

#include "areas/selection/score.h"

namespace suanpan::selection {

// Something a buyer can change of an item.
enum class Lever { price, margin, returns };
[[nodiscard]] std::string_view name(Lever lever);

// The smallest change of one lever that moves the item's verdict, found by asking the model again.
struct Change {
    Lever lever = Lever::price;
    double from = 0, to = 0;  // price: minor units; margin and returns: shares
    bool found = false;       // false: no change that was tried moves it, and `to` is the furthest that was
    Action verdict = Action::keep;
    double expected = 0;  // profit of the horizon then, minor units
};

// A price moves by 5 % a step up to 50 % either way, and margin and the gap to competitors with it; a margin by 0.05 up
// to 0.5; returns shrink by tenths to nothing. A lever whose value is unknown, or that cannot move, is left out. What
// the model has learned is who sold how, not what a change brings about. Errors: of the engines.
[[nodiscard]] Result<std::vector<Change>> smallest_changes(const Scoring& scoring, std::size_t row,
                                                           const Scorer& scorer, const ScoreOptions& options);

struct Neighbour {
    std::size_t row = 0;
    double distance = 0;  // Euclidean, of standardised features; unknown ones count as the mean
};
[[nodiscard]] std::vector<Neighbour> nearest(const Snapshot& now, std::size_t row, const Linear& scale,
                                             std::size_t count);

}  // namespace suanpan::selection
