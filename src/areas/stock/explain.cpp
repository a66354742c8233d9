#include "areas/stock/explain.h"

#include <fmt/format.h>

namespace suanpan::stock {
namespace {

std::string stock_en(const OrderEvidence& e) {
    if (e.on_hand + e.on_order == 0) return "nothing is on hand or on order";
    auto text = fmt::format("{}{} on hand", e.stock_assumed ? "an assumed " : "", e.on_hand);
    if (e.on_order > 0) text += fmt::format(" and {} on order", e.on_order);
    return text + fmt::format(" last {:.0f} days", e.days_until_empty);
}

std::string stock_zh(const OrderEvidence& e) {
    auto text = fmt::format("{}库存 {} 件", e.stock_assumed ? "假定" : "现有", e.on_hand);
    if (e.on_order > 0) text += fmt::format("、在途 {} 件", e.on_order);
    return text;
}

std::string_view limit_zh(std::string_view limit) {
    if (limit == "shelf life") return "保质期";
    if (limit == "supplier minimum") return "供应商起订金额";
    return "预算或仓容";
}

std::string linked_with(const OrderEvidence& e) {
    auto text = e.stand_ins;
    if (!e.stands_in_for.empty() && e.stands_in_for != e.stand_ins)
        text += (text.empty() ? "" : ", ") + e.stands_in_for;
    return text;
}

std::string substitutes_en(const OrderEvidence& e) {
    if (e.substitution_left_out == "shares")
        return " Its substitutes were left out: their shares add up to more than 1.";
    if (e.substitution_left_out == "too many") return " Its substitutes were left out: too many items are linked.";
    const auto level = e.order_up_to - e.network_units;
    if (e.order_up_to_alone == 0 || e.order_up_to_alone == level) return "";
    return fmt::format(
        " Alone it would be kept at {}; with its substitutes ({}) {} is best, which meets its own demand with {:.0f} "
        "%.",
        e.order_up_to_alone, linked_with(e), level, 100 * e.demand_met_chance);
}

std::string substitutes_zh(const OrderEvidence& e) {
    if (e.substitution_left_out == "shares") return "未考虑替代品：其比例之和超过 1。";
    if (e.substitution_left_out == "too many") return "未考虑替代品：相关联的商品过多。";
    const auto level = e.order_up_to - e.network_units;
    if (e.order_up_to_alone == 0 || e.order_up_to_alone == level) return "";
    return fmt::format("单独订货时目标库存为 {} 件；考虑替代关系（{}）以 {} 件为最佳，满足自身需求的概率为 {:.0f}%。",
                       e.order_up_to_alone, linked_with(e), level, 100 * e.demand_met_chance);
}

std::string network_en(const OrderEvidence& e) {
    if (e.network_units == 0) return "";
    return fmt::format(" Its places are supplied from one another: {} of the {} are for the ways between them.",
                       e.network_units, e.order_up_to);
}

std::string network_zh(const OrderEvidence& e) {
    if (e.network_units == 0) return "";
    return fmt::format("各地点之间逐级补货：目标库存 {} 件中有 {} 件用于其间的周转。", e.order_up_to, e.network_units);
}

std::string break_en(const OrderEvidence& e) {
    if (e.price_break_from == 0) return "";
    return fmt::format(
        " {} are needed; from {:.0f} on a unit costs {:.2f} instead of {:.2f}, which saves {:.2f} after holding.",
        e.units_without_break, e.price_break_from, e.unit_cost, e.unit_cost_without_break, e.price_break_saving);
}

std::string break_zh(const OrderEvidence& e) {
    if (e.price_break_from == 0) return "";
    return fmt::format("所需 {} 件；达到 {:.0f} 件起，单位成本由 {:.2f} 降至 {:.2f}，扣除持有成本后节省 {:.2f}。",
                       e.units_without_break, e.price_break_from, e.unit_cost_without_break, e.unit_cost,
                       e.price_break_saving);
}

}  // namespace

std::string sentence_en(const std::string& title, std::int64_t units, const OrderEvidence& e) {
    auto text = fmt::format(
        "Order {} of {}: about {:.0f} are expected to sell in the next {:.0f} days (between {:.0f} and {:.0f}); {}, "
        "a delivery takes {:.0f}, and the chance to run out before it comes is {:.0f} %.",
        units, title, e.expected_units, e.window_days, e.low_units, e.high_units, stock_en(e), e.lead_time_days,
        100 * e.chance_of_running_out);
    if (e.minimum_decides) text += fmt::format(" The supplier's minimum of {} decides the quantity.", e.minimum_units);
    if (e.override_id > 0)
        text += fmt::format(" A planner changed the forecast of {:.0f} to {:.0f} (override {}).",
                            e.forecast_model_units, e.forecast_window_units, e.override_id);
    text += substitutes_en(e) + network_en(e) + break_en(e);
    if (!e.limited_by.empty())
        text += fmt::format(" {} were wanted; the {} changed that.", e.wanted_units, e.limited_by);
    return text;
}

std::string sentence_zh(const std::string& title, std::int64_t units, const OrderEvidence& e) {
    auto text = fmt::format(
        "订购 {} 件 {}：预计未来 {:.0f} 天售出约 {:.0f} 件（{:.0f} 至 {:.0f}），{}可撑 {:.0f} 天，到货需 {:.0f} 天；"
        "到货前断货的概率为 {:.0f}%。",
        units, title, e.window_days, e.expected_units, e.low_units, e.high_units, stock_zh(e), e.days_until_empty,
        e.lead_time_days, 100 * e.chance_of_running_out);
    if (e.minimum_decides) text += fmt::format("数量由供应商起订量 {} 件决定。", e.minimum_units);
    if (e.override_id > 0)
        text += fmt::format("计划员把预测由 {:.0f} 件改为 {:.0f} 件（调整 {}）。", e.forecast_model_units,
                            e.forecast_window_units, e.override_id);
    text += substitutes_zh(e) + network_zh(e) + break_zh(e);
    if (!e.limited_by.empty()) text += fmt::format("原计划 {} 件，因{}调整。", e.wanted_units, limit_zh(e.limited_by));
    return text;
}

}  // namespace suanpan::stock
