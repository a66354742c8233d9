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
});

}  // namespace

std::span<const CanonicalTable> supply_tables() {
    return tables;
}

}  // namespace suanpan::data
