#include "areas/demand/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

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
