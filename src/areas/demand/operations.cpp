#include "areas/demand/explain/operations.h"

#include <unordered_map>

#include "areas/demand/demand.h"
#include "areas/demand/newcomers/operations.h"
#include "areas/demand/places/operations.h"
#include "areas/demand/planner/operations.h"
#include "areas/demand/run.h"
#include "areas/demand/signals/signals.h"
#include "platform/operations/declare.h"

namespace suanpan::demand {

struct RunRequest {
    std::string as_of;
};

struct MethodCount {
    std::string method;
    std::int64_t items = 0;
};

struct RunReply {
    std::string as_of, period, model, model_version, trained_version, promotion, promotion_message;
    std::int64_t items = 0, kept = 0, shared_items = 0, place_forecasts = 0, periods = 0;
    std::string shared;
    double error = 0, baseline_error = 0;
    std::vector<MethodCount> methods;
    std::string spread;
    bool bottom_up = false;
};

struct ForecastRequest {
    std::string item;
};

struct StoredForecast {
    std::string item_id, method, model, model_version;
    Day as_of, first_period;
    std::vector<double> mean, levels, window_quantiles;
    std::int64_t window_periods = 0, periods = 0, period_days = 7, judged = 0;
    double window_mean = 0, model_window_mean = 0, baseline_mean = 0, error = 0, baseline_error = 0;
    std::vector<double> model_mean;
    std::optional<std::int64_t> override_id;
};

struct WindowQuantile {
    double level = 0, units = 0;
};

struct PeriodForecast {
    std::string from;
    double units = 0, model_units = 0;
};

struct ForecastReply {
    std::string item, as_of, method, model, model_version, period;
    std::int64_t history_periods = 0, window_periods = 0;
    double window_units = 0, model_window_units = 0, baseline_units = 0, backtest_error = 0, baseline_error = 0;
    std::int64_t backtest_windows = 0;
    std::optional<std::int64_t> override_id;
    std::vector<PeriodForecast> periods;
    std::vector<WindowQuantile> window;
};

}  // namespace suanpan::demand

