#include "areas/demand/trees/choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "platform/base/parallel.h"

namespace suanpan::demand {
namespace {

constexpr std::size_t least_seen = 8;        // periods that a series keeps before the window
constexpr std::size_t least_samples = 1000;  // in front of the window, and what they are asked in it
constexpr int most_rounds = 1200;

// The error in the window as rounds are added.
class Watcher {
  public:
    Watcher(const Dataset& window, const FeatureMaker& maker, const TreeChoice& choice, const RunOptions& options)
        : window_(window),
          options_(options),
          choice_(choice),
          rows_(asked_rows(window, maker, 0, window.series.size())) {
        columns_ = maker.columns();
        sums_.assign(rows_.levels.size(), 0.0);
        best_.error = std::numeric_limits<double>::infinity();
    }

    Result<bool> look(const engines::Boosting& grown, int rounds) {
        const auto added = TRY(grown.sums({rows_.features, columns_}, {seen_, rounds - seen_}));
        seen_ = rounds;
        for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += added[i];
        if (const double now = error(); now < best_.error) {
            best_ = choice_;
            best_.error = now;
            best_.rounds = rounds;
        }
        return rounds - best_.rounds < options_.trees.patience;
    }

    [[nodiscard]] const TreeChoice& best() const { return best_; }

  private:
    [[nodiscard]] double error() const {
        double error = 0, actual = 0;
        std::size_t next = 0;
        for (const auto& series : window_.series) {
            double absolute = 0, squares = 0, count = 0;
            for (std::size_t h = 0; h < series.horizon(); ++h, ++next) {
                if (!(series.weight[h] > 0)) continue;
                const bool linked = choice_.objective == "tweedie" || choice_.objective == "poisson";
                const double learned = linked ? std::exp(sums_[next]) : sums_[next];
                const double units = std::max(0.0, from_scale(choice_.scale, learned) * rows_.levels[next]);
                absolute += std::abs(units - series.actual[h]);
                squares += std::pow(units - series.actual[h], 2);
                actual += series.actual[h];
                count += 1;
            }
            error += options_.aim == Aim::median ? absolute : std::sqrt(squares * count);
        }
        return actual > 0 ? error / actual : 0;
    }

    const Dataset& window_;
    const RunOptions& options_;
    TreeChoice choice_, best_;
    AskedRows rows_;
    std::size_t columns_ = 0;
    std::vector<double> sums_;
    int seen_ = 0;
};

// The validation window and what is made of it once for all that compete.
struct Validation {
    Dataset window;
    FeatureMaker maker;
    const RunOptions& options;

    Validation(const Dataset& dataset, const RunOptions& run)
        : window(earlier(dataset, 1, least_seen)), maker(window), options(run) {}
    [[nodiscard]] bool is_enough() const {
        return samples_of(window, {options.seed, least_samples}).size() >= least_samples / 2;
    }
    [[nodiscard]] Result<TreeChoice> best_rounds(const TreeChoice& choice, std::size_t most_samples) const;
};

std::vector<TreeChoice> competing(Aim aim) {
    if (aim == Aim::mean) return {{.objective = "tweedie"}, {.objective = "regression"}};
    return {{}, {.scale = Scale::logarithm}, {.objective = "tweedie"}};
}

TreeChoice plain(Aim aim) {
    return aim == Aim::mean ? competing(aim).front() : TreeChoice{};
}

Result<TreeChoice> Validation::best_rounds(const TreeChoice& choice, std::size_t most_samples) const {
    const auto samples = samples_of(window, {options.seed, most_samples});
    const auto rows = learning_rows(window, maker, samples, {choice.scale, options.threads});
    Watcher watcher(window, maker, choice, options);
    auto boosting = boosting_options(choice, options);
    boosting.rounds = options.rounds > 0 ? options.rounds : most_rounds;
    boosting.watch = [&](const engines::Boosting& grown, int rounds) { return watcher.look(grown, rounds); };
    TRY(engines::Boosting::train({.features = {rows.features, maker.columns()},
                                  .labels = rows.labels,
                                  .weights = rows.weights,
                                  .categorical = maker.categorical()},
                                 boosting));
    return watcher.best();
}

}  // namespace

Result<std::vector<TreeChoice>> choose_each(const Dataset& dataset, const RunOptions& options) {
    const Validation validation(dataset, options);
    if (!validation.is_enough()) return std::vector{plain(options.aim)};
    std::vector<TreeChoice> found;
    for (const auto& choice : competing(options.aim))
        found.push_back(TRY(validation.best_rounds(choice, options.trees.samples)));
    return found;
}

std::string TreeChoice::text() const {
    return fmt::format("{}{}, {} rounds", objective, scale == Scale::logarithm ? " of the logarithm" : "", rounds);
}

engines::BoostingOptions boosting_options(const TreeChoice& choice, const RunOptions& options) {
    return {.objective = choice.objective,
            .rounds = choice.rounds,
            .learning_rate = options.trees.learning_rate,
            .seed = options.seed,
            .threads = options.trees.is_small ? 1 : options.threads};
}

Result<TreeChoice> choose_trees(const Dataset& dataset, const RunOptions& options) {
    const Validation validation(dataset, options);
    if (!validation.is_enough()) return plain(options.aim);
    const auto choices = competing(options.aim);
    std::vector<Result<TreeChoice>> found(choices.size());
    in_parallel(choices.size(), options.trees.is_small ? options.threads : 1,
                [&](std::size_t i) { found[i] = validation.best_rounds(choices[i], options.trees.race_samples); });
    for (const auto& one : found) TRY(one);
    const auto& winner = *std::ranges::min_element(found, {}, [](const auto& one) { return one->error; });
    return validation.best_rounds(*winner, options.trees.samples);
}

}  // namespace suanpan::demand
