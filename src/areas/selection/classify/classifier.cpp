#include "areas/selection/classify/classifier.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "areas/selection/classify/class_measures.h"

namespace suanpan::selection {
namespace {

double log_odds(double p) {
    p = std::clamp(p, 1e-6, 1 - 1e-6);
    return std::log(p / (1 - p));
}

double chance(double odds) {
    return 1 / (1 + std::exp(-odds));
}

// A number of the list or of the interval; not by the library's distributions, which differ from one to the next.
template <class T>
T one_of(std::mt19937_64& draw, std::initializer_list<T> list) {
    return *(list.begin() + draw() % list.size());
}

double within(std::mt19937_64& draw, double low, double high) {
    return low + (high - low) * static_cast<double>(draw() >> 11) * 0x1p-53;
}

Recipe plain(bool xgboost) {
    return {xgboost,
            {.objective = xgboost ? "binary:logistic" : "binary",
             .rounds = 200,
             .learning_rate = 0.03,
             .leaves = 15,
             .least_rows = xgboost ? 5 : 40,
             .feature_share = 0.8,
             .row_share = 0.7,
             .ridge = 5}};
}

Recipe drawn(std::mt19937_64& draw, bool xgboost) {
    auto recipe = plain(xgboost);
    auto& o = recipe.options;
    o.leaves = one_of(draw, {5, 7, 11, 15, 23, 31});
    o.learning_rate = within(draw, 0.015, 0.05);
    o.rounds = static_cast<int>(within(draw, 4, 9) / o.learning_rate);
    o.least_rows = static_cast<int>(within(draw, 15, 120) / (xgboost ? 8 : 1));
    o.feature_share = within(draw, 0.3, 1);
    o.row_share = within(draw, 0.5, 0.95);
    o.ridge = one_of(draw, {1.0, 3.0, 10.0, 30.0});
    o.bins = one_of(draw, {63, 127, 255});
    return recipe;
}

Result<TreeModel> fit(const LabelledTable& rows, Recipe recipe, const ClassifierOptions& options) {
    recipe.options.threads = options.threads;
    recipe.options.seed = options.seed;
    const engines::TrainingRows training{
        .features = rows.all(), .labels = rows.labels, .weights = {}, .categorical = {}};
    if (recipe.xgboost) return TreeModel(TRY(engines::XgBoosting::train(training, recipe.options)));
    return TreeModel(TRY(engines::Boosting::train(training, recipe.options)));
}

Result<std::vector<double>> odds_of(const TreeModel& model, const engines::Rows& rows) {
    auto values = TRY(std::visit([&](const auto& m) { return m.predict(rows); }, model));
    for (double& v : values) v = log_odds(v);
    return values;
}

// A fold each row; every fold has its share of both kinds.
Result<std::vector<int>> folds_of(const std::vector<float>& labels, const ClassifierOptions& options) {
    std::vector<std::size_t> places(labels.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
    std::mt19937_64 draw(options.seed);
    for (std::size_t i = places.size(); i > 1; --i) std::swap(places[i - 1], places[draw() % i]);
    std::vector<int> folds(labels.size());
    int counts[2] = {0, 0};
    for (const auto place : places) folds[place] = counts[labels[place] > 0 ? 1 : 0]++ % options.folds;
    if (std::min(counts[0], counts[1]) < options.folds)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("there are {} rows that are and {} that are not; {} folds need as many of each",
                                counts[1], counts[0], options.folds));
    return folds;
}

struct Split {
    LabelledTable known, asked;
    std::vector<std::size_t> places;  // of `asked`
};

std::vector<Split> splits_of(const LabelledTable& rows, const std::vector<int>& folds, int count) {
    std::vector<Split> splits;
    for (int fold = 0; fold < count; ++fold) {
        std::vector<std::size_t> known, asked;
        for (std::size_t i = 0; i < folds.size(); ++i) (folds[i] == fold ? asked : known).push_back(i);
        splits.push_back({rows.only(known), rows.only(asked), asked});
    }
    return splits;
}

Result<std::vector<double>> out_of_fold(const std::vector<Split>& splits, const Recipe& recipe,
                                        const ClassifierOptions& options) {
    std::size_t rows = 0;
    for (const auto& split : splits) rows += split.places.size();
    std::vector<double> found(rows);
    for (const auto& split : splits) {
        const auto model = TRY(fit(split.known, recipe, options));
        const auto odds = TRY(odds_of(model, split.asked.all()));
        for (std::size_t i = 0; i < odds.size(); ++i) found[split.places[i]] = odds[i];
    }
    return found;
}

void add_to(std::vector<double>& sum, const std::vector<double>& odds, double weight) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += weight * odds[i];
}

// Sets the weights and gives the blend out of fold. It begins with the best recipe of each library.
std::vector<double> choose(std::vector<TriedRecipe>& tried, const std::vector<std::vector<double>>& odds,
                           const std::vector<float>& labels, int additions) {
    std::vector<double> sum(labels.size());
    double total = 0;
    const auto add = [&](std::size_t r) {
        add_to(sum, odds[r], 1);
        ++tried[r].weight;
        ++total;
    };
    for (const bool xgboost : {false, true}) {
        std::size_t best = xgboost ? 1 : 0;
        for (std::size_t r = best; r < tried.size(); r += 2)
            if (tried[r].auc > tried[best].auc) best = r;
        add(best);
    }
    for (int addition = 2; addition < additions; ++addition) {
        std::size_t best = 0;
        double most = -1;
        for (std::size_t r = 0; r < tried.size(); ++r) {
            auto with = sum;
            add_to(with, odds[r], 1);
            if (const double auc = area_under_curve(with, labels); auc > most) {
                most = auc;
                best = r;
            }
        }
        add(best);
    }
    for (double& s : sum) s /= total;
    for (auto& t : tried) t.weight /= total;
    return sum;
}

// Platt's sigmoid: slope and shift of the log odds with the least loss, by Newton's steps.
std::pair<double, double> platt(const std::vector<double>& odds, const std::vector<float>& labels) {
    double slope = 1, shift = 0;
    for (int step = 0; step < 50; ++step) {
        double gs = 0, gb = 0, ss = 1e-9, sb = 0, bb = 1e-9;
        for (std::size_t i = 0; i < odds.size(); ++i) {
            const double p = chance(slope * odds[i] + shift), error = p - double(labels[i]), w = p * (1 - p);
            gs += error * odds[i];
            gb += error;
            ss += w * odds[i] * odds[i];
            sb += w * odds[i];
            bb += w;
        }
        const double determinant = ss * bb - sb * sb;
        if (!(determinant > 1e-12)) break;
        const double ds = (bb * gs - sb * gb) / determinant, db = (ss * gb - sb * gs) / determinant;
        slope -= ds;
        shift -= db;
        if (std::abs(ds) + std::abs(db) < 1e-9) break;
    }
    return {slope, shift};
}

}  // namespace

