#include "areas/stock/exceptions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "areas/stock/inventory/newsvendor.h"

namespace suanpan::stock {
namespace {

constexpr double forever = 9999;

double cost_of(const CountedStock& stock) {
    return static_cast<double>(stock.unit_cost > 0 ? stock.unit_cost : stock.unit_price / 2);
}

StockException of(Trouble trouble, const CountedStock& stock) {
    StockException e{.trouble = trouble, .item_id = stock.item_id, .title = stock.title};
    e.on_hand = stock.on_hand;
    e.on_order = stock.on_order;
    e.days_until_empty = forever;
    e.quiet_days = stock.quiet_days;
    return e;
}

StockException runs_out(const CountedStock& stock, const Planned& planned) {
    auto e = of(Trouble::runs_out, stock);
    const auto& input = planned.input;
    e.days_until_empty = planned.order.days_until_empty;
    e.lead_time_days = input.lead_time_days;
    e.chance = planned.order.urgency;
    const auto lead = scaled(input.demand, std::clamp(input.lead_time_days / input.window_days, 0.0, 1.0));
    const double missed = expected_shortage(lead, static_cast<double>(input.on_hand + input.on_order));
    e.at_stake = missed * std::max(static_cast<double>(stock.unit_price) - cost_of(stock), 0.1 * cost_of(stock));
    e.text_en = fmt::format(
        "{} will run out: {} on hand and {} on order last {:.0f} days, a delivery takes {:.0f}; the "
        "chance to be empty before is {:.0f} %.",
        stock.title, stock.on_hand, stock.on_order, e.days_until_empty, e.lead_time_days, 100 * e.chance);
    e.text_zh =
        fmt::format("{} 将断货：现有 {} 件、在途 {} 件可撑 {:.0f} 天，到货需 {:.0f} 天；到货前断货的概率为 {:.0f}%。",
                    stock.title, stock.on_hand, stock.on_order, e.days_until_empty, e.lead_time_days, 100 * e.chance);
    return e;
}

StockException never_sells(const CountedStock& stock) {
    auto e = of(Trouble::never_sells, stock);
    e.at_stake = static_cast<double>(stock.on_hand) * cost_of(stock);
    const auto since_en =
        stock.quiet_days < 0 ? "has never sold" : fmt::format("has not sold for {} days", stock.quiet_days);
    const auto since_zh = stock.quiet_days < 0 ? "从未售出" : fmt::format("已 {} 天未售出", stock.quiet_days);
    e.text_en = fmt::format("{} {}; {} lie on the shelf.", stock.title, since_en, stock.on_hand);
    e.text_zh = fmt::format("{} {}，库存 {} 件。", stock.title, since_zh, stock.on_hand);
    return e;
}

StockException overstock(const CountedStock& stock, const Planned& planned, double longest) {
    auto e = of(Trouble::overstock, stock);
    e.days_until_empty = planned.order.days_until_empty;
    e.lead_time_days = planned.input.lead_time_days;
    const double a_day = planned.input.demand.mean / planned.input.window_days;
    const double too_many = std::max(0.0, static_cast<double>(stock.on_hand) - a_day * longest);
    e.at_stake = too_many * cost_of(stock);
    e.text_en = fmt::format("{} lasts {:.0f} days; about {:.0f} of {} are more than {:.0f} days need.", stock.title,
                            e.days_until_empty, too_many, stock.on_hand, longest);
    e.text_zh = fmt::format("{} 可撑 {:.0f} 天；{} 件库存中约 {:.0f} 件超过 {:.0f} 天所需。", stock.title,
                            e.days_until_empty, stock.on_hand, too_many, longest);
    return e;
}

constexpr std::string_view counted_sql = R"(
    WITH counted AS (
        SELECT item_id, arg_max(on_hand, day) AS on_hand, arg_max(on_order, day) AS on_order
        FROM data.stock_by_day WHERE day < ?1 GROUP BY item_id
    ), sold AS (
        SELECT item_id, max(day) AS day
        FROM (SELECT item_id, day FROM data.sales_daily WHERE units > 0
              UNION ALL
              SELECT item_id, from_day + CAST(days - 1 AS INTEGER) FROM data.sale_counted WHERE days > 1 AND units > 0)
        WHERE day < ?1 GROUP BY item_id
    )
    SELECT c.item_id, coalesce(p.title, c.item_id) AS title, c.on_hand, c.on_order,
           coalesce(p.unit_cost, 0) AS unit_cost, coalesce(p.unit_price, 0) AS unit_price,
           coalesce(?1::DATE - s.day, -1)::BIGINT AS quiet_days,
           coalesce(?1::DATE - p.listed_on, -1)::BIGINT AS listed_days
    FROM counted AS c
    JOIN data.product AS p USING (item_id)
    LEFT JOIN sold AS s USING (item_id)
    ORDER BY c.item_id)";

}  // namespace

std::string_view name(Trouble trouble) {
    switch (trouble) {
        case Trouble::runs_out:
            return "runs_out";
        case Trouble::never_sells:
            return "never_sells";
        case Trouble::overstock:
            return "overstock";
    }
    return "";
}

ExceptionOptions exception_options(const store::Settings& settings) {
    ExceptionOptions o;
    o.likely = settings.number("stock.exception_chance", o.likely);
    o.quiet_days = settings.number("stock.quiet_days", o.quiet_days);
    o.longest_cover = settings.number("stock.largest_cover_days", o.longest_cover);
    return o;
}

Result<std::vector<CountedStock>> read_counted(store::Connection& connection, Day as_of) {
    return connection.rows<CountedStock>(counted_sql, as_of);
}

std::vector<StockException> find_exceptions(const std::vector<CountedStock>& stock, const std::vector<Planned>& planned,
                                            const ExceptionOptions& options) {
    std::unordered_map<std::string_view, const Planned*> by_item;
    for (const auto& p : planned) by_item.emplace(p.item->item_id, &p);
    std::vector<StockException> found;
    for (const auto& s : stock) {
        const auto at = by_item.find(s.item_id);
        const auto* p = at == by_item.end() ? nullptr : at->second;
        // What was listed only lately had no time to sell.
        const bool young = s.listed_days >= 0 && static_cast<double>(s.listed_days) < options.quiet_days;
        const bool quiet = s.quiet_days < 0 ? !young : static_cast<double>(s.quiet_days) >= options.quiet_days;
        if (s.on_hand > 0 && quiet)
            found.push_back(never_sells(s));
        else if (p != nullptr && p->input.demand.mean > 0 && p->order.urgency >= options.likely)
            found.push_back(runs_out(s, *p));
        else if (p != nullptr && s.on_hand > 0 && p->order.days_until_empty > options.longest_cover)
            found.push_back(overstock(s, *p, options.longest_cover));
    }
    std::ranges::stable_sort(found, [](const StockException& a, const StockException& b) {
        return a.trouble != b.trouble ? a.trouble < b.trouble : a.at_stake > b.at_stake;
    });
    return found;
}

}  // namespace suanpan::stock
