#pragma once

#include <string>
#include <vector>

#include "areas/selection/backtest.h"
#include "areas/selection/list_plan.h"

namespace suanpan::selection {

struct ScoreOptions {
    int horizon = 28;
    LearnOptions learn;
    ListOptions list;
};

struct ItemScore {
    std::size_t item = 0;    // its place in History::items
    std::int64_t place = 0;  // 1: the best score
    Action action = Action::keep;
    bool explores = false;
    double expected = 0, low = 0, high = 0;  // profit, minor units
    std::string reasons_en, reasons_zh;
};

// All items known on the morning of `day`, the best first, from members that learned from what had happened by then.
// Blend and intervals come from what the same kind of members would have said one horizon before. Expected profit is
// the mean of the two Tweedie models. Errors: invalid_argument where the history before the day is too short.
[[nodiscard]] Result<std::vector<ItemScore>> score_items(const History& history, Day day, const ScoreOptions& options);

}  // namespace suanpan::selection
