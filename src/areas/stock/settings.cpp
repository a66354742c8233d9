#include "areas/stock/settings.h"

#include "areas/stock/exceptions.h"
#include "areas/stock/plan.h"
#include "areas/stock/transfer/moves.h"

namespace suanpan::stock {
namespace {

using settings::number;
using settings::Option;
using settings::text;
using settings::yes_no;

std::vector<Option> order_options() {
    const PlanOptions usual;
    return {
        number({"stock.lead_time_days",
                "orders",
                {"Lead time", "提前期"},
                {"from order to delivery, where neither the supplier nor receipts tell",
                 "下单到到货的天数，供应商与收货记录均未说明时采用"}},
               {usual.lead_time_days, 0, 365, "days"}),
        number({"stock.review_days",
                "orders",
                {"Review period", "盘点周期"},
                {"between two orders of an item", "同一商品两次订货的间隔"}},
               {usual.review_days, 1, 365, "days"}),
        number({"stock.service_level",
                "orders",
                {"Service level", "服务水平"},
                {"the chance that an order's window passes without a stock-out", "订货窗口内不缺货的概率"}},
               {usual.service_level, 0.5, 0.999, "share"}),
        yes_no({"stock.service_by_class",
                "orders",
                {"Service level by class", "按类别设服务水平"},
                {"levels by ABC-XYZ class instead of one for all", "按 ABC-XYZ 类别而非统一服务水平"}},
               usual.by_class),
        number({"stock.transfer_cost_share",
                "orders",
                {"Cost of a move", "调拨成本"},
                {"of an item's price, what moving a unit between places costs", "在地点间调拨一件的成本占售价的比例"}},
               {MoveOptions{}.cost_share, 0, 10, "share"}),
        number({"stock.count_age_days",
                "guardrails",
                {"Oldest count", "盘点最久天数"},
                {"stock that was counted longer ago is not moved between places", "超过此天数未盘点的库存不调拨"}},
               {14, 0, 3650, "days"}),
        number({"stock.assumed_cover_days",
                "orders",
                {"Assumed stock", "假定库存"},
                {"days of demand that lie there, where the shop's data say nothing of stock",
                 "数据未说明库存时，假定现有库存可供的天数"}},
               {usual.assumed_cover_days, 0, 3650, "days"}),
        number({"stock.unit_cost_share",
                "orders",
                {"Assumed cost", "假定成本"},
                {"of an item's price, where its cost is unknown", "成本未知时按售价的此比例计"}},
               {usual.unit_cost_share, 0, 1, "share"}),
        number({"stock.minimum_cover_days",
                "orders",
                {"Longest cover for a minimum", "起订量最长可供天数"},
                {"a supplier's minimum may stretch an order to so much demand",
                 "为达到供应商起订量，订货最多可延展至此天数"}},
               {usual.minimum_cover_days, 0, 3650, "days"}),
        number({"stock.waste_chance",
                "orders",
                {"Chance of waste", "报废概率"},
                {"that a delivery is not sold within its shelf life", "到货在保质期内售不完的容许概率"}},
               {usual.waste_chance, 0.001, 0.9, "share"}),
        number({"stock.holding_share",
                "orders",
                {"Holding cost", "持有成本"},
                {"of a unit's cost, what a unit left over costs; shares out a budget",
                 "剩余一件的代价占其成本的比例，用于分配预算"}},
               {usual.holding_share, 0, 1, "share"}),
        number(
            {"stock.holding_rate",
             "orders",
             {"Holding cost a year", "年持有成本率"},
             {"of a unit's cost, what holding it for a year costs: up to a price break, and over a network of places",
              "持有一件一年的代价占其成本的比例，用于阶梯价与补货网络"}},
            {usual.holding_rate, 0, 5, "share"}),
        number({"stock.substitute_level",
                "orders",
                {"Least level with substitutes", "有替代品时的最低服务水平"},
                {"an item's own demand is met with at least this chance, also where others stand in",
                 "即使有替代品，商品自身需求也至少以此概率得到满足"}},
               {usual.substitute_level, 0, 0.999, "share"}),
        text({"stock.known_ahead",
              "orders",
              {"Indicators known ahead", "可预知指标"},
              {"names of the shop's indicators that are known before the day, with commas between",
               "事先可知的店铺指标名，以逗号分隔"}},
             "")};
}

std::vector<Option> guardrail_options() {
    const PlanOptions usual;
    const ExceptionOptions look;
    return {number({"stock.budget",
                    "guardrails",
                    {"Budget for orders of a day", "每日订货预算"},
                    {"of all orders of a day together; 0: no limit", "当日全部订单合计；0 表示不限"}},
                   {usual.budget, 0, 1e12, "money"}),
            number({"stock.room",
                    "guardrails",
                    {"Room for orders of a day", "每日订货体积"},
                    {"volume of all orders of a day, in the unit of the items; 0: no limit",
                     "当日全部订单的体积（与商品同单位）；0 表示不限"}},
                   {usual.room, 0, 1e12}),
            number({"stock.largest_order_value",
                    "guardrails",
                    {"Dearest order", "单笔订单上限"},
                    {"an order that costs more is refused; 0: no limit", "超过此金额的订单会被拒绝；0 表示不限"}},
                   {0, 0, 1e12, "money"}),
            number({"stock.largest_cover_days",
                    "guardrails",
                    {"Longest cover", "最长可供天数"},
                    {"an order that would last longer is refused, and stock that would is an exception",
                     "可供天数更长的订单会被拒绝，此类库存列为异常"}},
                   {look.longest_cover, 1, 3650, "days"}),
            number({"stock.outlier_times",
                    "guardrails",
                    {"Outlier order", "异常订单倍数"},
                    {"times the most ever sold in such a time; a larger order is refused",
                     "相对历史同长窗口最大销量的倍数，超过则拒绝"}},
                   {5, 1, 1000}),
            number({"stock.exception_chance",
                    "exceptions",
                    {"Chance to run out", "缺货概率"},
                    {"from which an item is an exception, before an order of today can arrive",
                     "今日下单到货前的缺货概率达到此值即列为异常"}},
                   {look.likely, 0, 1, "share"}),
            number({"stock.quiet_days",
                    "exceptions",
                    {"Days without a sale", "无销售天数"},
                    {"after which stock that lies there is an exception", "库存商品超过此天数无销售即列为异常"}},
                   {look.quiet_days, 1, 3650, "days"})};
}

}  // namespace

settings::Section settings_section() {
    settings::Section section{.options = order_options()};
    section.options.append_range(guardrail_options());
    return section;
}

}  // namespace suanpan::stock
