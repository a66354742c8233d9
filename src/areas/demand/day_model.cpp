#include "areas/demand/day_model.h"

#include <algorithm>
#include <cmath>

#include "platform/models/promotion.h"

namespace suanpan::demand {
namespace {

using store::Connection;

// Periods of all series together that a model of all items is learned from without being asked to.
constexpr std::size_t most_periods = 20'000'000;

Result<bool> wants_shared(Connection& connection, const store::Settings& settings, const History& history) {
    const auto wish = settings.text("demand.shared", "auto");
    if (wish != "auto") return wish == "on";
    std::size_t periods = 0;
    for (const auto& series : history.series) periods += series.values.size();
    if (periods > most_periods) return false;
    return !challengers_of(settings).empty() || TRY(has_covariates(connection));
}

// What the steps of a run are called.
std::string step_name(const Training& training, std::string_view what) {
    return std::string(what) + (training.history.spots.empty() ? "" : " by place");
}

// The options with the progress of one part of the run.
PanelOptions watched(const Training& training, operations::Context& context, std::string_view what) {
    auto options = training.options;
    options.progress = [&context, step = step_name(training, what), count = training.history.series.size()](
                           std::size_t done) { context.progress({step, double(done), double(count), "items"}); };
    options.learning = [&context, step = step_name(training, "learning from all items")](std::size_t done,
                                                                                         std::size_t steps) {
        context.progress({step, double(done), double(steps), "steps"});
    };
    return options;
}

Result<std::optional<models::Version>> serving_version(const store::Shop& shop, const std::string& model) {
    return shop.database().read([&](Connection& connection) -> Result<std::optional<models::Version>> {
        const auto serving = TRY(models::serving(connection, model));
        if (!serving) return std::nullopt;
        auto version = models::load(connection, shop, model, serving->version);
        if (!version) return std::nullopt;  // damaged: nothing to go on from, and serving it will say so
        return *std::move(version);
    });
}

// Trains the version unless it is there, and proposes that it serves unless one of later data does.
Result<> train_and_promote(operations::Context& context, Training& training, Day as_of, DayModel& report) {
    const auto& shop = context.shop;
    auto serving = TRY(serving_version(shop, std::string(training.period.model)));
    const bool same = serving && is_same(serving->card, training);
    const auto same_card = same ? std::optional(serving->card) : std::nullopt;
    if (serving && !same) training.base = base_of(*std::move(serving), training);
    const auto card = same_card ? *same_card : card_of(training);
    report.trained_version = card.version;
    std::optional<models::Draft> draft;
    if (!TRY(shop.database().read(
            [&](Connection& connection) { return models::is_registered(connection, card.name, card.version); }))) {
        training.options = watched(training, context, "training");
        auto made = TRY(train(shop, training, card));
        report.kept = made.kept;
        report.shared = made.shared;
        draft = std::move(made.draft);
    }
    training.base.reset();
    return shop.database().write([&](Connection& connection) -> Result<> {
        if (draft) TRY(models::add(connection, shop, *draft));
        const auto serving = TRY(models::serving(connection, card.name));
        const auto served_end = TRY(end_of(TRY(models::card(connection, card.name, serving->version))));
        if (served_end > training.history.end) {
            report.promotion = "older";
            return {};
        }
        const auto outcome =
            TRY(models::promote(connection, shop, {card.name, card.version, as_of, ""}, {"job:demand.run", now()}));
        report.promotion = outcome.state;
        report.promotion_message = outcome.message;
        return {};
    });
}

// The version that serves, or the day's own where that one has seen the day's future.
Result<models::Version> version_for(operations::Context& context, const DayModel& report) {
    return context.shop.database().read([&](Connection& connection) -> Result<models::Version> {
        const auto serving = TRY(models::serving(connection, report.model));
        const auto& chosen = report.promotion == "older" ? report.trained_version : serving->version;
        return models::load(connection, context.shop, report.model, chosen);
    });
}

}  // namespace

Result<Training> training_of(operations::Context& context, Day as_of, Grain grain) {
    const auto& settings = context.shop.settings();
    const auto base = TRY(period_of(settings));
    const auto period = grain == Grain::place ? by_place(base) : base;
    Training training{.period = period, .options = panel_options(settings, period)};
    const double weeks = settings.number("demand.refit_weeks", 4);
    training.refit_every = std::max(1, static_cast<int>(std::lround(weeks * 7 / period.days)));
    TRY(context.shop.database().read([&](Connection& connection) -> Result<> {
        const auto end = end_of_history(period, as_of);
        training.history = TRY(grain == Grain::place ? read_place_history(connection, period, end)
                                                     : read_history(connection, period, end));
        const int window = training.options.window, horizon = std::max(training.options.horizon, window);
        if (!TRY(wants_shared(connection, settings, training.history))) return {};
        training.challengers = challengers_of(settings);
        training.covariates = TRY(read_covariates(connection, training.history, {period, horizon, window}));
        return {};
    }));
    training.options.stop = context.stop;
    return training;
}

Result<DayForecasts> forecast_day(operations::Context& context, Training& training, Day as_of) {
    DayForecasts day{.model = {.model = std::string(training.period.model)}, .forecasts = {}};
    TRY(train_and_promote(context, training, as_of, day.model));
    auto version = TRY(version_for(context, day.model));
    day.model.model_version = version.card.version;
    training.options = watched(training, context, "forecasting");
    day.forecasts = TRY(serve(std::move(version), training));
    return day;
}

}  // namespace suanpan::demand
