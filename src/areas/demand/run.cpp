#include "areas/demand/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>

#include "areas/demand/contributions.h"
#include "areas/demand/day_model.h"
#include "areas/demand/newcomers/judge.h"
#include "areas/demand/newcomers/read.h"
#include "areas/demand/places/run_places.h"
#include "areas/demand/planner/overrides.h"

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
    std::optional<double> places_part;     // NULL where the item is not the sum of its places
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

// What places have to add up to.
std::vector<ItemNumbers> numbers_of(const std::vector<ForecastRow>& rows) {
    std::vector<ItemNumbers> numbers;
    for (const auto& row : rows)
        numbers.push_back({row.item_id, row.mean, row.window_mean, row.window_quantiles, row.alike_part != 0});
    return numbers;
}

// Items that are the sums of their places, in the rows' order.
void put_sums(std::vector<ForecastRow>& rows, const std::vector<ItemNumbers>& moved) {
    auto row = rows.begin();
    for (const auto& item : moved) {
        row = std::ranges::find(row, rows.end(), item.item_id, &ForecastRow::item_id);
        row->places_part = item.window_mean - row->window_mean;
        row->mean = item.mean;
        row->window_mean = item.window_mean;
        row->window_quantiles = item.window_quantiles;
    }
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
    auto training = TRY(training_of(context, as_of, Grain::item));
    const auto& series = training.history.series;
    auto day = TRY(forecast_day(context, training, as_of));
    RunReport report{std::move(day.model), as_of, std::string(training.period.name), std::ssize(series)};
    std::vector<ForecastRow> rows;
    for (std::size_t i = 0; i < day.forecasts.size(); ++i) {
        auto& forecast = day.forecasts[i];
        rows.push_back(as_row(forecast, series[i].values.size(), training, report));
        report.periods = std::max(report.periods, rows.back().periods);
        report.error += forecast.error;
        report.baseline_error += forecast.baseline_error;
        report.shared_items += forecast.method != forecast.path.method;
        forecast = {};
    }
    auto newcomers = TRY(forecast_newcomers(context, training, report, rows));
    report.items += std::ssize(newcomers.rows);
    std::ranges::move(newcomers.rows, std::back_inserter(rows));
    std::map<std::string, std::int64_t> served;
    for (const auto& row : rows) ++served[row.method];
    report.methods.assign(served.begin(), served.end());
    Places places;
    if (TRY(wants_places(context.shop))) places = TRY(forecast_places(context, as_of, numbers_of(rows)));
    report.place_forecasts = std::ssize(places.forecasts);
    report.ways = places.ways;
    put_sums(rows, places.moved);
    TRY(context.shop.database().write([&](Connection& connection) -> Result<> {
        TRY(connection.query("DELETE FROM demand.forecast WHERE as_of = ?", as_of));
        TRY(connection.query("DELETE FROM demand.beginning WHERE as_of = ?", as_of));
        TRY(connection.append<ForecastRow>("demand", "forecast", rows));
        TRY(connection.append<BeginningRow>("demand", "beginning", newcomers.beginnings));
        TRY(keep_places(connection, as_of, places.forecasts));
        return apply_overrides(connection, as_of);
    }));
    return report;
}

}  // namespace suanpan::demand
