#include "areas/selection/scorer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "areas/selection/rivals.h"
#include "areas/selection/snapshot_cache.h"
#include "platform/base/hash.h"

namespace suanpan::selection {
namespace {

Result<Learners> learn_before(const History& history, SnapshotCache& cache, Day day, const TrainOptions& options) {
    const auto days = lesson_days(history, day, options.horizon);
    if (days.empty())
        return fail(
            ErrorCode::invalid_argument,
            fmt::format("sales from {} on are too few to score items on {}; four weeks, and twice the horizon of "
                        "{} days, are needed before",
                        format(history.first), format(day), options.horizon),
            "as_of");
    std::vector<Lesson> lessons;
    for (const Day lesson : days) {
        const auto& [snapshot, outcomes] = cache.at(lesson);
        lessons.push_back({&snapshot, &outcomes});
    }
    return learn(TRY(examples(lessons, options.learn.examples)), options.learn);
}

// A trial with what the newest of them leaves behind: its snapshot, for the buyer's list, and its unit.
struct Attempt {
    Trial trial;
    const Snapshot& snapshot;
    double unit = 1;
};

Result<Attempt> attempt(const History& history, SnapshotCache& cache, Day origin, const TrainOptions& options) {
    const auto learners = TRY(learn_before(history, cache, origin, options));
    const auto& then = cache.at(origin);
    return Attempt{{origin, TRY(learners.predict(then.snapshot)), then.outcomes}, then.snapshot, learners.unit};
}

// The days of the trials, oldest first; at least the newest, whose learning fails where the history is too short.
std::vector<Day> trial_days(const History& history, Day day, const TrainOptions& options) {
    std::vector<Day> days = {day - Days(options.horizon)};
    while (std::ssize(days) < options.trials) {
        const Day earlier = days.back() - Days(options.horizon);
        if (lesson_days(history, earlier, options.horizon).empty()) break;
        days.push_back(earlier);
    }
    std::ranges::reverse(days);
    return days;
}

TrialResult judged(const Attempt& one, const std::vector<Trial>& before, std::size_t top) {
    const auto ours = blended(one.trial.scores, choose_weights(before, {top}));
    return {one.trial.origin, missed(ours, one.trial.outcomes, top),
            missed(buyer_scores(one.snapshot, {}), one.trial.outcomes, top)};
}

}  // namespace

History drawn(const History& history, std::size_t most, std::uint64_t seed) {
    if (history.items.size() <= most) return history;
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    for (std::size_t i = 0; i < history.items.size(); ++i) order.emplace_back(fnv1a(history.items[i].id, seed), i);
    std::ranges::nth_element(order, order.begin() + static_cast<std::ptrdiff_t>(most));
    order.resize(most);
    std::ranges::sort(order, {}, &std::pair<std::uint64_t, std::size_t>::second);
    History part{.first = history.first, .last = history.last, .items = {}};
    for (const auto& [_, i] : order) part.items.push_back(history.items[i]);
    return part;
}

double missed(const std::vector<double>& scores, const std::vector<double>& outcomes, std::size_t top) {
    return 1 - judge(scores, outcomes, {top, 0.05}).precision;
}

std::vector<double> expected_profit(const MemberScores& scores, double unit) {
    std::vector<double> expected;
    for (std::size_t i = 0; i < scores[2].size(); ++i) expected.push_back((scores[2][i] + scores[4][i]) / 2 * unit);
    return expected;
}

Result<TrainedScorer> train_scorer(const History& history, Day day, const TrainOptions& options) {
    const auto days = trial_days(history, day, options);
    const int total = static_cast<int>(days.size()) + 1;
    int done = 0;
    std::vector<TrialResult> results;
    std::vector<Trial> tried;
    std::optional<Intervals> intervals;
    SnapshotCache cache(history, options.horizon);
    for (const Day origin : days) {
        auto one = TRY(attempt(history, cache, origin, options));
        results.push_back(judged(one, tried, options.top));
        intervals = Intervals(expected_profit(one.trial.scores, one.unit), one.trial.outcomes, one.unit / 20);
        tried.push_back(std::move(one.trial));
        if (options.progress) options.progress(++done, total);
    }
    auto learners = TRY(learn_before(history, cache, day, options));
    if (options.progress) options.progress(++done, total);
    const auto weights = choose_weights(tried, {options.top});
    return TrainedScorer{
        {std::move(learners), weights, *intervals, options.horizon}, std::move(results), std::move(tried)};
}

}  // namespace suanpan::selection
