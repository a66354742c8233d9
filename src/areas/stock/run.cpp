#include "areas/stock/run.h"

#include <algorithm>
#include <cmath>
#include <format>

#include "areas/stock/explain.h"
#include "platform/operations/declare.h"
#include "platform/operations/json.h"

namespace suanpan::stock {

struct OrderArguments {
    std::string item, title, supplier;
    std::int64_t units = 0;
    double unit_cost = 0;  // major units
    std::string order_on;
};

struct OrderExpectation {
    std::string measure = "units sold in the window", unit = "units";
    double mean = 0, low = 0, high = 0, baseline = 0;
    std::string from, to;
};

namespace {

using store::Connection;

struct Candidate {
    std::string item_id, title, method, model, model_version;
    Day first_period;
    std::optional<std::string> supplier_id;
    std::optional<std::int64_t> unit_cost, unit_price, on_hand, on_order, pack_size, minimum_units;
    std::optional<double> lead_time_days;
    std::vector<double> levels, window_quantiles;
    double window_mean = 0, baseline_mean = 0, error = 0, baseline_error = 0, largest = 0;
    std::int64_t window_periods = 0, period_days = 7, periods = 0, judged = 0, ordered = 0;
};

// What the loop itself ordered in the lead time before and no count of stock knows of yet is on order.
constexpr std::string_view candidates_sql = R"(
    WITH counted AS (
        SELECT item_id, arg_max(on_hand, day) AS on_hand, arg_max(on_order, day) AS on_order, max(day) AS day
        FROM data.stock_by_day WHERE day < ?1 GROUP BY item_id
    ), acted AS (
        SELECT subject[6:] AS item_id, sum((arguments->>'$.units')::BIGINT)::BIGINT AS units
        FROM decisions.current
        WHERE kind = 'stock.order' AND state IN ('acted', 'measured') AND as_of < ?1 AND as_of + ?2::INTEGER >= ?1
        GROUP BY ALL
    ), lasts AS (
        SELECT coalesce(max(window_periods * period_days), 14)::INTEGER AS days FROM demand.forecast WHERE as_of = ?1
    ), windows AS (
        SELECT item_id, sum(units) OVER (
                   PARTITION BY item_id ORDER BY day - DATE '1970-01-01' RANGE BETWEEN days - 1 PRECEDING AND CURRENT ROW
               ) AS units
        FROM data.sales_daily, lasts WHERE day < ?1
    ), largest AS (
        SELECT item_id, max(units)::DOUBLE AS units FROM windows GROUP BY item_id
    )
    SELECT f.item_id, coalesce(p.title, f.item_id) AS title, f.method, f.model, f.model_version, f.first_period,
           p.supplier_id, p.unit_cost, p.unit_price,
           c.on_hand, c.on_order, s.pack_size, s.minimum_units, s.lead_time_days, f.levels, f.window_quantiles,
           f.window_mean, f.baseline_mean, f.error, f.baseline_error, coalesce(l.units, 0) AS largest,
           f.window_periods, f.period_days, f.periods, f.judged, coalesce(a.units, 0) AS ordered
    FROM demand.forecast AS f
    JOIN data.product AS p USING (item_id)
    LEFT JOIN counted AS c USING (item_id)
    LEFT JOIN data.supplier AS s USING (supplier_id)
    LEFT JOIN acted AS a USING (item_id)
    LEFT JOIN largest AS l USING (item_id)
    WHERE f.as_of = ?1
    ORDER BY f.item_id)";

struct Planner {
    const store::Shop& shop;
    Day as_of;
    double review_days, lead_time_days, service_level, assumed_cover_days, unit_cost_share;

