#include "areas/demand/trees/boosted.h"

#include <fmt/format.h>

#include <algorithm>

#include "areas/demand/evaluate/combine.h"
#include "areas/demand/trees/samples.h"

namespace suanpan::demand {
Result<Predictions> boosted(const Dataset& dataset, const RunOptions& options) {
    if (options.rounds > 0) return boosted_as({.rounds = options.rounds}, dataset, options);
    return boosted_as(TRY(choose_trees(dataset, options)), dataset, options);
}

Result<Predictions> boosted_mean(const Dataset& dataset, const RunOptions& options) {
    std::vector<Predictions> each;
    Members members;
    for (const auto& choice : TRY(choose_each(dataset, options)))
        each.push_back(TRY(boosted_as(choice, dataset, options)));
    for (const auto& predictions : each) members.push_back(&predictions);
    return weighted(members, std::vector<double>(members.size(), 1.0 / double(members.size())));
}

Result<Predictions> boosted_as(const TreeChoice& choice, const Dataset& dataset, const RunOptions& options) {
    return ask_trees(TRY(learn_trees(choice, dataset, options)), dataset);
}

Result<LearnedTrees> learn_trees(const TreeChoice& choice, const Dataset& dataset, const RunOptions& options) {
    const FeatureMaker maker(dataset);
    const auto samples = samples_of(dataset, {.seed = options.seed, .most = options.trees.samples});
    constexpr std::size_t least = 200;
    if (samples.size() < least)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("boosted trees have {} rows to learn from and need {}; give more or longer series",
                                samples.size(), least));
    if (options.tell) options.tell(choice.text());
    const auto rows = learning_rows(dataset, maker, samples, {choice.scale, options.threads});
    auto trees = TRY(engines::Boosting::train({.features = {rows.features, maker.columns()},
                                               .labels = rows.labels,
                                               .weights = rows.weights,
                                               .categorical = maker.categorical()},
                                              boosting_options(choice, options)));
    return LearnedTrees{std::move(trees), choice.scale, maker.names()};
}

Result<Predictions> ask_trees(const LearnedTrees& learned, const Dataset& dataset) {
    const FeatureMaker maker(dataset);
    if (maker.names() != learned.columns)
        return fail(ErrorCode::conflict,
                    "the data have other features than these trees learned from; train them again");
    Predictions predictions(dataset.series.size());
    constexpr std::size_t block = 512;  // series that are asked for together
    for (std::size_t from = 0; from < dataset.series.size(); from += block) {
        const auto to = std::min(from + block, dataset.series.size());
        const auto rows = asked_rows(dataset, maker, from, to);
        const auto values = TRY(learned.trees.predict({rows.features, maker.columns()}));
        std::size_t next = 0;
        for (auto s = from; s < to; ++s)
            for (std::size_t h = 0; h < dataset.series[s].horizon(); ++h, ++next)
                predictions[s].push_back(from_scale(learned.scale, values[next]) * rows.levels[next]);
    }
    return predictions;
}

}  // namespace suanpan::demand
