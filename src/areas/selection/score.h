#pragma once

#include <optional>
#include <string>
#include <vector>

#include "areas/selection/explain.h"
#include "areas/selection/flags.h"
#include "areas/selection/list_plan.h"
#include "areas/selection/scorer.h"

namespace suanpan::selection {

struct ScoreOptions {
    ListOptions list;
    double first_units = 12;  // stock for an item that did not sell lately
    // Reasons take most of the time: of so many of the best, and of as many whose verdict is not "keep".
    std::size_t most_explained = 20'000;
};

struct ItemScore {
    std::size_t item = 0;    // its place in History::items
    std::size_t row = 0;     // its place in Scoring::now
    std::int64_t place = 0;  // 1: the best score
    Action action = Action::keep;
    bool explores = false;
    double expected = 0, low = 0, high = 0;  // profit of the horizon, minor units
    std::string reasons_en, reasons_zh;
    std::vector<Flag> flags = {};
    double baseline = 0;    // profit of as many days before, minor units
    double stock_cost = 0;  // minor units
};

// Where the time went.
struct ScoringSeconds {
    double features = 0, scores = 0, list = 0, reasons = 0;
};

struct Scoring {
    ScoringSeconds seconds;
    Snapshot now;
    std::vector<ItemScore> items;                    // the best first
    std::vector<Scored> candidates;                  // by row of the snapshot
    std::vector<std::optional<TopicShares>> shares;  // by row of the snapshot; none: not explained
    std::vector<double> scores;                      // of the ensemble, by row
    ListPlan plan;
};

// All items known on the morning of `day`, by a scorer that learned from what was known then or before. Flagged items
// are scored too, but say so (flags.h). Errors: of the engines.
[[nodiscard]] Result<Scoring> score_items(const History& history, Day day, const Scorer& scorer,
                                          const ScoreOptions& options);

}  // namespace suanpan::selection
