#pragma once

#include <functional>
#include <string>
#include <vector>

#include "areas/selection/blend.h"
#include "areas/selection/judge.h"

namespace suanpan::selection {

struct BacktestOptions {
    int origins = 12, horizon = 28;
    int step = 14;    // days from one origin to the next
    int warm_up = 4;  // origins before them, only to learn the blend from
    std::vector<std::size_t> tops = {50, 100, 200};
    LearnOptions learn;
};

struct Judged {
    Day origin;
    std::string method;
    std::size_t top = 0;
    Verdict verdict;
};

struct Origin {
    Day origin;
    std::int64_t candidates = 0, lessons = 0;  // items known that day; training rows
    Weights weights{};
    std::vector<double> scores;  // of the ensemble, one a candidate
};

struct Backtest {
    std::vector<Origin> origins;
    std::vector<Judged> judged;  // by origin, method and size
};

// Days to learn from before `origin`: a week apart, the last so that its outcome was known that morning.
[[nodiscard]] std::vector<Day> lesson_days(const History& history, Day origin, int horizon);

// Each origin is judged by methods that know what was known that morning: features of the days before, lessons whose
// outcomes had happened, and a blend learned from what the same members had said of earlier origins. The last origin is
// the last that the history can judge. Errors: invalid_argument where the history is too short for that.
[[nodiscard]] Result<Backtest> backtest(const History& history, const BacktestOptions& options,
                                        const std::function<void(int done)>& progress);

struct Summary {
    std::string method;
    std::size_t top = 0;
    int origins = 0;
    Interval precision, recall, captured;
    Interval precision_to_buyer;  // ratio to the buyer's rules on the same origins
};
[[nodiscard]] std::vector<Summary> summarise(const Backtest& backtest);

}  // namespace suanpan::selection