    [[nodiscard]] OrderInput input(const Candidate& item) const;
    [[nodiscard]] OrderEvidence evidence(const Candidate& item, const OrderInput& input, const Order& order) const;
    [[nodiscard]] Result<decisions::Proposal> proposal(const Candidate& item, const OrderInput& input,
                                                       const Order& order) const;
};

Planner planner(const store::Shop& shop, Day as_of) {
    const auto& settings = shop.settings();
    return {shop,
            as_of,
            settings.number("stock.review_days", 7),
            settings.number("stock.lead_time_days", 7),
            settings.number("stock.service_level", 0.95),
            settings.number("stock.assumed_cover_days", 7),
            settings.number("stock.unit_cost_share", 0.5)};
}

OrderInput Planner::input(const Candidate& item) const {
    const auto window_days = static_cast<double>(item.window_periods * item.period_days);
    const double assumed = std::round(item.window_mean / window_days * assumed_cover_days);
    return {.demand = {item.window_mean, item.levels, item.window_quantiles},
            .window_days = window_days,
            .lead_time_days = std::min(item.lead_time_days.value_or(lead_time_days), window_days),
            .on_hand = item.on_hand.value_or(static_cast<std::int64_t>(assumed)),
            .on_order = item.on_order.value_or(item.ordered),
            .pack_size = item.pack_size.value_or(1),
            .minimum_units = item.minimum_units.value_or(0),
            .service_level = service_level};
}

OrderEvidence Planner::evidence(const Candidate& item, const OrderInput& input, const Order& order) const {
    return {.forecast_method = item.method,
            .forecast_as_of = format(as_of),
            .model = item.model,
            .model_version = item.model_version,
            .days_of_history = item.periods * item.period_days,
            .expected_units = item.window_mean,
            .low_units = quantile(input.demand, 0.05),
            .high_units = quantile(input.demand, 0.95),
            .window_days = input.window_days,
            .lead_time_days = input.lead_time_days,
            .review_days = review_days,
            .service_level = service_level,
            .on_hand = input.on_hand,
            .on_order = input.on_order,
            .stock_assumed = !item.on_hand,
            .supplier_assumed = !item.lead_time_days,
            .cost_assumed = !item.unit_cost,
            .order_up_to = order.order_up_to,
            .safety_stock = order.safety_stock,
            .days_until_empty = order.days_until_empty,
            .days_of_cover_after = order.days_of_cover,
            .chance_of_running_out = order.urgency,
            .pack_size = input.pack_size,
            .minimum_units = input.minimum_units,
            .minimum_decides = order.minimum_decides,
            .largest_window_units = item.largest,
            .seasonal_naive_units = item.baseline_mean,
            .backtest_error = item.error,
            .seasonal_naive_error = item.baseline_error,
            .backtest_windows = item.judged};
}

Result<decisions::Proposal> Planner::proposal(const Candidate& item, const OrderInput& in, const Order& order) const {
    const auto& settings = shop.settings();
    const auto price = static_cast<double>(item.unit_price.value_or(0)) * unit_cost_share;
    const auto cost = item.unit_cost.value_or(static_cast<std::int64_t>(std::llround(price)));
    const auto value = TRY(multiply({cost, settings.currency}, order.units));
    const auto why = evidence(item, in, order);
    double unit = 1;
    for (int i = 0; i < minor_digits(settings.currency); ++i) unit *= 10;
    const OrderArguments arguments{
        item.item_id, item.title, item.supplier_id.value_or(""), order.units, static_cast<double>(cost) / unit,
        format(as_of)};
    const OrderExpectation expected{.mean = why.expected_units,
                                    .low = why.low_units,
                                    .high = why.high_units,
                                    .baseline = item.baseline_mean,
                                    .from = format(item.first_period),
                                    .to = format(item.first_period + Days(static_cast<int>(in.window_days) - 1))};
    const auto* policy = settings.policy("stock.order");
    const auto hours = std::chrono::hours(policy == nullptr ? 72 : policy->expire_after_hours);
    return decisions::Proposal{.kind = "stock.order",
                               .subject = "item:" + item.item_id,
                               .as_of = as_of,
                               .arguments = TRY(operations::to_json(arguments)),
                               .evidence = TRY(operations::to_json(why)),
                               .expected = TRY(operations::to_json(expected)),
                               .summary_en = sentence_en(item.title, order.units, why),
                               .summary_zh = sentence_zh(item.title, order.units, why),
                               .value = value,
                               .urgency = order.urgency,
                               .deadline = now() + hours};
}

}  // namespace

Result<ProposeReport> propose_orders(operations::Context& context, const decisions::Kinds& kinds, Day as_of) {
    const auto plan = planner(context.shop, as_of);
    const auto candidates = TRY(context.shop.database().read([&](Connection& connection) {
        return connection.rows<Candidate>(candidates_sql, as_of, static_cast<std::int64_t>(plan.lead_time_days));
    }));
    if (candidates.empty())
        return fail(ErrorCode::not_found,
                    std::format("no forecast of {}; run demand.run for that day first", format(as_of)));
    ProposeReport report{.items = std::ssize(candidates)};
    std::vector<decisions::Proposal> proposals;
    for (const auto& item : candidates) {
        report.assumed_stock += !item.on_hand;
        const auto in = plan.input(item);
        if (const auto order = plan_order(in); order.units > 0)
            proposals.push_back(TRY(plan.proposal(item, in, order)));
    }
    TRY(context.shop.database().write([&](Connection& connection) -> Result<> {
        report.decisions = TRY(decisions::propose(connection, context.shop, kinds, proposals,
                                                  {"job:" + std::string("stock.propose"), now()}));
        return {};
    }));
    return report;
}

Result<std::optional<decisions::Measurement>> measure_order(Connection& connection,
                                                            const decisions::CurrentDecision& order, Day as_of) {
    const auto expected = TRY(operations::from_json<OrderExpectation>(order.expected));
    const auto from = TRY(parse_day(expected.from)), to = TRY(parse_day(expected.to));
    if (to >= as_of) return std::nullopt;
    // A window that the data do not reach has no outcome yet.
    if (TRY(connection.count("SELECT count(*) FROM data.span WHERE last_day >= ?", to)) == 0) return std::nullopt;
    const auto sold = TRY(connection.count(
        "SELECT coalesce(sum(units), 0)::BIGINT FROM data.sales_daily WHERE item_id = ? AND day BETWEEN ? AND ?",
        order.subject.substr(std::string_view("item:").size()), from, to));
    return decisions::Measurement{expected.mean,     expected.low, expected.high, static_cast<double>(sold),
                                  expected.baseline, expected.unit};
}

}  // namespace suanpan::stock
