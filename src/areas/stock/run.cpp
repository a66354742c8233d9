#include "areas/stock/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "areas/stock/explain.h"
#include "areas/stock/plan.h"
#include "areas/stock/sold.h"
#include "areas/stock/transfer/network.h"
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

OrderEvidence evidence_of(const Planned& planned, const PlanOptions& options, Day as_of) {
    const auto& item = *planned.item;
    const auto& in = planned.input;
    const auto& order = planned.order;
    return {.forecast_method = item.method,
            .forecast_as_of = format(as_of),
            .model = item.model,
            .model_version = item.model_version,
            .days_of_history = item.periods * item.period_days,
            .expected_units = in.demand.mean,
            .low_units = quantile(in.demand, 0.05),
            .high_units = quantile(in.demand, 0.95),
            .window_days = in.window_days,
            .lead_time_days = in.lead_time_days,
            .review_days = options.review_days,
            .service_level = in.service_level,
            .on_hand = in.on_hand,
            .on_order = in.on_order,
            .stock_assumed = !item.on_hand,
            .supplier_assumed = !item.lead_time_days,
            .cost_assumed = !item.unit_cost && (item.break_from.empty() || item.break_from.front() > 1),
            .order_up_to = order.order_up_to,
            .safety_stock = order.safety_stock,
            .days_until_empty = order.days_until_empty,
            .days_of_cover_after = order.days_of_cover,
            .chance_of_running_out = order.urgency,
            .pack_size = in.pack_size,
            .minimum_units = in.minimum_units,
            .minimum_decides = order.minimum_decides,
            .largest_window_units = item.largest,
            .seasonal_naive_units = item.baseline_mean,
            .backtest_error = item.error,
            .seasonal_naive_error = item.baseline_error,
            .backtest_windows = item.judged,
            .service_class = planned.service_class,
            .lead_time_sd_days = planned.lead_time.deviation(),
            .lead_time_receipts = planned.lead_time.receipts,
            .forecast_window_days = item.window_days(),
            .forecast_window_units = item.window_mean,
            .forecast_model_units = item.model_window_mean,
            .override_id = item.override_id.value_or(0),
            .demand_levels = in.demand.levels,
            .demand_quantiles = in.demand.quantiles,
            .wanted_units = planned.wanted_units,
            .limited_by = std::string(name(planned.limit)),
            .shelf_life_days = item.shelf_life_days.value_or(0),
            .volume = item.unit_volume.value_or(0) * static_cast<double>(order.units),
            .alike = item.alike.value_or(""),
            .unit_cost = planned.unit_cost,
            .price_break_from = planned.ahead.from,
            .units_without_break = planned.ahead.units_without,
            .unit_cost_without_break = planned.ahead.cost_without,
            .price_break_saving = planned.ahead.saving,
            .order_up_to_alone = planned.together.level_alone,
            .demand_met_chance =
                1 - probability_above(in.demand, static_cast<double>(order.order_up_to - planned.network_units), 1),
            .stand_ins = planned.together.stand_ins,
            .stands_in_for = planned.together.stands_in_for,
            .substitution_gain = planned.together.gain,
            .substitution_left_out = planned.together.left_out,
            .network_units = planned.network_units};
}

// With incremental prices a unit's cost is an average that need not be whole; the order's is rounded, not each unit's.
Result<Money> value_of(const Planned& planned, const std::string& currency, const PlanOptions& options) {
    const double unit = planned.unit_cost * options.minor_units;
    const auto units = planned.order.units;
    if (planned.breaks.empty()) return multiply({std::llround(unit), currency}, units);
    return Money{std::llround(unit * static_cast<double>(units)), currency};
}

