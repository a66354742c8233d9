#include "areas/selection/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "areas/selection/explain.h"
#include "areas/selection/interval.h"

namespace suanpan::selection {
namespace {

struct Learned {
    Learners learners;
    Snapshot now;
    MemberScores scores;
    std::vector<double> expected;  // minor units
};

Result<Learners> learn_before(const History& history, Day day, const ScoreOptions& options) {
    const auto days = lesson_days(history, day, options.horizon);
    if (days.empty())
        return fail(
            ErrorCode::invalid_argument,
            fmt::format("sales from {} on are too few to score items on {}; four weeks, and twice the horizon of "
                        "{} days, are needed before",
                        format(history.first), format(day), options.horizon),
            "as_of");
    std::vector<Snapshot> snapshots;
    std::vector<std::vector<double>> happened;
    for (const Day lesson : days) {
        snapshots.push_back(snapshot(history, lesson, options.horizon));
        happened.push_back(outcomes(history, snapshots.back(), options.horizon));
    }
    std::vector<Lesson> lessons;
    for (std::size_t i = 0; i < days.size(); ++i) lessons.push_back({&snapshots[i], &happened[i]});
    return learn(TRY(examples(lessons, options.learn.examples)), options.learn);
}

Result<Learned> predict_on(const History& history, Day day, const ScoreOptions& options) {
    auto learners = TRY(learn_before(history, day, options));
    auto now = snapshot(history, day, options.horizon);
    auto scores = TRY(learners.predict(now));
    std::vector<double> expected;
    for (std::size_t i = 0; i < now.count(); ++i) expected.push_back((scores[2][i] + scores[4][i]) / 2 * learners.unit);
    return Learned{std::move(learners), std::move(now), std::move(scores), std::move(expected)};
}

Result<std::vector<Reasons>> explain_all(const Learned& learned) {
    const auto rows = learned.now.rows();
    auto shares = TRY(learned.learners.lightgbm.contributions(rows));
    const auto more = TRY(learned.learners.xgboost.contributions(rows));
    for (std::size_t i = 0; i < shares.size(); ++i) shares[i] = (shares[i] + more[i]) / 2;
    std::vector<Reasons> all;
    for (std::size_t row = 0; row < rows.count(); ++row)
        all.push_back(reasons(learned.now, row, by_topic(&shares[row * (rows.columns + 1)])));
    return all;
}

std::vector<Scored> candidates(const History& history, const Learned& learned, const Intervals& intervals,
                               const std::vector<double>& scores) {
    const auto quiet = column("days_since_sale"), stock = column("stock");
    const auto or_none = [](double value) { return std::isnan(value) ? -1 : value; };
    std::vector<Scored> all;
    for (std::size_t row = 0; row < learned.now.count(); ++row) {
        const auto bounds = intervals.around(learned.expected[row]);
        all.push_back(
            {scores[row], learned.expected[row], bounds.low, bounds.high, or_none(double(learned.now.at(row, quiet))),
             or_none(std::expm1(double(learned.now.at(row, stock)))), history.items[learned.now.items[row]].category});
    }
    return all;
}

}  // namespace

Result<std::vector<ItemScore>> score_items(const History& history, Day day, const ScoreOptions& options) {
    const auto before = TRY(predict_on(history, day - Days(options.horizon), options));
    const auto happened = outcomes(history, before.now, options.horizon);
    const Intervals intervals(before.expected, happened, before.learners.unit / 20);
    const auto weights = choose_weights({{before.now.origin, before.scores, happened}}, {options.list.slots});
    const auto learned = TRY(predict_on(history, day, options));
    const auto why = TRY(explain_all(learned));
    const auto scores = blended(learned.scores, weights);
    const auto items = candidates(history, learned, intervals, scores);
    const auto plan = plan_list(items, options.list);
    std::vector<ItemScore> found;
    for (const auto row : best(scores, scores.size()))
        found.push_back({learned.now.items[row], std::ssize(found) + 1, plan[row].action, plan[row].explores,
                         items[row].expected, items[row].low, items[row].high, why[row].en, why[row].zh});
    return found;
}

}  // namespace suanpan::selection
