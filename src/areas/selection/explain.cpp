#include "areas/selection/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace suanpan::selection {
namespace {

constexpr double worth_saying = 0.03;  // 3 % more or less
constexpr std::size_t most_for = 3, most_against = 2;

class Row {
  public:
    Row(const Snapshot& snapshot, std::size_t row) : snapshot_(snapshot), row_(row) {}
    [[nodiscard]] double operator()(std::string_view name) const { return double(snapshot_.at(row_, column(name))); }

  private:
    const Snapshot& snapshot_;
    std::size_t row_;
};

std::string times_en(double log) {
    return log >= 0 ? fmt::format("{:.1f} times", std::exp(log)) : fmt::format("{:.0f} % of", 100 * std::exp(log));
}

std::string times_zh(double log) {
    return fmt::format("{:.1f} 倍", std::exp(log));
}

Reasons price(const Row& row) {
    const double change = 100 * std::expm1(row("price_to_usual"));
    if (std::isnan(change) || std::abs(change) < 1) return {"its price", "价格"};
    return {fmt::format("sold {:.0f} % {} its usual price", std::abs(change), change < 0 ? "below" : "above"),
            fmt::format("售价{}平时 {:.0f}%", change < 0 ? "低于" : "高于", std::abs(change))};
}

Reasons rivals(const Row& row) {
    const double gap = 100 * std::expm1(row("price_to_rival"));
    if (std::isnan(gap)) return {"no competitor's price is known", "没有竞品价格"};
    return {fmt::format("{:.0f} % {} the cheapest competitor", std::abs(gap), gap < 0 ? "under" : "over"),
            fmt::format("比最低竞品价{} {:.0f}%", gap < 0 ? "低" : "高", std::abs(gap))};
}

Reasons kind(const Row& row) {
    const double rise = row("words_rise");
    if (std::isnan(rise)) return {"what kind of item it is", "商品类型"};
    return {fmt::format("items of like names sell {} what they sold four weeks before", times_en(rise)),
            fmt::format("名称相近商品的销售额为前四周的 {}", times_zh(rise))};
}

Reasons novelty(const Row& row) {
    const double age = row("age_days");
    if (std::isnan(age)) return {"it is new", "新品"};
    return {fmt::format("known for {:.0f} days", age), fmt::format("上架 {:.0f} 天", age)};
}

Reasons returns(const Row& row) {
    const double share = row("return_share");
    if (std::isnan(share)) return {"no returns are known", "暂无退货数据"};
    return {fmt::format("{:.0f} % of its value came back", 100 * share),
            fmt::format("退货占销售额 {:.0f}%", 100 * share)};
}

Reasons stock(const Row& row) {
    const double units = row("stock");
    if (std::isnan(units)) return {"its stock is unknown", "库存未知"};
    return {fmt::format("{:.0f} in stock", std::expm1(units)), fmt::format("库存 {:.0f} 件", std::expm1(units))};
}

Reasons forecast(const Row& row) {
    const double units = row("forecast_units");
    if (std::isnan(units)) return {"its demand is not forecast", "暂无需求预测"};
    return {fmt::format("{:.0f} units are forecast for four weeks", std::expm1(units)),
            fmt::format("预测未来四周需求 {:.0f} 件", std::expm1(units))};
}

Reasons of_topic(Topic topic, const Row& row) {
    switch (topic) {
        case Topic::sales:
            return {fmt::format("{:.0f} units in 28 days", std::max(0.0, std::expm1(row("units_28")))),
                    fmt::format("近 28 天售出 {:.0f} 件", std::max(0.0, std::expm1(row("units_28"))))};
        case Topic::trend:
            return {fmt::format("the last 28 days brought {} the 28 before", times_en(row("rise_28_28"))),
                    fmt::format("近 28 天销售额为此前 28 天的 {}", times_zh(row("rise_28_28")))};
        case Topic::season:
            return {"the time of the year", "时令"};
        case Topic::steadiness:
            return {fmt::format("sold in {:.0f} of 13 weeks", row("weeks_sold_13")),
                    fmt::format("13 周中有 {:.0f} 周动销", row("weeks_sold_13"))};
        case Topic::customers:
            return {fmt::format("bought {:.0f} times in 91 days", std::max(0.0, std::expm1(row("orders_91")))),
                    fmt::format("近 91 天被下单 {:.0f} 次", std::max(0.0, std::expm1(row("orders_91"))))};
        case Topic::visits:
            return {fmt::format("{:.0f} views in 28 days", std::expm1(row("views_28"))),
                    fmt::format("近 28 天浏览 {:.0f} 次", std::expm1(row("views_28")))};
        case Topic::novelty:
            return novelty(row);
        case Topic::price:
            return price(row);
        case Topic::returns:
            return returns(row);
        case Topic::kind:
            return kind(row);
        case Topic::rivals:
            return rivals(row);
        case Topic::stock:
            return stock(row);
        case Topic::forecast:
            return forecast(row);
    }
    return {};
}

}  // namespace

Reasons sentence(const Snapshot& snapshot, std::size_t row, Topic topic) {
    return of_topic(topic, Row(snapshot, row));
}

Reasons name_of(Topic topic) {
    static const std::array<Reasons, topics> names = {{{"sales", "销售"},
                                                       {"trend", "趋势"},
                                                       {"season", "时令"},
                                                       {"steadiness", "稳定性"},
                                                       {"novelty", "新旧"},
                                                       {"price", "价格"},
                                                       {"returns", "退货"},
                                                       {"customers", "顾客"},
                                                       {"kind", "品类"},
                                                       {"competitors", "竞品"},
                                                       {"visits", "流量"},
                                                       {"stock", "库存"},
                                                       {"forecast", "需求预测"}}};
    return names[static_cast<std::size_t>(topic)];
}

TopicShares by_topic(const double* contributions) {
    TopicShares shares{};
    for (std::size_t c = 0; c < columns().size(); ++c)
        shares[static_cast<std::size_t>(columns()[c].topic)] += contributions[c];
    return shares;
}

Reasons reasons(const Snapshot& snapshot, std::size_t row, const TopicShares& shares) {
    std::array<std::size_t, topics> order;
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, std::greater(), [&](std::size_t t) { return shares[t]; });
    const Row values(snapshot, row);
    Reasons pro, con;
    std::size_t said = 0;
    const auto add = [&](Reasons& to, std::size_t topic) {
        const auto text = of_topic(static_cast<Topic>(topic), values);
        to.en += (to.en.empty() ? "" : "; ") + text.en;
        to.zh += (to.zh.empty() ? "" : "；") + text.zh;
        ++said;
    };
    for (std::size_t i = 0; i < topics && said < most_for && shares[order[i]] > worth_saying; ++i) add(pro, order[i]);
    said = 0;
    for (std::size_t i = topics; i-- > 0 && said < most_against && shares[order[i]] < -worth_saying;)
        add(con, order[i]);
    Reasons all;
    if (!pro.en.empty()) all = {"For it: " + pro.en + ".", "有利：" + pro.zh + "。"};
    if (!con.en.empty()) {
        all.en += (all.en.empty() ? "" : " ") + std::string("Against it: ") + con.en + ".";
        all.zh += "不利：" + con.zh + "。";
    }
    if (all.en.empty()) all = {"Nothing known sets it apart.", "没有突出的因素。"};
    return all;
}

}  // namespace suanpan::selection
