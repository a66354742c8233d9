#include "areas/selection/backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "areas/selection/lessons.h"
#include "areas/selection/rivals.h"
#include "areas/selection/snapshot_cache.h"

namespace suanpan::selection {
namespace {

constexpr int least_past = 28;  // days of history before the first lesson
constexpr int lesson_step = 7;

struct Method {
    std::string name;
    std::vector<double> scores;
};

std::vector<Method> methods_of(const Snapshot& snapshot, const MemberScores& members, const Weights& weights) {
    std::vector<Method> all = {{"random", random_scores(snapshot, 1 + snapshot.origin.time_since_epoch().count())},
                               {"last 4 weeks", recent_scores(snapshot)},
                               {"buyer's rules", buyer_scores(snapshot, {})},
                               {"linear", members[1]},
                               {"lightgbm", members[2]},
                               {"xgboost", members[4]},
                               {"ensemble", blended(members, weights)}};
    if (auto year = last_year_scores(snapshot)) all.push_back({"last year", *std::move(year)});
    return all;
}

Result<Trial> attempt(SnapshotCache& cache, const std::vector<Day>& lessons, Day day, const BacktestOptions& options) {
    std::vector<Lesson> learned;
    for (const Day lesson : lessons) {
        const auto& entry = cache.at(lesson);
        learned.push_back({&entry.snapshot, &entry.outcomes});
    }
    const auto learners = TRY(learn(TRY(examples(learned, options.learn.examples)), options.learn));
    const auto& now = cache.at(day);
    return Trial{day, TRY(learners.predict(now.snapshot)), now.outcomes};
}

// Those whose outcomes had happened by the morning of the day.
std::vector<Trial> known_by(const std::vector<Trial>& trials, Day day, int horizon) {
    std::vector<Trial> known;
    for (const auto& trial : trials)
        if (trial.origin + Days(horizon) <= day) known.push_back(trial);
    return known;
}

void judge_all(const Trial& trial, const Snapshot& snapshot, const BacktestOptions& options, Backtest& result) {
    for (const auto& method : methods_of(snapshot, trial.scores, result.origins.back().weights))
        for (const auto top : options.tops)
            result.judged.push_back(
                {trial.origin, method.name, top,
                 judge(method.scores, trial.outcomes, {top, options.learn.examples.success_share})});
}

}  // namespace

std::vector<Day> lesson_days(const History& history, Day origin, int horizon) {
    std::vector<Day> days;
    for (Day day = origin - Days(horizon); day >= history.first + Days(least_past); day -= Days(lesson_step))
        days.push_back(day);
    std::ranges::reverse(days);
    return days;
}

std::vector<Day> origins_of(const History& history, const BacktestOptions& options) {
    const Day last = history.last + Days(1) - Days(options.horizon);
    std::vector<Day> days;
    for (int back = options.origins + options.warm_up - 1; back >= 0; --back) {
        const Day day = last - Days(back * options.step);
        if (!lesson_days(history, day, options.horizon).empty()) days.push_back(day);
    }
    return days;
}

Result<Backtest> backtest(const History& history, const BacktestOptions& options,
                          const std::function<void(int done)>& progress) {
    const auto days = origins_of(history, options);
    if (std::ssize(days) < options.origins)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("sales from {} to {} can judge {} origins, not {}; ask for fewer, or a shorter "
                                "horizon or step",
                                format(history.first), format(history.last), days.size(), options.origins),
                    "origins");
    SnapshotCache cache(history, options.horizon);
    std::vector<Trial> trials;
    Backtest result;
    for (std::size_t i = 0; i < days.size(); ++i) {
        const auto lessons = lesson_days(history, days[i], options.horizon);
        auto trial = TRY(attempt(cache, lessons, days[i], options));
        if (std::ssize(days) - static_cast<std::ptrdiff_t>(i) <= options.origins) {
            std::int64_t rows = 0;
            for (const Day lesson : lessons) rows += static_cast<std::int64_t>(cache.at(lesson).snapshot.count());
            const auto& now = cache.at(days[i]).snapshot;
            result.origins.push_back({days[i],
                                      static_cast<std::int64_t>(now.count()),
                                      rows,
                                      choose_weights(known_by(trials, days[i], options.horizon), options.tops),
                                      {}});
            result.origins.back().scores = blended(trial.scores, result.origins.back().weights);
            judge_all(trial, now, options, result);
        }
        trials.push_back(std::move(trial));
        progress(static_cast<int>(i) + 1);
    }
    return result;
}

std::vector<Summary> summarise(const Backtest& backtest) {
    struct Series {
        std::vector<double> precision, recall, captured, buyer;
    };
    std::map<std::pair<std::size_t, Day>, double> buyer;
    for (const auto& j : backtest.judged)
        if (j.method == "buyer's rules") buyer[{j.top, j.origin}] = j.verdict.precision;
    std::map<std::pair<std::size_t, std::string>, Series> all;
    for (const auto& j : backtest.judged) {
        auto& series = all[{j.top, j.method}];
        series.precision.push_back(j.verdict.precision);
        series.recall.push_back(j.verdict.recall);
        series.captured.push_back(j.verdict.captured);
        series.buyer.push_back(buyer[{j.top, j.origin}]);
    }
    std::vector<Summary> found;
    for (const auto& [key, s] : all)
        found.push_back({key.second, key.first, static_cast<int>(s.precision.size()), bootstrap(s.precision, 1),
                         bootstrap(s.recall, 1), bootstrap(s.captured, 1), bootstrap_ratio(s.precision, s.buyer, 1)});
    return found;
}

}  // namespace suanpan::selection