std::vector<Recipe> draw_recipes(int count, std::uint64_t seed) {
    std::mt19937_64 draw(seed);
    std::vector<Recipe> recipes;
    for (int i = 0; i < count; ++i) recipes.push_back(i < 2 ? plain(i == 1) : drawn(draw, i % 2 == 1));
    return recipes;
}

Result<Classifier> Classifier::train(const LabelledTable& rows, const ClassifierOptions& options) {
    const auto splits = splits_of(rows, TRY(folds_of(rows.labels, options)), options.folds);
    Classifier made;
    std::vector<std::vector<double>> odds;
    for (const auto& recipe : draw_recipes(std::max(2, options.trials), options.seed)) {
        odds.push_back(TRY(out_of_fold(splits, recipe, options)));
        made.tried_.push_back({recipe, area_under_curve(odds.back(), rows.labels), 0});
    }
    const auto blend = choose(made.tried_, odds, rows.labels, options.additions);
    std::tie(made.slope_, made.shift_) = platt(blend, rows.labels);
    std::vector<double> calibrated;
    for (const double b : blend) calibrated.push_back(chance(made.slope_ * b + made.shift_));
    made.threshold_ = best_threshold(calibrated, rows.labels);
    for (const auto& tried : made.tried_)
        if (tried.weight > 0) made.kept_.emplace_back(tried.weight, TRY(fit(rows, tried.recipe, options)));
    for (const bool xgboost : {false, true}) {
        std::size_t best = xgboost ? 1 : 0;
        for (std::size_t r = best; r < made.tried_.size(); r += 2)
            if (made.tried_[r].auc > made.tried_[best].auc) best = r;
        made.singles_.push_back(TRY(fit(rows, made.tried_[best].recipe, options)));
    }
    return made;
}

Result<std::vector<double>> Classifier::chances(const engines::Rows& rows) const {
    std::vector<double> sum(rows.count());
    for (const auto& [weight, model] : kept_) add_to(sum, TRY(odds_of(model, rows)), weight);
    for (double& s : sum) s = chance(slope_ * s + shift_);
    return sum;
}

Result<std::vector<double>> Classifier::single(const engines::Rows& rows, bool xgboost) const {
    auto odds = TRY(odds_of(singles_[xgboost ? 1 : 0], rows));
    for (double& o : odds) o = chance(o);
    return odds;
}

}  // namespace suanpan::selection
