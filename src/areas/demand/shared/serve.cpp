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
    const double promotion = said.unpromoted.empty() ? 0 : weight * (shared - sum_of(said.unpromoted, options.window));
    forecast.promotion_part = promotion;
    forecast.shared_part = forecast.window_mean - own - promotion;
    const double spread = deviation(said.scatter, forecast.window_mean);
    for (std::size_t l = 0; l < said.scores.size(); ++l)
        forecast.window_quantiles[l] = std::max(0.0, forecast.window_mean + said.scores[l] * spread);
}

}  // namespace

Predictions on_open_days(Predictions predictions, const Dataset& dataset) {
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

bool has_share(const ClassChoice* choice, std::size_t challenger) {
    return choice != nullptr && !choice->mix.empty() && choice->mix[challenger + 1] > 0;
}

// What the models say of each series, in the shares of its class.
Result<Predictions> ask_models(const SharedModel& model, const Dataset& dataset, const Choices& choices, int threads) {
    auto said = on_open_days(TRY(ask_trees(model.trees, dataset)), dataset);
    for (std::size_t i = 0; i < said.size(); ++i)
        if (choices[i] != nullptr && !choices[i]->mix.empty())
            for (auto& units : said[i]) units *= choices[i]->mix[0];
    for (std::size_t k = 0; k < model.challengers.size(); ++k) {
        auto asked = ask_challenger(model.challengers[k], dataset, threads);
        if (!asked && asked.error().code == ErrorCode::invalid_argument)
            return fail(ErrorCode::conflict, asked.error().text());
        const auto more = on_open_days(TRY(std::move(asked)), dataset);
        for (std::size_t i = 0; i < said.size(); ++i)
            for (std::size_t h = 0; has_share(choices[i], k) && h < said[i].size(); ++h)
                said[i][h] += choices[i]->mix[k + 1] * more[i][h];
    }
    return said;
}

// Who made the number: "boosted and tcn and ses".
std::string method_of(const ClassChoice& choice, const SharedModel& model, const std::string& own) {
    std::string text = choice.mix.empty() || choice.mix[0] > 0 ? "boosted" : "";
    const auto add = [&](std::string_view more) { text += (text.empty() ? "" : " and ") + std::string(more); };
    for (std::size_t k = 0; k < model.challengers.size(); ++k)
        if (has_share(&choice, k)) add(name(model.challengers[k].challenger));
    if (choice.weight < 1) add(own);
    return text;
}

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
    const auto shared = TRY(ask_models(model, dataset, choices, options.threads));
    std::vector<bool> in_window(shared.size());
    for (std::size_t i = 0; i < in_window.size(); ++i)
        in_window[i] = is_promoted(dataset, i, static_cast<std::size_t>(options.window));
    Predictions unpromoted(shared.size());
    const auto promoted = known_place(dataset, promoted_column);
    if (promoted) {
        cancel_promotions(dataset, *promoted);
        unpromoted = TRY(ask_models(model, dataset, choices, options.threads));
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
        forecast.method = method_of(*choices[i], model, forecast.path.method);
        if (!promoted) forecast.promotion_part.reset();
        put_error(forecast, model);
    }
    return {};
}

}  // namespace suanpan::demand
