#include <array>

#include "areas/data/canonical.h"

// The articles: what they are, cost and are offered for.
namespace suanpan::data {
namespace {

using enum FieldType;
using enum Need;

constexpr auto item_fields = std::to_array<Field>({
    {"item_id", text, required, {"the article's code, as orders name it", "商品编码"}},
    {"title", text, optional, {"its name", "商品名称"}},
    {"category", text, optional, {"its kind", "类目"}},
    {"product",
     boolean,
     computed,
     {"false for postage, fees and the like; true where not mapped", "是否为商品；未映射时为是"}},
    {"unit_cost", money, optional, {"what one unit costs the shop", "单位成本"}},
    {"unit_price", money, optional, {"what one unit is offered for", "标价"}},
    {"supplier_id", text, optional, {"who delivers it", "供应商编号"}},
    {"listed_on", day, optional, {"since when it is offered", "上架日期"}},
});
constexpr auto item_key = std::to_array<std::string_view>({"item_id"});

constexpr auto variant_fields = std::to_array<Field>({
    {"item_id", text, required, {"the article: one size, one colour", "商品编码（具体到规格）"}},
    {"product_id", text, required, {"the product that it is a variant of", "款号（所属产品）"}},
    {"title", text, optional, {"what tells it apart, \"blue / L\"", "规格名称"}},
    {"barcode", text, optional, {"GTIN, EAN or UPC", "条码"}},
    {"position", whole, optional, {"its place among the variants, the first is 1", "规格顺序，从 1 开始"}},
});
constexpr auto variant_key = std::to_array<std::string_view>({"item_id"});

constexpr auto attribute_fields = std::to_array<Field>({
    {"item_id", text, required, {"the article", "商品编码"}},
    {"name", text, required, {"the property: brand, colour, size, material", "属性名：品牌、颜色、尺码等"}},
    {"value", text, required, {"what it is", "属性值"}},
});
constexpr auto attribute_key = std::to_array<std::string_view>({"item_id", "name"});

constexpr auto cost_fields = std::to_array<Field>({
    {"item_id", text, required, {"the article", "商品编码"}},
    {"from_day", day, required, {"the first day it holds", "生效日期"}},
    {"unit_cost", money, required, {"what one unit costs", "单位成本"}},
    {"supplier_id", text, optional, {"who asks it", "供应商编号"}},
});
constexpr auto cost_key = std::to_array<std::string_view>({"item_id", "from_day"});

constexpr auto price_fields = std::to_array<Field>({
    {"item_id", text, required, {"the article", "商品编码"}},
    {"day", day, required, {"the shop's day", "日期"}},
    {"unit_price", money, required, {"what one unit was offered for", "单价"}},
});
constexpr auto price_key = std::to_array<std::string_view>({"item_id", "day"});

constexpr auto competitor_price_fields = std::to_array<Field>({
    {"item_id", text, required, {"the shop's own article", "本店商品编码"}},
    {"competitor_id", text, required, {"who offers it", "竞争对手"}},
    {"day", day, required, {"when it was seen", "日期"}},
    {"unit_price", money, required, {"what one unit costs there", "对方单价"}},
    {"shipping", money, optional, {"what is asked for shipping", "运费"}},
    {"rating", real, optional, {"how it is rated there", "对方评分"}},
    {"available", boolean, optional, {"whether it was to be had", "是否有货"}},
});
constexpr auto competitor_price_key = std::to_array<std::string_view>({"item_id", "competitor_id", "day"});

constexpr auto promotion_fields = std::to_array<Field>({
    {"promotion_id", text, required, {"the promotion", "促销编号"}},
    {"item_id", text, required, {"the article", "商品编码"}},
    {"from_day", day, required, {"its first day", "开始日期"}},
    {"to_day", day, required, {"its last day", "结束日期"}},
    {"discount", real, optional, {"share taken off the price, 0 to 1", "折扣比例，0 到 1"}},
});
constexpr auto promotion_key = std::to_array<std::string_view>({"promotion_id", "item_id"});

constexpr auto tables = std::to_array<CanonicalTable>({
    {"items",
     "item",
     item_fields,
     item_key,
     {"The articles that are sold and stocked: one size, one colour each.", "商品资料（具体到规格）"}},
    {"variants",
     "variant",
     variant_fields,
     variant_key,
     {"Which articles are sizes or colours of one product.", "规格：哪些商品属于同一款"}},
    {"attributes",
     "attribute",
     attribute_fields,
     attribute_key,
     {"Properties of articles: a row a property.", "商品属性：每个属性一行"}},
    {"costs", "cost", cost_fields, cost_key, {"What an article cost the shop, from which day on.", "成本及其生效日"}},
    {"prices", "price", price_fields, price_key, {"What an article was offered for on a day.", "某天的标价"}},
    {"competitor_prices",
     "competitor_price",
     competitor_price_fields,
     competitor_price_key,
     {"What others ask for the same article on a day.", "竞品价格"}},
    {"promotions",
     "promotion",
     promotion_fields,
     promotion_key,
     {"Which articles were promoted from when to when.", "促销活动"}},
});

}  // namespace

std::span<const CanonicalTable> goods_tables() {
    return tables;
}

}  // namespace suanpan::data
