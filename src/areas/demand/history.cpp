#include "areas/demand/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "platform/models/card.h"

namespace suanpan::demand {
struct Sold {
    std::string item_id;
    Day period;
    std::int64_t units = 0;
};

struct Closed {
    Day day;
};

// A series on a day on which its place was closed.
struct ClosedPlace {
    std::string item_id;
    Day day;
};

// An item out of stock on some days of a period.
struct OutOfStock {
    std::string item_id;
    Day period;
    std::int64_t days = 0;
};

namespace {

using store::Connection;

History fill(const std::vector<Sold>& sold, const Period& period, Day end) {
    History history{end, end, {}, {}};
    const Days step{period.days};
    Day first;
    for (const auto& row : sold) {
        if (history.series.empty() || history.series.back().id != row.item_id) {
            first = row.period;
            history.begin = std::min(history.begin, first);
            history.series.push_back(
                {row.item_id, std::vector<double>(static_cast<std::size_t>((end - first) / step))});
        }
        history.series.back().values[static_cast<std::size_t>((row.period - first) / step)] =
            std::max<double>(0, double(row.units));
    }
    return history;
}

void bridge_closed_day(Series& series, Day day, Day end) {
    const Day first = end - Days(std::ssize(series.values));
    if (day < first + Days(7) || day >= end) return;
    auto& value = series.values[static_cast<std::size_t>((day - first).count())];
    if (value == 0) value = *(&value - 7);
}

Result<> bridge_closed_days(Connection& connection, History& history) {
    const auto closed =
        TRY(connection.rows<Closed>("SELECT DISTINCT day FROM data.calendar WHERE closed ORDER BY day"));
    for (auto& series : history.series)
        for (const auto& [day] : closed) bridge_closed_day(series, day, history.end);
    return {};
}

using ById = std::unordered_map<std::string_view, Series*>;

ById by_id(History& history) {
    ById found;
    for (auto& series : history.series) found.emplace(series.id, &series);
    return found;
}

// What was wanted where part of the period had no stock: as much a day as on the days that had, and where there were
// none, what was wanted at the same place of the week (or in the week) before; never less than was sold.
double wanted(const std::vector<double>& values, std::size_t t, const Period& period, std::int64_t days) {
    if (days < period.days) return values[t] * period.days / double(period.days - days);
    const std::size_t back = period.days == 7 ? 1 : 7;
    return t < back ? values[t] : std::max(values[t], values[t - back]);
}

// `rows` are the query of a series' id as item_id and the days on which it had no stock.
Result<> censor_stock_outs(Connection& connection, const Period& period, History& history, std::string_view rows) {
    const auto out = TRY(connection.rows<OutOfStock>(
        fmt::format("SELECT item_id, {} AS period, count(DISTINCT day) AS days FROM ({}) GROUP BY ALL ORDER BY ALL",
                    period.days == 7 ? "date_trunc('week', day)::DATE" : "day", rows)));
    const auto series = by_id(history);
    for (const auto& [id, first, days] : out) {
        const auto found = series.find(id);
        if (found == series.end() || first >= history.end) continue;
        auto& values = found->second->values;
        const auto t = std::ssize(values) - (history.end - first) / Days(period.days);
        if (t < 0) continue;  // before it was first sold
        const auto place = static_cast<std::size_t>(t);
        values[place] = wanted(values, place, period, std::min<std::int64_t>(days, period.days));
    }
    return {};
}

std::unexpected<Error> nothing_sold(const Period& period, Day end) {
    return fail(ErrorCode::not_found,
                fmt::format("no whole {} of sales lies before {}; load earlier orders or choose a later day",
                            period.name, format(end)));
}

// A series' id is the item's, this and the place's; a place whose id has it is left out.
constexpr char between = '\x1f';
constexpr std::string_view spot_id = "item_id || chr(31) || place_id";

Spot spot_of(const std::string& id) {
    const auto at = id.rfind(between);
    return {id.substr(0, at), id.substr(at + 1)};
}

}  // namespace

Result<Period> period_of(const store::Settings& settings) {
    const auto name = settings.text("demand.period", "week");
    if (name == "week") return Period{"week", "demand.weekly", 7, 52, 8};
    if (name == "day") return Period{"day", "demand.daily", 1, 7, 28};
    return fail(ErrorCode::invalid_argument,
                fmt::format("the setting is \"{}\"; write week or day into shop.yaml", name), "demand.period");
}

PlaceSales place_sales(std::int64_t period_days) {
    return period_days == 7 ? PlaceSales{"data.sales_by_place_weekly", "week"}
                            : PlaceSales{"data.sales_by_place_daily", "day"};
}

Period by_place(Period period) {
    period.model = period.days == 7 ? "demand.weekly_places" : "demand.daily_places";
    return period;
}

PanelOptions panel_options(const store::Settings& settings, const Period& period) {
    const double days = settings.number("stock.lead_time_days", 7) + settings.number("stock.review_days", 7);
    PanelOptions options{.season = period.season,
                         .horizon = period.horizon,
                         .window = std::max(1, static_cast<int>(std::ceil(days / period.days)))};
    if (period.days == 1) {
        options.least = 28;
        options.longest = 182;
    }
    return options;
}

Day end_of_history(const Period& period, Day as_of) {
    return period.days == 7 ? week_start(as_of) : as_of;
}

Result<History> read_history(Connection& connection, const Period& period, Day end) {
    const bool weekly = period.days == 7;
    const auto sold = weekly ? TRY(connection.rows<Sold>(R"(
        SELECT item_id, week AS period, units FROM data.sales_weekly WHERE week < ? ORDER BY item_id, week)",
                                                         end))
                             : TRY(connection.rows<Sold>(R"(
        SELECT item_id, day AS period, units FROM data.sales_daily WHERE day < ? ORDER BY item_id, day)",
                                                         end));
    if (sold.empty()) return nothing_sold(period, end);
    auto history = fill(sold, period, end);
    if (!weekly) TRY(bridge_closed_days(connection, history));
    TRY(censor_stock_outs(connection, period, history, "SELECT item_id, day FROM data.stock_out_days"));
    return history;
}

