#pragma once

#include <string>
#include <vector>

#include "areas/selection/backtest.h"
#include "areas/selection/interval.h"

namespace suanpan::selection {

// Everything that scoring a morning needs, learned once: members, the weights they are blended by, and how far outcomes
// fell from what was expected.
struct Scorer {
    Learners learners;
    Weights weights{};
    Intervals intervals;
    int horizon = 28;
};

struct TrainOptions {
    int horizon = 28;
    int trials = 3;        // earlier origins, a horizon apart, that the members' likes are tried on before it happened
    std::size_t top = 50;  // length of the list that weights are chosen and trials judged by
    std::size_t most_items = 50'000;  // of a larger shop so many are drawn (`drawn`) before learning
    LearnOptions learn;
    std::function<void(int done, int total)> progress;  // of the members' learning; may be empty
};

// What one trial said: of the list's places the share that did not belong to the best, ours and the buyer's rules'.
struct TrialResult {
    Day origin;
    double missed = 0, buyer_missed = 0;
};

struct TrainedScorer {
    Scorer scorer;
    std::vector<TrialResult> trials;  // each judged by a blend that earlier trials alone chose
    std::vector<Trial> tried;         // in the same order, for whoever compares another scorer on them
};

// So many items of the history, drawn by their ids and the seed; all where there are no more.
[[nodiscard]] History drawn(const History& history, std::size_t most, std::uint64_t seed);

// Learns from what had happened by the morning of `day`. Errors: invalid_argument where the history before is too
// short.
[[nodiscard]] Result<TrainedScorer> train_scorer(const History& history, Day day, const TrainOptions& options);

// Share of the list's places that did not go to one of the best.
[[nodiscard]] double missed(const std::vector<double>& scores, const std::vector<double>& outcomes, std::size_t top);

// Expected profit of the horizon, minor units: the mean of the two Tweedie models.
[[nodiscard]] std::vector<double> expected_profit(const MemberScores& scores, double unit);

}  // namespace suanpan::selection
