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
    if (!e.limited_by.empty()) text += fmt::format("原计划 {} 件，因{}调整。", e.wanted_units, limit_zh(e.limited_by));
    return text;
}

}  // namespace suanpan::stock
