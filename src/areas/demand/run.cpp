#include "areas/demand/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>

#include "areas/demand/contributions.h"
#include "areas/demand/newcomers/judge.h"
#include "areas/demand/newcomers/read.h"
#include "areas/demand/planner/overrides.h"
#include "areas/demand/train.h"
#include "platform/models/promotion.h"

namespace suanpan::demand {
struct ForecastRow {
    Day as_of;
    std::string item_id, method;
    Day first_period;
    std::vector<double> mean;
    std::int64_t window_periods = 0;
    double window_mean = 0;
    std::vector<double> levels, window_quantiles;
    double baseline_mean = 0, error = 0, baseline_error = 0;
    std::int64_t periods = 0, judged = 0, period_days = 7;
    std::string model, model_version;
    std::optional<std::vector<double>> planned_mean;  // these four by apply_overrides
    std::optional<double> planned_window_mean;
    std::optional<std::vector<double>> planned_window_quantiles;
    std::optional<std::int64_t> override_id;
    double base_part = 0, trend_part = 0;
    std::optional<std::vector<double>> season_part;  // NULL where the method has no season
    double cut_part = 0, alike_part = 0, shared_part = 0;
    std::optional<double> promotion_part;  // NULL where the number knows of no promotions
};

struct BeginningRow {
    Day as_of;
    std::string item_id;
    std::int64_t place = 0;
    std::string other_id;
    double likeness = 0;
};

namespace {

using store::Connection;

constexpr std::int64_t shown_beginnings = 20;  // kept of each new item

ForecastRow as_row(const ItemForecast& forecast, std::size_t periods, const Training& training,
                   const RunReport& report) {
    const auto parts = contributions(forecast.path, training.options.window);
    return {.as_of = report.as_of,
            .item_id = forecast.id,
            .method = forecast.method,
            .first_period = training.history.end,
            .mean = forecast.mean,
            .window_periods = training.options.window,
            .window_mean = forecast.window_mean,
            .levels = training.options.levels,
            .window_quantiles = forecast.window_quantiles,
            .baseline_mean = forecast.baseline_mean,
            .error = forecast.error,
            .baseline_error = forecast.baseline_error,
            .periods = static_cast<std::int64_t>(periods),
            .judged = forecast.judged,
            .period_days = training.period.days,
            .model = report.model,
            .model_version = report.model_version,
            .base_part = parts.base,
            .trend_part = parts.trend,
            .season_part = parts.season.empty() ? std::nullopt : std::optional(parts.season),
            .cut_part = parts.cut,
            .alike_part = parts.alike,
            .shared_part = forecast.shared_part,
            .promotion_part = forecast.promotion_part};
}

// Of a new item by the beginnings of others, in place of `row` where it sold before.
void put_newcomer(ForecastRow& row, const Launch& launch, const NewcomerForecast& forecast) {
    const auto newest = std::min<std::size_t>(launch.values.size(), static_cast<std::size_t>(28 / row.period_days));
    const double own =
        std::accumulate(launch.values.end() - static_cast<std::ptrdiff_t>(newest), launch.values.end(), 0.0);
    row.item_id = launch.id;
    row.method = name(forecast.alike.way);
    row.mean = forecast.mean;
    row.window_mean = forecast.window_units;
    row.window_quantiles = forecast.window_quantiles;
    row.base_part = newest == 0 ? 0 : own / double(newest) * double(row.window_periods);
    row.trend_part = row.cut_part = row.shared_part = 0;
    row.promotion_part.reset();
    row.season_part.reset();
    row.alike_part = row.window_mean - row.base_part;
}

struct Newcomers {
    std::vector<ForecastRow> rows;  // of items that never sold
    std::vector<BeginningRow> beginnings;
};

// Puts the forecasts of new items in place of their rows, sorted by item, and gives what else there is.
Result<Newcomers> forecast_newcomers(operations::Context& context, const Training& training, const RunReport& report,
                                     std::vector<ForecastRow>& rows) {
    const auto options = launch_options(training.period, training.options);
    const auto launches = TRY(read_launches(context, training.history, options, report.as_of));
    Newcomers found;
    if (launches.fresh.empty()) return found;
    const auto choices = choose(judge(launches.all, options), launches.now, options);
    for (const auto place : launches.fresh) {
        const auto& launch = launches.all[place];
        const auto forecast = forecast_launch(launches.all, launch, launches.now, choices, options);
        if (!forecast) continue;
        const auto old = std::ranges::lower_bound(rows, launch.id, {}, &ForecastRow::item_id);
        const bool sold = old != rows.end() && old->item_id == launch.id;
        if (forecast->average) {
            if (sold) old->window_quantiles = forecast->window_quantiles;
            continue;
        }
        if (!sold) found.rows.push_back(as_row({}, 0, training, report));
        put_newcomer(sold ? *old : found.rows.back(), launch, *forecast);
        std::int64_t likest = 0;
        for (const auto& [other, likeness] : forecast->alike.ones)
            if (++likest <= shown_beginnings)
                found.beginnings.push_back({report.as_of, launch.id, likest, launches.all[other].id, likeness});
    }
    return found;
}

// Periods of all series together that a model of all items is learned from without being asked to.
constexpr std::size_t most_periods = 20'000'000;

Result<bool> wants_shared(Connection& connection, const store::Settings& settings, const History& history) {
    const auto wish = settings.text("demand.shared", "auto");
    if (wish != "auto") return wish == "on";
    std::size_t periods = 0;
    for (const auto& series : history.series) periods += series.values.size();
    return periods <= most_periods && TRY(has_covariates(connection));
}

Result<Training> training_of(operations::Context& context, Day as_of) {
    const auto& settings = context.shop.settings();
    const auto period = TRY(period_of(settings));
    Training training{.period = period, .options = panel_options(settings, period)};
    const double weeks = settings.number("demand.refit_weeks", 4);
    training.refit_every = std::max(1, static_cast<int>(std::lround(weeks * 7 / period.days)));
    TRY(context.shop.database().read([&](Connection& connection) -> Result<> {
        training.history = TRY(read_history(connection, period, end_of_history(period, as_of)));
        const int horizon = std::max(training.options.horizon, training.options.window);
        if (TRY(wants_shared(connection, settings, training.history)))
            training.covariates = TRY(read_covariates(connection, training.history, {period, horizon}));
        return {};
    }));
    training.options.stop = context.stop;
    return training;
}

// The progress of one part of the run.
PanelOptions watched(PanelOptions options, operations::Context& context, const std::string& step, std::size_t count) {
    options.progress = [&context, step, count](std::size_t done) {
        context.progress({step, double(done), double(count), "items"});
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
Result<> train_and_promote(operations::Context& context, Training& training, RunReport& report) {
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
        training.options = watched(training.options, context, "training", training.history.series.size());
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
        const auto outcome = TRY(
            models::promote(connection, shop, {card.name, card.version, report.as_of, ""}, {"job:demand.run", now()}));
        report.promotion = outcome.state;
        report.promotion_message = outcome.message;
        return {};
    });
}

// The version that serves, or the day's own where that one has seen the day's future.
Result<models::Version> version_for(operations::Context& context, const RunReport& report) {
    return context.shop.database().read([&](Connection& connection) -> Result<models::Version> {
        const auto serving = TRY(models::serving(connection, report.model));
        const auto& chosen = report.promotion == "older" ? report.trained_version : serving->version;
        return models::load(connection, context.shop, report.model, chosen);
    });
}

}  // namespace

Result<Day> default_day(const store::Shop& shop) {
    const auto table = TRY(shop.database().read(
        [](Connection& connection) { return connection.query("SELECT last_day FROM data.span"); }));
    if (table.is_null(0, 0, 0))
        return fail(ErrorCode::not_found, "the shop has no orders yet; load its files first", shop.folder().string());
    const Day last(Days(table.values<std::int32_t>(0, 0)[0]));
    return std::min(shop.today(), last + Days(1));
}

Result<RunReport> run(operations::Context& context, Day as_of) {
    auto training = TRY(training_of(context, as_of));
    const auto& series = training.history.series;
    RunReport report{.as_of = as_of,
                     .period = std::string(training.period.name),
                     .model = std::string(training.period.model),
                     .items = std::ssize(series)};
    TRY(train_and_promote(context, training, report));
    auto version = TRY(version_for(context, report));
    report.model_version = version.card.version;
    training.options = watched(training.options, context, "forecasting", series.size());
    auto forecasts = TRY(serve(std::move(version), training));
    std::vector<ForecastRow> rows;
    for (std::size_t i = 0; i < forecasts.size(); ++i) {
        rows.push_back(as_row(forecasts[i], series[i].values.size(), training, report));
        report.periods = std::max(report.periods, rows.back().periods);
        report.error += forecasts[i].error;
        report.baseline_error += forecasts[i].baseline_error;
        report.shared_items += forecasts[i].method != forecasts[i].path.method;
        forecasts[i] = {};
    }
    auto newcomers = TRY(forecast_newcomers(context, training, report, rows));
    report.items += std::ssize(newcomers.rows);
    std::ranges::move(newcomers.rows, std::back_inserter(rows));
    std::map<std::string, std::int64_t> served;
    for (const auto& row : rows) ++served[row.method];
    report.methods.assign(served.begin(), served.end());
    TRY(context.shop.database().write([&](Connection& connection) -> Result<> {
        TRY(connection.query("DELETE FROM demand.forecast WHERE as_of = ?", as_of));
        TRY(connection.query("DELETE FROM demand.beginning WHERE as_of = ?", as_of));
        TRY(connection.append<ForecastRow>("demand", "forecast", rows));
        TRY(connection.append<BeginningRow>("demand", "beginning", newcomers.beginnings));
        return apply_overrides(connection, as_of);
    }));
    return report;
}

}  // namespace suanpan::demand
