#include "areas/stock/look.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "areas/stock/transfer/network.h"

namespace suanpan::stock {

struct ForecastDay {
    std::optional<Day> day;
};

struct ActedOrder {
    Day as_of;
    std::int64_t units = 0;
};

struct CountDay {
    Day day;
};

namespace {

using store::Connection;

struct Read {
    Day as_of;
    std::vector<Candidate> items;
    SupplierDays receipts;
    SubstituteShares shares;
};

Result<Read> read_day(Connection& connection, const PlanOptions& options, std::optional<Day> as_of) {
    Read read{.as_of = TRY(forecast_day(connection, as_of)), .items = {}, .receipts = {}, .shares = {}};
    read.items = TRY(read_candidates(connection, read.as_of, static_cast<std::int64_t>(options.lead_time_days)));
    read.receipts = TRY(read_lead_times(connection, read.as_of));
    read.shares = TRY(read_substitutes(connection));
    read.items =
        with_networks(std::move(read.items), TRY(read_networks(connection, read.as_of, read.receipts, options)));
    if (read.items.empty())
        return fail(ErrorCode::not_found,
                    fmt::format("no forecast of {}; run demand.run for that day first", format(read.as_of)));
    return read;
}

Planned planned_of(const Candidate& item, const SupplierDays& receipts, const PlanOptions& options) {
    Planned planned{.item = &item, .lead_time = lead_time_of(item, receipts, options)};
    planned.input = input_of(item, planned.lead_time, options);
    planned.order = plan_order(planned.input);
    return planned;
}

// The item with those that its substitutes link it to, as the day's orders take them.
Result<Planned> planned_with_others(const Read& read, const std::string& item, const PlanOptions& options) {
    std::set<std::string> linked = {item};
    for (std::size_t before = 0; before != linked.size();) {
        before = linked.size();
        for (const auto& row : read.shares)
            if (row.share > 0 && (linked.contains(row.item_id) || linked.contains(row.other_item_id)))
                linked.insert({row.item_id, row.other_item_id});
    }
    std::vector<Candidate> items;
    for (const auto& one : read.items)
        if (options.by_class || linked.contains(one.item_id)) items.push_back(one);  // classes are of all items
    auto wanted = TRY(plan_wanted(items, read.receipts, options, read.shares));
    const auto found = std::ranges::find(wanted, item, [](const Planned& one) { return one.item->item_id; });
    found->item = nullptr;  // it would point into what is gone
    return std::move(*found);
}

// Each day its part of the period's forecast, from the day of forecasting on.
std::vector<double> daily_mean(const Candidate& item, Day as_of) {
    const auto passed = std::max<std::int64_t>(0, (as_of - item.first_period).count());
    std::vector<double> days;
    for (std::size_t i = 0; i < item.mean.size(); ++i)
        for (std::int64_t d = 0; d < item.period_days; ++d)
            if (static_cast<std::int64_t>(i) * item.period_days + d >= passed)
                days.push_back(item.mean[i] / static_cast<double>(item.period_days));
    return days;
}

// What the count calls on order comes a lead time after the count; what was ordered since, a lead time after its order.
// Neither comes before the first day.
Result<std::vector<OnTheWay>> on_the_way(Connection& connection, const Candidate& item, Day as_of, double lead_days) {
    const Days lead(static_cast<int>(std::lround(lead_days)));
    std::vector<OnTheWay> result;
    if (item.on_order) {
        const auto days = TRY(connection.rows<CountDay>(
            "SELECT max(day) AS day FROM data.stock_by_day WHERE item_id = ? AND day < ? HAVING max(day) IS NOT NULL",
            item.item_id, as_of));
        if (*item.on_order > 0 && !days.empty())
            result.push_back({std::max(as_of, days[0].day + lead), *item.on_order, "counted"});
        return result;
    }
    for (const auto& order : TRY(connection.rows<ActedOrder>(
             R"(SELECT as_of, (arguments->>'$.units')::BIGINT AS units FROM decisions.current
                WHERE kind = 'stock.order' AND subject = 'item:' || ? AND state IN ('acted', 'measured')
                  AND as_of < ? AND as_of + ?::INTEGER >= ? ORDER BY as_of)",
             item.item_id, as_of, static_cast<std::int64_t>(std::ceil(lead_days)), as_of)))
        result.push_back({std::max(as_of, order.as_of + lead), order.units, "ordered"});
    return result;
}

}  // namespace

Result<Day> forecast_day(Connection& connection, std::optional<Day> as_of) {
    if (as_of) return *as_of;
    const auto newest = TRY(connection.row<ForecastDay>("SELECT max(as_of) AS day FROM demand.forecast"));
    if (!newest.day) return fail(ErrorCode::not_found, "there is no forecast yet; run `daily` or demand.run first");
    return *newest.day;
}

Result<ExceptionReport> look_for_exceptions(operations::Context& context, std::optional<Day> as_of) {
    const auto& settings = context.shop.settings();
    const auto options = plan_options(settings);
    return context.shop.database().read([&](Connection& connection) -> Result<ExceptionReport> {
        const auto read = TRY(read_day(connection, options, as_of));
        const auto counted = TRY(read_counted(connection, read.as_of));
        std::vector<Planned> planned;
        for (const auto& item : read.items) planned.push_back(planned_of(item, read.receipts, options));
        return ExceptionReport{read.as_of, find_exceptions(counted, planned, exception_options(settings)),
                               std::ssize(counted)};
    });
}

Result<ItemProjection> project_item(operations::Context& context, const std::string& item, std::optional<Day> as_of) {
    const auto options = plan_options(context.shop.settings());
    return context.shop.database().read([&](Connection& connection) -> Result<ItemProjection> {
        auto read = TRY(read_day(connection, options, as_of));
        const auto found = std::ranges::find(read.items, item, &Candidate::item_id);
        if (found == read.items.end())
            return fail(ErrorCode::not_found, "no forecast of this item on that day; check the id", item);
        ItemProjection result{.as_of = read.as_of,
                              .planned = TRY(planned_with_others(read, item, options)),
                              .item = std::move(*found),
                              .days = {},
                              .on_the_way = {}};
        const auto& input = result.planned.input;
        result.on_the_way = TRY(on_the_way(connection, result.item, read.as_of, input.lead_time_days));
        ProjectionInput projection{
            .on_hand = static_cast<double>(input.on_hand),
            .arrivals = {},
            .daily_mean = daily_mean(result.item, read.as_of),
            .window = {result.item.window_mean, result.item.levels, result.item.window_quantiles},
            .window_days = result.item.window_days()};
        for (const auto& order : result.on_the_way)
            projection.arrivals.push_back({(order.day - read.as_of).count(), static_cast<double>(order.units)});
        result.days = project(projection);
        return result;
    });
}

}  // namespace suanpan::stock
