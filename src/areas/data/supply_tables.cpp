#include <array>

#include "areas/data/canonical.h"

// Stock and what fills it.
namespace suanpan::data {
namespace {

using enum FieldType;
using enum Need;

constexpr auto stock_fields = std::to_array<Field>({
    {"item_id", text, required, {"the article", "商品编码"}},
    {"place_id", text, required, {"the warehouse or store", "仓库或门店"}},
    {"day", day, required, {"the shop's day", "日期"}},
    {"on_hand", whole, required, {"units there", "现有库存"}},
    {"on_order", whole, required, {"units ordered and not yet received", "在途数量"}},
});
constexpr auto stock_key = std::to_array<std::string_view>({"item_id", "place_id", "day"});

constexpr auto supplier_fields = std::to_array<Field>({
    {"supplier_id", text, required, {"the supplier", "供应商编号"}},
    {"title", text, optional, {"its name", "名称"}},
    {"lead_time_days", real, optional, {"days from order to receipt, on average", "平均交货天数"}},
    {"lead_time_sd_days", real, optional, {"their standard deviation", "交货天数的标准差"}},
    {"pack_size", whole, optional, {"units are ordered in multiples of it", "包装数量"}},
    {"minimum_units", whole, optional, {"least units an order", "最小起订量"}},
    {"minimum_value", money, optional, {"least value of an order", "最小订货金额"}},
});
constexpr auto supplier_key = std::to_array<std::string_view>({"supplier_id"});

constexpr auto receipt_fields = std::to_array<Field>({
    {"receipt_id", text, required, {"the delivery", "到货单号"}},
    {"line",
     whole,
     computed,
     {"the place within it; numbered in the order of the file where not mapped", "行号；未映射时按文件顺序编号"}},
    {"purchase_id", text, optional, {"the shop's order that it answers", "采购单号"}},
    {"supplier_id", text, optional, {"who delivered", "供应商编号"}},
    {"item_id", text, required, {"the article", "商品编码"}},
    {"place_id", text, optional, {"the warehouse or store", "仓库或门店"}},
    {"ordered_on", day, optional, {"when it was ordered", "采购日期"}},
    {"received_on", day, required, {"when it came", "到货日期"}},
    {"quantity", whole, required, {"units received", "到货数量"}},
    {"unit_cost", money, optional, {"what one unit cost", "单位成本"}},
});
constexpr auto receipt_key = std::to_array<std::string_view>({"receipt_id", "line"});

constexpr auto price_break_fields = std::to_array<Field>({
    {"item_id", text, required, {"the article", "商品编码"}},
    {"supplier_id", text, computed, {"who asks it; \"all\" where not mapped", "供应商编号；未映射时为 all"}},
    {"from_units", whole, required, {"the price holds where at least so many are ordered", "起价数量"}},
    {"unit_cost", money, required, {"what one unit costs then", "该数量起的单位成本"}},
    {"incremental",
     boolean,
     optional,
     {"true where the price is only of the units beyond those; all units where not mapped",
      "是否仅对超出部分计价；未映射时对全部数量计价"}},
});
constexpr auto price_break_key = std::to_array<std::string_view>({"item_id", "supplier_id", "from_units"});

constexpr auto place_link_fields = std::to_array<Field>({
    {"to_place_id", text, required, {"the place that is supplied", "被补货的门店或仓库"}},
    {"from_place_id", text, required, {"the one place that supplies it", "为其补货的仓库（只有一个）"}},
    {"lead_time_days", real, required, {"days from sending to being on the shelf", "从发出到上架的天数"}},
    {"service_days",
     real,
     optional,
     {"the longest that customers of the place wait; 0 where not mapped", "顾客可接受的最长等待天数；未映射时为 0"}},
    {"holding_share",
     real,
     optional,
     {"of a unit's cost, what holding it at the place costs a year; the shop's stock.holding_rate where not mapped",
      "在该处持有一件一年的成本占其单位成本的比例；未映射时取店铺设置 stock.holding_rate"}},
});
constexpr auto place_link_key = std::to_array<std::string_view>({"to_place_id"});

constexpr auto substitute_fields = std::to_array<Field>({
    {"item_id", text, required, {"the article that is out", "缺货的商品编码"}},
    {"other_item_id", text, required, {"the article that is taken in its place", "替代的商品编码"}},
    {"share",
     real,
     required,
     {"of those who miss the article, the share who take the other, 0 to 1; those of an article add up to 1 at most",
      "买不到该商品的顾客中改买替代品的比例，0 到 1；同一商品各行之和不超过 1"}},
});
constexpr auto substitute_key = std::to_array<std::string_view>({"item_id", "other_item_id"});

constexpr auto tables = std::to_array<CanonicalTable>({
    {"stock",
     "stock",
     stock_fields,
     stock_key,
     {"What lay where on a day, as counted or as the books say.", "库存快照"}},
    {"suppliers", "supplier", supplier_fields, supplier_key, {"Who delivers, how fast and in which lots.", "供应商"}},
    {"receipts",
     "receipt",
     receipt_fields,
     receipt_key,
     {"What suppliers delivered: a row an article of a delivery. Lead times are learnt from it.",
      "到货记录：每次到货的每个商品一行，用于学习交货期"}},
    {"price_breaks",
     "price_break",
     price_break_fields,
     price_break_key,
     {"Lower prices for larger orders: a row a price. Orders go up to a break where that is worth it.",
      "阶梯价：每个价格一行；划算时订货会增至更低的价格档"}},
    {"place_links",
     "place_link",
     place_link_fields,
     place_link_key,
     {"Which place is supplied from which. Safety stock is placed over the network, and moves follow the links.",
      "补货网络：哪个地点由哪个地点供货；安全库存按网络安排，调拨沿此进行"}},
    {"substitutes",
     "substitute",
     substitute_fields,
     substitute_key,
     {"What customers take where an article is out. Linked articles are ordered together.",
      "替代关系：缺货时顾客改买什么；有关联的商品一起订货"}},
});

}  // namespace

std::span<const CanonicalTable> supply_tables() {
    return tables;
}

}  // namespace suanpan::data