Result<History> read_place_history(Connection& connection, const Period& period, Day end) {
    const auto sales = place_sales(period.days);
    const auto sold = TRY(connection.rows<Sold>(
        fmt::format("SELECT {} AS item_id, {} AS period, units FROM {} WHERE {} < ? AND units IS NOT NULL "
                    "AND NOT contains(place_id, chr(31)) ORDER BY ALL",
                    spot_id, sales.period, sales.view, sales.period),
        end));
    if (sold.empty()) return nothing_sold(period, end);
    auto history = fill(sold, period, end);
    for (const auto& series : history.series) history.spots.push_back(spot_of(series.id));
    if (period.days == 1) {
        TRY(bridge_closed_days(connection, history));
        const auto series = by_id(history);
        for (const auto& [id, day] : TRY(connection.rows<ClosedPlace>(fmt::format(
                 "SELECT {} AS item_id, day FROM data.sales_by_place_daily WHERE NOT open ORDER BY ALL", spot_id))))
            if (const auto found = series.find(id); found != series.end()) bridge_closed_day(*found->second, day, end);
    }
    TRY(censor_stock_outs(connection, period, history,
                          fmt::format("SELECT {} AS item_id, day FROM data.stock_out_days_by_place", spot_id)));
    return history;
}

std::string fingerprint(const History& history) {
    std::string sums = format(history.end);
    for (const auto& [id, values] : history.series) {
        const std::string_view bytes(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double));
        sums += fmt::format("\n{} {} {}", id.size(), id, models::checksum(bytes));
    }
    return models::checksum(sums);
}

}  // namespace suanpan::demand