Result<decisions::Proposal> proposal(const store::Shop& shop, const Planned& planned, const PlanOptions& options,
                                     Day as_of) {
    const auto& settings = shop.settings();
    const auto& item = *planned.item;
    const auto units = planned.order.units;
    const auto why = evidence_of(planned, options, as_of);
    const OrderArguments arguments{item.item_id, item.title,        item.supplier_id.value_or(""),
                                   units,        planned.unit_cost, format(as_of)};
    const OrderExpectation expected{.mean = why.expected_units,
                                    .low = why.low_units,
                                    .high = why.high_units,
                                    .baseline = item.baseline_mean * why.window_days / item.window_days(),
                                    .from = format(item.first_period),
                                    .to = format(item.first_period + Days(std::lround(why.window_days) - 1))};
    const auto* policy = settings.policy("stock.order");
    const auto hours = std::chrono::hours(policy == nullptr ? 72 : policy->expire_after_hours);
    return decisions::Proposal{.kind = "stock.order",
                               .subject = "item:" + item.item_id,
                               .as_of = as_of,
                               .arguments = TRY(operations::to_json(arguments)),
                               .evidence = TRY(operations::to_json(why)),
                               .expected = TRY(operations::to_json(expected)),
                               .summary_en = sentence_en(item.title, units, why),
                               .summary_zh = sentence_zh(item.title, units, why),
                               .value = TRY(value_of(planned, settings.currency, options)),
                               .urgency = planned.order.urgency,
                               .deadline = now() + hours};
}

}  // namespace

Result<ProposeReport> propose_orders(operations::Context& context, const decisions::Kinds& kinds, Day as_of) {
    const auto options = plan_options(context.shop.settings());
    SupplierDays receipts;
    SubstituteShares shares;
    const auto items = TRY(context.shop.database().read([&](Connection& connection) -> Result<std::vector<Candidate>> {
        receipts = TRY(read_lead_times(connection, as_of));
        shares = TRY(read_substitutes(connection));
        const auto networks = TRY(read_networks(connection, as_of, receipts, options));
        auto found = TRY(read_candidates(connection, as_of, static_cast<std::int64_t>(options.lead_time_days)));
        return with_networks(std::move(found), networks);
    }));
    if (items.empty())
        return fail(ErrorCode::not_found,
                    fmt::format("no forecast of {}; run demand.run for that day first", format(as_of)));
    const auto plan = TRY(plan_orders(items, receipts, options, shares));
    ProposeReport report{.items = std::ssize(items), .budget_gap = plan.budget_gap};
    for (const auto& planned : plan.items) {
        report.assumed_stock += !planned.item->on_hand;
        report.limited += planned.limit != Limit::none;
        report.ahead += planned.ahead.from > 0;
        report.together += planned.together.level_alone > 0;
        report.left_out += !planned.together.left_out.empty();
    }
    TRY(context.shop.database().write([&](Connection& connection) -> Result<> {
        const auto next = [&, place = plan.items.begin()]() mutable -> Result<std::optional<decisions::Proposal>> {
            place = std::find_if(place, plan.items.end(), [](const Planned& one) { return one.order.units > 0; });
            if (place == plan.items.end()) return std::nullopt;
            return TRY(proposal(context.shop, *place++, options, as_of));
        };
        report.decisions = TRY(decisions::propose(connection, context.shop, kinds, next, {"job:stock.propose", now()}));
        return {};
    }));
    return report;
}

Result<std::optional<decisions::Measurement>> measure_order(Connection& connection,
                                                            const decisions::CurrentDecision& order, Day as_of) {
    const auto expected = TRY(operations::from_json<OrderExpectation>(order.expected));
    const auto from = TRY(parse_day(expected.from)), to = TRY(parse_day(expected.to));
    if (to >= as_of) return std::nullopt;
    const auto item = order.subject.substr(std::string_view("item:").size());
    const auto sold = TRY(units_sold(connection, {.item_id = item, .from = from, .to = to}));
    if (!sold) return std::nullopt;
    return decisions::Measurement{expected.mean, expected.low, expected.high, *sold, expected.baseline, expected.unit};
}

}  // namespace suanpan::stock
