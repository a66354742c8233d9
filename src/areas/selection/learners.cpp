#include "areas/selection/learners.h"

#include <algorithm>
#include <cmath>

#include "areas/selection/judge.h"
#include "areas/selection/rivals.h"

namespace suanpan::selection {

namespace {

double mean_profit(const std::vector<Lesson>& lessons) {
    double sum = 0, count = 0;
    for (const auto& [snapshot, outcomes] : lessons)
        for (const double profit : *outcomes) {
            sum += std::max(0.0, profit);
            ++count;
        }
    return sum / std::max(1.0, count);
}

std::vector<float> successes(const std::vector<double>& outcomes, double share) {
    std::vector<float> success(outcomes.size());
    const auto wins = static_cast<std::size_t>(std::ceil(share * static_cast<double>(outcomes.size())));
    for (const auto place : best(outcomes, wins)) success[place] = 1;
    return success;
}

// With fewer rows the threads of a tree wait for one another longer than they work: 6 s become 3 s at 2,000 rows.
constexpr std::size_t rows_for_threads = 20'000;

}  // namespace

Result<Examples> examples(const std::vector<Lesson>& lessons, const ExampleOptions& options) {
    Examples all{.unit = mean_profit(lessons)};
    if (all.unit <= 0)
        return fail(ErrorCode::invalid_argument,
                    "nothing was sold after any of the days to learn from; wait for more sales, or choose a later day");
    std::size_t rows = 0, seen = 0;
    for (const auto& [snapshot, outcomes] : lessons) rows += outcomes->size();
    const std::size_t stride = (rows + options.most_rows - 1) / options.most_rows, width = columns().size();
    for (const auto& [snapshot, outcomes] : lessons) {
        const auto success = successes(*outcomes, options.success_share);
        for (std::size_t row = 0; row < outcomes->size(); ++row) {
            if (seen++ % stride != 0) continue;
            const auto from = snapshot->values.begin() + static_cast<std::ptrdiff_t>(row * width);
            all.features.insert(all.features.end(), from, from + static_cast<std::ptrdiff_t>(width));
            const double scaled = std::max(0.0, (*outcomes)[row]) / all.unit;
            all.profit.push_back(static_cast<float>(scaled));
            all.log_profit.push_back(static_cast<float>(std::log1p(20 * scaled)));
            all.success.push_back(success[row]);
        }
    }
    return all;
}

Result<Learners> learn(const Examples& examples, const LearnOptions& options) {
    const engines::Rows features{examples.features, columns().size()};
    const auto on = [&](const std::vector<float>& labels) {
        return engines::TrainingRows{.features = features, .labels = labels, .weights = {}, .categorical = {}};
    };
    engines::BoostingOptions trees{.tweedie_power = 1.5,
                                   .rounds = options.rounds,
                                   .learning_rate = 0.05,
                                   .leaves = 31,
                                   .least_rows = 60,
                                   .feature_share = 0.5,
                                   .row_share = 0.7,
                                   .ridge = 5,
                                   .bins = 63,
                                   .seed = options.seed,
                                   .threads = examples.profit.size() < rows_for_threads ? 1 : options.threads};
    const auto with = [&](const char* objective, int least) {
        trees.objective = objective;
        trees.least_rows = least;
        return trees;
    };
    return Learners{
        .linear = TRY(fit_linear(on(examples.log_profit), 0.01)),
        .lightgbm = TRY(engines::Boosting::train(on(examples.profit), with("tweedie", 60))),
        .lightgbm_log = TRY(engines::Boosting::train(on(examples.log_profit), with("regression", 60))),
        .xgboost = TRY(engines::XgBoosting::train(on(examples.profit), with("reg:tweedie", 20))),
        .xgboost_success = TRY(engines::XgBoosting::train(on(examples.success), with("binary:logistic", 5))),
        .unit = examples.unit};
}

Result<MemberScores> Learners::predict(const Snapshot& snapshot) const {
    const auto rows = snapshot.rows();
    return MemberScores{recent_scores(snapshot),     linear.predict(rows),
                        TRY(lightgbm.predict(rows)), TRY(lightgbm_log.predict(rows)),
                        TRY(xgboost.predict(rows)),  TRY(xgboost_success.predict(rows))};
}

}  // namespace suanpan::selection
