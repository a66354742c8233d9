#include <array>

#include "areas/data/canonical.h"

// What customers do: orders, returns, sums of sales, events, traffic, reviews.
namespace suanpan::data {
namespace {

using enum FieldType;
using enum Need;

constexpr auto order_line_fields = std::to_array<Field>({
    {"order_id", text, required, {"the order's number", "订单编号"}},
    {"line",
     whole,
     computed,
     {"the place within the order; numbered in the order of the file where not mapped",
      "订单内的行号；未映射时按文件顺序编号"}},
    {"item_id",
     text,
     required,
     {"the article that is sold and stocked: one size, one colour", "商品编码（具体到规格）"}},
    {"customer_id", text, optional, {"who ordered, as the shop numbers customers", "顾客编号"}},
    {"place_id", text, optional, {"the store, region or channel", "门店、地区或渠道"}},
    {"ordered_at", instant, required, {"when it was ordered, in the shop's time zone", "下单时间（店铺时区）"}},
    {"quantity", whole, required, {"units ordered", "订购数量"}},
    {"unit_price", money, required, {"what one unit was sold for", "成交单价"}},
    {"cancelled",
     boolean,
     computed,
     {"cancelled before it shipped, so no demand; false where not mapped", "发货前已取消；未映射时为否"}},
    {"title", text, computed, {"names an item that no list of items describes", "商品名称（用于没有商品资料的商品）"}},
    {"product",
     boolean,
     computed,
     {"false for postage, fees, samples and the like; true where not mapped",
      "是否为商品（邮费、手续费等为否）；未映射时为是"}},
});
constexpr auto order_line_key = std::to_array<std::string_view>({"order_id", "line"});

constexpr auto return_line_fields = std::to_array<Field>({
    {"return_id", text, required, {"the number of the return or credit note", "退货单号"}},
    {"line",
     whole,
     computed,
     {"the place within the return; numbered in the order of the file where not mapped",
      "退货单内的行号；未映射时按文件顺序编号"}},
    {"order_id",
     text,
     computed,
     {"the order it belongs to; matched by customer, item and time where not mapped",
      "原订单编号；未映射时按顾客、商品与时间匹配"}},
    {"item_id", text, required, {"the article that came back", "退回的商品编码"}},
    {"customer_id", text, optional, {"who returned it", "顾客编号"}},
    {"place_id", text, optional, {"the store, region or channel", "门店、地区或渠道"}},
    {"returned_at",
     instant,
     required,
     {"when it came back or was cancelled, in the shop's time zone", "退货或取消时间（店铺时区）"}},
    {"quantity", whole, required, {"units taken back, above zero", "退回数量（正数）"}},
    {"unit_price", money, optional, {"what was paid back for one unit", "退款单价"}},
});
constexpr auto return_line_key = std::to_array<std::string_view>({"return_id", "line"});

constexpr auto sale_fields = std::to_array<Field>({
    {"item_id",
     text,
     computed,
     {"the article or a group of articles; \"all\" where not mapped", "商品或商品组；未映射时为 all"}},
    {"place_id",
     text,
     computed,
     {"the store, region or channel; \"all\" where not mapped", "门店、地区或渠道；未映射时为 all"}},
    {"from_day", day, required, {"the first day of the period", "周期的第一天"}},
    {"days",
     whole,
     computed,
     {"how many days it lasts: 7 for a week; 1 where not mapped", "周期天数：周为 7；未映射时为 1"}},
    {"units", whole, optional, {"units sold", "销量"}},
    {"revenue", money, optional, {"what they were sold for together", "销售额"}},
    {"customers", whole, optional, {"customers or receipts counted", "顾客数或小票数"}},
    {"open",
     boolean,
     optional,
     {"whether the place was open; a closed day is no day without demand", "是否营业；歇业不等于没有需求"}},
    {"promoted", real, optional, {"share of the period under a promotion, 0 to 1", "促销占比，0 到 1"}},
});
constexpr auto sale_key = std::to_array<std::string_view>({"item_id", "place_id", "from_day"});

constexpr auto event_fields = std::to_array<Field>({
    {"event_id",
     text,
     computed,
     {"the same event sent twice has the same; made from the content where not mapped",
      "事件编号，重复发送时不变；未映射时由内容生成"}},
    {"event_name",
     text,
     required,
     {"view_item, view_item_list, select_item, add_to_cart, purchase, search and so on",
      "事件名：view_item、add_to_cart、purchase 等"}},
    {"occurred_at", instant, required, {"when it happened, in the shop's time zone", "发生时间（店铺时区）"}},
    {"customer_id", text, optional, {"who did it: a customer or a visitor's pseudonym", "顾客编号或访客假名"}},
    {"session_id", text, optional, {"the visit it belongs to", "会话编号"}},
    {"item_id", text, optional, {"the article it is about", "相关商品编码"}},
    {"place_id", text, optional, {"the store, region or channel", "门店、地区或渠道"}},
    {"order_id", text, optional, {"the order of a purchase", "订单编号（购买事件）"}},
    {"quantity", whole, optional, {"units put into the cart or bought", "数量"}},
    {"value", money, optional, {"what the event is worth", "事件金额"}},
    {"list_id", text, optional, {"the list or shelf that showed the item", "展示列表"}},
    {"position", whole, optional, {"the place within that list, the first is 1", "列表中的位置，从 1 开始"}},
    {"propensity",
     real,
     optional,
     {"how probable it was that this item was shown there, 0 to 1", "该商品在该位置展示的概率，0 到 1"}},
});
constexpr auto event_key = std::to_array<std::string_view>({"event_id"});

constexpr auto traffic_fields = std::to_array<Field>({
    {"item_id", text, required, {"the article", "商品编码"}},
    {"day", day, required, {"the shop's day", "日期（店铺时区）"}},
    {"channel",
     text,
     computed,
     {"search, ads, mail and so on; \"all\" where not mapped", "渠道：搜索、广告等；未映射时为 all"}},
    {"impressions", whole, optional, {"times it was shown in a list or an advertisement", "曝光次数"}},
    {"views", whole, optional, {"views of its page", "浏览次数"}},
    {"visitors", whole, optional, {"different visitors of its page", "访客数"}},
    {"carts", whole, optional, {"times it was put into a cart", "加购次数"}},
});
constexpr auto traffic_key = std::to_array<std::string_view>({"item_id", "day", "channel"});

constexpr auto review_fields = std::to_array<Field>({
    {"review_id", text, required, {"the review's number", "评价编号"}},
    {"item_id", text, optional, {"the article it is about", "商品编码"}},
    {"customer_id", text, optional, {"who wrote it", "顾客编号"}},
    {"order_id", text, optional, {"the order it came from", "订单编号"}},
    {"written_at", instant, optional, {"when it was written, in the shop's time zone", "评价时间（店铺时区）"}},
    {"rating", real, optional, {"stars or points, as the shop counts them", "评分"}},
    {"title", text, optional, {"its headline", "标题"}},
    {"body", text, optional, {"what it says", "评价内容"}},
});
constexpr auto review_key = std::to_array<std::string_view>({"review_id"});

constexpr auto tables = std::to_array<CanonicalTable>({
    {"order_lines",
     "order_line",
     order_line_fields,
     order_line_key,
     {"What customers ordered: a row an item of an order. Amounts are before shipping.",
      "顾客的订单明细：订单中每件商品一行，金额不含运费"}},
    {"returns",
     "return_line",
     return_line_fields,
     return_line_key,
     {"What came back or was cancelled: a row an item of a return.", "退货与取消：退单中每件商品一行"}},
    {"sales",
     "sale",
     sale_fields,
     sale_key,
     {"Sales that are known only as sums: an item at a place in a day or a longer period. Units or revenue must be "
      "there. Orders of the same item in the same week win over them.",
      "只有汇总的销售：某商品在某地某天（或某周期）的销量；销量与销售额至少有一个。同商品同周已有订单明细时以明细为"
      "准"}},
    {"events",
     "event",
     event_fields,
     event_key,
     {"What visitors did, shaped after Google Analytics 4, with what a learner of rankings needs: which list, which "
      "position, how probable the showing was.",
      "访客行为（与 Google Analytics 4 的事件一致），并记录展示列表、位置与展示概率"}},
    {"traffic",
     "traffic",
     traffic_fields,
     traffic_key,
     {"Views and carts as sums, by item, day and channel.", "按商品、日期、渠道汇总的浏览与加购"}},
    {"reviews", "review", review_fields, review_key, {"What customers wrote.", "顾客评价"}},
});

}  // namespace

std::span<const CanonicalTable> sales_tables() {
    return tables;
}

}  // namespace suanpan::data