template <>
struct suanpan::operations::Described<suanpan::demand::RunRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the day to forecast from, as 2011-11-14; empty: today, or where the data end"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::RunReply> {
    static constexpr FieldWords fields[] = {
        {"period", "week or day, by the shop's setting demand.period"},
        {"kept", "items that the training moved along and did not fit again, by demand.refit_weeks"},
        {"shared_items", "forecast by one model of boosted trees over all items, alone or beside their own methods"},
        {"place_forecasts", "of items at places, where the shop forecasts by place (demand.by_place)"},
        {"shared", "what that model learned now, or why there is none; empty: nothing was learned now"},
        {"model_version", "the version that made the forecasts"},
        {"trained_version", "the version that this day's data give"},
        {"promotion",
         "of the trained version: serving, acted, pending, refused, expired, or older where the one "
         "that serves was trained on later data"},
        {"error", "root mean squared error over the window in the backtest, summed over items"},
        {"baseline_error", "the seasonal naive's on the same windows"},
        {"spread",
         "how items are spread over places: by the places' own forecasts (own), their shares of the newest eight weeks "
         "(share) or both, whatever was best in windows that are over; empty: there are no forecasts by place"},
        {"bottom_up", "items are the sums of their places' own forecasts, which was better in windows that are over"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::ForecastRequest> {
    static constexpr FieldWords fields[] = {
        {"item", "the item's id"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::ForecastReply> {
    static constexpr FieldWords fields[] = {
        {"window_units", "expected units over lead time and review, after overrides: orders are made from these"},
        {"model_window_units", "the model's, before overrides"},
        {"override_id", "the newest override in them; null: none"},
        {"baseline_units", "the seasonal naive's, for comparison"},
        {"backtest_error", "root mean squared error over the window, in units, of a nested choice of method"},
        {"backtest_windows", "behind the errors; 0: the history is too short to say"},
    };
};

namespace suanpan::demand {
namespace {

using operations::Context;
using operations::Effect;
using operations::Role;

Result<RunReply> run_day(Context& context, const RunRequest& request) {
    const auto day = request.as_of.empty() ? TRY(default_day(context.shop)) : TRY(parse_day(request.as_of));
    const auto report = TRY(run(context, day));
    RunReply reply{.as_of = format(report.as_of),
                   .period = report.period,
                   .model = report.model,
                   .model_version = report.model_version,
                   .trained_version = report.trained_version,
                   .promotion = report.promotion,
                   .promotion_message = report.promotion_message,
                   .items = report.items,
                   .kept = report.kept,
                   .shared_items = report.shared_items,
                   .place_forecasts = report.place_forecasts,
                   .periods = report.periods,
                   .shared = report.shared,
                   .error = report.error,
                   .baseline_error = report.baseline_error};
    if (report.place_forecasts > 0) {
        reply.spread = name(report.ways.spread);
        reply.bottom_up = report.ways.bottom_up;
    }
    for (const auto& [method, items] : report.methods) reply.methods.push_back({method, items});
    return reply;
}

ForecastReply reply_of(const StoredForecast& row) {
    ForecastReply reply{.item = row.item_id,
                        .as_of = format(row.as_of),
                        .method = row.method,
                        .model = row.model,
                        .model_version = row.model_version,
                        .period = row.period_days == 7 ? "week" : "day",
                        .history_periods = row.periods,
                        .window_periods = row.window_periods,
                        .window_units = row.window_mean,
                        .model_window_units = row.model_window_mean,
                        .baseline_units = row.baseline_mean,
                        .backtest_error = row.error,
                        .baseline_error = row.baseline_error,
                        .backtest_windows = row.judged,
                        .override_id = row.override_id};
    const Days step(static_cast<int>(row.period_days));
    for (std::size_t i = 0; i < row.mean.size(); ++i)
        reply.periods.push_back(
            {format(row.first_period + step * static_cast<int>(i)), row.mean[i], row.model_mean[i]});
    for (std::size_t i = 0; i < row.levels.size(); ++i)
        reply.window.push_back({row.levels[i], row.window_quantiles[i]});
    return reply;
}

Result<std::vector<StoredForecast>> stored(Context& context, std::span<const ForecastRequest> requests) {
    return context.shop.database().read([&](store::Connection& connection) {
        if (requests.size() == 1)
            return connection.rows<StoredForecast>("FROM demand.latest_planned WHERE item_id = ?",
                                                   requests.front().item);
        std::string items;  // a line each, bound as one value: DuckDB binds no lists
        for (const auto& request : requests) items += request.item + "\n";
        return connection.rows<StoredForecast>(
            "FROM demand.latest_planned WHERE item_id IN (SELECT unnest(string_split(?, chr(10))))", items);
    });
}

std::vector<Result<ForecastReply>> show(Context& context, std::span<const ForecastRequest> requests) {
    const auto rows = stored(context, requests);
    std::unordered_map<std::string_view, const StoredForecast*> by_item;
    if (rows)
        for (const auto& row : *rows) by_item.emplace(row.item_id, &row);
    std::vector<Result<ForecastReply>> replies;
    for (const auto& [item] : requests) {
        const auto found = by_item.find(item);
        if (!rows)
            replies.emplace_back(std::unexpected(rows.error()));
        else if (found == by_item.end())
            replies.emplace_back(
                fail(ErrorCode::not_found, "no forecast of this item; run the day first, or check the id", item));
        else
            replies.emplace_back(reply_of(*found->second));
    }
    return replies;
}

}  // namespace

store::Schema schema() {
    static constexpr char sql[] =
#include "areas/demand/schema.sql.inc"
        ;
    return {"demand", sql};
}

void add_operations(operations::Registry& registry) {
    using operations::declare;
    registry.add(declare<RunRequest, RunReply>(
        {.name = "demand.run",
         .summary = {"Forecasts every product; the method is picked per item by a rolling backtest",
                     "预测全部商品需求；按滚动回测为每件商品选择方法"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .long_work = true},
        run_day));
    registry.add(operations::declare_many<ForecastRequest, ForecastReply>(
        {.name = "demand.forecast",
         .summary = {"Shows the forecast of an item", "查看一件商品的预测"},
         .required = {"item"}},
        show));
    add_planner_operations(registry);
    add_newcomer_operations(registry);
    add_explain_operation(registry);
    add_place_operations(registry);
    add_signals_operation(registry);
}

}  // namespace suanpan::demand
