#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "areas/selection/linear.h"
#include "areas/selection/snapshot.h"
#include "platform/engines/xgboost.h"

namespace suanpan::selection {

// What is learned from: snapshots of earlier days, one below the other, and what came of their items. Profits are in
// units of their mean, so that a shop's currency and size do not matter.
struct Examples {
    std::vector<float> features, profit, log_profit, success;
    double unit = 1;  // minor units of one unit of profit
};

struct Lesson {
    const Snapshot* snapshot = nullptr;
    const std::vector<double>* outcomes = nullptr;
};
struct ExampleOptions {
    double success_share = 0.05;     // success: among so many of a snapshot's best
    std::size_t most_rows = 80'000;  // of more, every second, third, … is taken
};
// Errors: invalid_argument where nothing was ever sold.
[[nodiscard]] Result<Examples> examples(const std::vector<Lesson>& lessons, const ExampleOptions& options);

// The members of the ensemble, by the order of `member_names`. The first is a rule that is not learned.
inline constexpr std::array member_names = {"recent",       "linear",  "lightgbm",
                                            "lightgbm_log", "xgboost", "xgboost_success"};
inline constexpr std::size_t members = member_names.size();
using MemberScores = std::array<std::vector<double>, members>;

struct LearnOptions {
    int rounds = 150;
    int threads = 0;
    std::uint64_t seed = 1;
    ExampleOptions examples = {};
};

struct Learners {
    Linear linear;
    engines::Boosting lightgbm, lightgbm_log;
    engines::XgBoosting xgboost, xgboost_success;
    double unit = 1;

    [[nodiscard]] Result<MemberScores> predict(const Snapshot& snapshot) const;
};
// The linear model and LightGBM's second learn log(1 + profit) by squared error; lightgbm and xgboost the profit, as
// Tweedie; xgboost_success the chance to be a success. Errors: of the engines.
[[nodiscard]] Result<Learners> learn(const Examples& examples, const LearnOptions& options);

}  // namespace suanpan::selection
