#include "areas/demand/run.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <map>

namespace suanpan::demand {
namespace {

using store::Connection;

struct Sold {
    std::string item_id;
    Day week;
    std::int64_t units = 0;
};

struct Row {
    Day as_of;
    std::string item_id, method;
    Day first_period;
    std::vector<double> mean;
    std::int64_t window_periods = 0;
    double window_mean = 0;
    std::vector<double> levels, window_quantiles;
    double baseline_mean = 0, error = 0, baseline_error = 0;
    std::int64_t periods = 0;
};

constexpr Days week{7};

// From an item's first sale on, a week without one is a week of no demand.
std::vector<Series> weekly_series(const std::vector<Sold>& sold, Day end) {
    std::vector<Series> all;
    Day first;
    for (const auto& row : sold) {
        if (all.empty() || all.back().id != row.item_id) {
            all.push_back({row.item_id, {}});
            first = row.week;
            all.back().values.assign(static_cast<std::size_t>((end - first) / week), 0.0);
        }
        all.back().values[static_cast<std::size_t>((row.week - first) / week)] = std::max<double>(0, double(row.units));
    }
    return all;
}

int window_weeks(const store::Settings& settings) {
    const double days = settings.number("stock.lead_time_days", 7) + settings.number("stock.review_days", 7);
    return std::max(1, static_cast<int>(std::ceil(days / 7)));
}

Row as_row(const ItemForecast& forecast, Day as_of, Day first, const PanelOptions& options, std::size_t periods) {
    return {as_of,
            forecast.id,
            forecast.path.method,
            first,
            forecast.mean,
            options.window,
            forecast.window_mean,
            options.levels,
            forecast.window_quantiles,
            forecast.baseline_mean,
            forecast.error,
            forecast.baseline_error,
            static_cast<std::int64_t>(periods)};
}

}  // namespace

Result<Day> default_day(const store::Shop& shop) {
    struct Span {
        std::optional<Day> last_day;
    };
    const auto table = TRY(shop.database().read(
        [](Connection& connection) { return connection.query("SELECT last_day FROM data.span"); }));
    if (table.is_null(0, 0, 0))
        return fail(ErrorCode::not_found, "the shop has no orders yet; load its files first", shop.folder().string());
    const Day last(Days(table.values<std::int32_t>(0, 0)[0]));
    return std::min(shop.today(), last + Days(1));
}

Result<RunReport> run(operations::Context& context, Day as_of) {
    const auto end = week_start(as_of);
    const auto sold = TRY(context.shop.database().read([&](Connection& connection) {
        return connection.rows<Sold>(
            "SELECT item_id, week, units FROM data.sales_weekly WHERE week < ? ORDER BY item_id, week", end);
    }));
    if (sold.empty())
        return fail(ErrorCode::not_found,
                    std::format("no whole week of sales lies before {}; load earlier orders or choose a later day",
                                format(as_of)));
    const auto series = weekly_series(sold, end);
    PanelOptions options{.season = 52, .window = window_weeks(context.shop.settings())};
    options.progress = [&](std::size_t done) {
        context.progress({"forecasting", double(done), double(series.size()), "items"});
    };
    options.stop = context.stop;
    const auto forecasts = TRY(forecast_panel(series, options));

    RunReport report{.as_of = as_of, .items = std::ssize(forecasts)};
    std::map<std::string, std::int64_t> served;
    std::vector<Row> rows;
    for (std::size_t i = 0; i < forecasts.size(); ++i) {
        rows.push_back(as_row(forecasts[i], as_of, end, options, series[i].values.size()));
        report.weeks = std::max(report.weeks, rows.back().periods);
        report.error += forecasts[i].error;
        report.baseline_error += forecasts[i].baseline_error;
        ++served[forecasts[i].path.method];
    }
    report.methods.assign(served.begin(), served.end());
    TRY(context.shop.database().write([&](Connection& connection) -> Result<> {
        TRY(connection.query("DELETE FROM demand.forecast WHERE as_of = ?", as_of));
        return connection.append<Row>("demand", "forecast", rows);
    }));
    return report;
}

}  // namespace suanpan::demand
