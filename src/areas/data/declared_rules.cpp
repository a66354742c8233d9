#include "areas/data/declared_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ranges>

#include "areas/data/load_sql.h"

namespace suanpan::data {

bool tells_the_past(std::string_view table, const Field& field) {
    constexpr auto past = std::to_array<std::string_view>(
        {"order_lines.ordered_at", "returns.returned_at", "sales.from_day", "events.occurred_at", "traffic.day",
         "reviews.written_at", "stock.day", "receipts.received_on", "competitor_prices.day"});
    return std::ranges::contains(past, fmt::format("{}.{}", table, field.name));
}

// The rate of the latest day that is not after the row's; rates without a day hold before all others.
std::string rate_sql(const std::vector<Rate>& rates, const RateSql& of) {
    auto newest_first = rates;
    std::ranges::stable_sort(newest_first, std::ranges::greater{}, &Rate::from_day);
    std::string sql = fmt::format("CASE WHEN {} = {} THEN 1", of.currency, quote_text(of.shop_currency));
    for (const auto& rate : newest_first) {
        sql += fmt::format(" WHEN {} = {}", of.currency, quote_text(rate.currency));
        if (!rate.from_day.empty()) sql += fmt::format(" AND {} >= DATE {}", of.day, quote_text(rate.from_day));
        sql += fmt::format(" THEN CAST({} AS DECIMAL(18, 9))", quote_text(rate.value));
    }
    return sql + " END";
}

}  // namespace suanpan::data
