#include <algorithm>
#include <cmath>

#include "areas/demand/backtest.h"
#include "areas/demand/shared/shared.h"

namespace suanpan::demand {
namespace {

using Choices = std::vector<const ClassChoice*>;  // an item each; nullptr: served by its own method

// Asks for nothing of the items that the model does not serve.
Choices leave_to_own(Dataset& dataset, const SharedModel& model) {
    Choices choices;
    const auto rule = class_rule(dataset.step_days);
    for (auto& series : dataset.series) {
        const auto& choice = model.classes[class_of(series.values, rule)];
        choices.push_back(choice.weight > 0 ? &choice : nullptr);
        if (choice.weight == 0) series.actual.clear();
    }
    return choices;
}

// Asks as if no promotion had been planned, and of no other items than those that have one. The column of the discount
// follows that of the promoted days.
void cancel_promotions(Dataset& dataset, std::size_t promoted) {
    for (auto& series : dataset.series) {
        auto planned = std::span(series.known[promoted]).subspan(series.values.size());
        if (std::ranges::all_of(planned, [](float days) { return days == 0; })) series.actual.clear();
        std::ranges::fill(planned, 0.0F);
        std::ranges::fill(std::span(series.known[promoted + 1]).subspan(series.values.size()), 0.0F);
    }
}

// What the model says of one item.
struct Said {
    const std::vector<double>& mean;        // a value a period
    const std::vector<double>& unpromoted;  // likewise, were no promotion planned; empty: none is
    double weight;                          // of it
    const std::vector<double>& scores;
    Scatter scatter;
};

// Puts the model's numbers for the item's.
void put_one(ItemForecast& forecast, const Said& said, const PanelOptions& options) {
    const double weight = said.weight, own = forecast.window_mean;
    const auto mixed = [&](double shared, double own_units) { return weight * shared + (1 - weight) * own_units; };
    for (std::size_t h = 0; h < forecast.mean.size(); ++h) forecast.mean[h] = mixed(said.mean[h], forecast.mean[h]);
    const double shared = sum_of(said.mean, options.window);
    forecast.window_mean = mixed(shared, own);
    forecast.method = weight == 1 ? "boosted" : "boosted and " + forecast.path.method;
    const double promotion = said.unpromoted.empty() ? 0 : weight * (shared - sum_of(said.unpromoted, options.window));
    forecast.promotion_part = promotion;
    forecast.shared_part = forecast.window_mean - own - promotion;
    const double spread = deviation(said.scatter, forecast.window_mean);
    for (std::size_t l = 0; l < said.scores.size(); ++l)
        forecast.window_quantiles[l] = std::max(0.0, forecast.window_mean + said.scores[l] * spread);
}

}  // namespace

Result<Predictions> ask_open_days(const LearnedTrees& trees, const Dataset& dataset) {
    auto predictions = TRY(ask_trees(trees, dataset));
    for (auto& series : predictions)
        for (auto& units : series) units = std::max(0.0, units);
    const auto closed = known_place(dataset, closed_column);
    if (dataset.step_days != 1 || !closed) return predictions;
    for (std::size_t s = 0; s < dataset.series.size(); ++s)
        for (std::size_t h = 0; h < predictions[s].size(); ++h)
            if (dataset.series[s].known[*closed][dataset.series[s].values.size() + h] > 0) predictions[s][h] = 0;
    return predictions;
}

namespace {

Result<> check_levels(const SharedModel& model, const PanelOptions& options) {
    for (const auto& one : model.classes)
        if (one.weight > 0 &&
            (one.scores.size() != options.levels.size() || one.promoted_scores.size() != one.scores.size()))
            return fail(ErrorCode::conflict, "the model of all items was judged for other quantiles; train it again");
    return {};
}

void put_error(ItemForecast& forecast, const SharedModel& model) {
    const auto found = model.errors.find(forecast.id);
    if (found == model.errors.end()) return;
    forecast.error = found->second.error;
    forecast.baseline_error = found->second.baseline_error;
    forecast.judged = found->second.windows;
}

}  // namespace

Result<> put_shared(std::vector<ItemForecast>& forecasts, const SharedModel& model, Covariates covariates,
                    const PanelOptions& options) {
    TRY(check_levels(model, options));
    auto& dataset = covariates.dataset;
    TRY(number_by(covariates, model.kinds));
    const auto choices = leave_to_own(dataset, model);
    const auto shared = TRY(ask_open_days(model.trees, dataset));
    std::vector<bool> in_window(shared.size());
    for (std::size_t i = 0; i < in_window.size(); ++i)
        in_window[i] = is_promoted(dataset, i, static_cast<std::size_t>(options.window));
    Predictions unpromoted(shared.size());
    const auto promoted = known_place(dataset, promoted_column);
    if (promoted) {
        cancel_promotions(dataset, *promoted);
        unpromoted = TRY(ask_open_days(model.trees, dataset));
    }
    const auto rule = class_rule(dataset.step_days);
    for (std::size_t i = 0; i < forecasts.size(); ++i) {
        if (choices[i] == nullptr) continue;
        auto& forecast = forecasts[i];
        put_one(forecast,
                {shared[i], unpromoted[i], choices[i]->weight,
                 in_window[i] ? choices[i]->promoted_scores : choices[i]->scores,
                 scatter_of(dataset.series[i].values, options.window, rule)},
                options);
        if (!promoted) forecast.promotion_part.reset();
        put_error(forecast, model);
    }
    return {};
}

}  // namespace suanpan::demand
