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

// An item out of stock on some days of a period.
struct OutOfStock {
    std::string item_id;
    Day period;
    std::int64_t days = 0;
};

namespace {

using store::Connection;

History fill(const std::vector<Sold>& sold, const Period& period, Day end) {
    History history{end, end, {}};
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

void bridge_closed_days(History& history, const std::vector<Closed>& closed) {
    for (auto& series : history.series) {
        const Day first = history.end - Days(std::ssize(series.values));
        for (const auto& [day] : closed) {
            if (day < first + Days(7) || day >= history.end) continue;
            auto& value = series.values[static_cast<std::size_t>((day - first).count())];
            if (value == 0) value = *(&value - 7);
        }
    }
}

// What was wanted where part of the period had no stock: as much a day as on the days that had, and where there were
// none, what was wanted at the same place of the week (or in the week) before; never less than was sold.
double wanted(const std::vector<double>& values, std::size_t t, const Period& period, std::int64_t days) {
    if (days < period.days) return values[t] * period.days / double(period.days - days);
    const std::size_t back = period.days == 7 ? 1 : 7;
    return t < back ? values[t] : std::max(values[t], values[t - back]);
}

Result<> censor_stock_outs(Connection& connection, const Period& period, History& history) {
    const auto rows = TRY(connection.rows<OutOfStock>(period.days == 7 ? R"(
        SELECT item_id, date_trunc('week', day)::DATE AS period, count(DISTINCT day) AS days
        FROM data.stock_out_days GROUP BY ALL ORDER BY ALL)"
                                                                       : R"(
        SELECT item_id, day AS period, 1::BIGINT AS days FROM data.stock_out_days GROUP BY ALL ORDER BY ALL)"));
    std::unordered_map<std::string_view, Series*> by_item;
    for (auto& series : history.series) by_item.emplace(series.id, &series);
    for (const auto& [item, first, days] : rows) {
        const auto found = by_item.find(item);
        if (found == by_item.end() || first >= history.end) continue;
        auto& values = found->second->values;
        const auto t = std::ssize(values) - (history.end - first) / Days(period.days);
        if (t < 0) continue;  // before it was first sold
        const auto place = static_cast<std::size_t>(t);
        values[place] = wanted(values, place, period, std::min<std::int64_t>(days, period.days));
    }
    return {};
}

}  // namespace

Result<Period> period_of(const store::Settings& settings) {
    const auto name = settings.text("demand.period", "week");
    if (name == "week") return Period{"week", "demand.weekly", 7, 52, 8};
    if (name == "day") return Period{"day", "demand.daily", 1, 7, 28};
    return fail(ErrorCode::invalid_argument,
                fmt::format("the setting is \"{}\"; write week or day into shop.yaml", name), "demand.period");
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
    if (sold.empty())
        return fail(ErrorCode::not_found,
                    fmt::format("no whole {} of sales lies before {}; load earlier orders or choose a later day",
                                period.name, format(end)));
    auto history = fill(sold, period, end);
    if (!weekly)
        bridge_closed_days(
            history, TRY(connection.rows<Closed>("SELECT DISTINCT day FROM data.calendar WHERE closed ORDER BY day")));
    TRY(censor_stock_outs(connection, period, history));
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
