#include "areas/data/canonical.h"

#include <array>

namespace suanpan::data {
namespace {

using enum FieldType;
using enum Need;

constexpr auto order_line_fields = std::to_array<Field>({
    {"order_id", text, required},
    {"line", whole, computed},
    {"item_id", text, required},
    {"customer_id", text},
    {"place_id", text},
    {"ordered_at", instant, required},
    {"quantity", whole, required},
    {"unit_price", money, required},
    {"cancelled", boolean, computed},
    {"title", text, computed},
    {"product", boolean, computed},
});
constexpr auto return_fields = std::to_array<Field>({
    {"return_id", text, required},
    {"line", whole, computed},
    {"order_id", text, computed},
    {"item_id", text, required},
    {"customer_id", text},
    {"place_id", text},
    {"returned_at", instant, required},
    {"quantity", whole, required},
    {"unit_price", money},
});
constexpr auto item_fields = std::to_array<Field>({
    {"item_id", text, required},
    {"title", text},
    {"category", text},
    {"product", boolean, computed},
    {"unit_cost", money},
    {"unit_price", money},
    {"supplier_id", text},
    {"listed_on", day},
});
constexpr auto customer_fields = std::to_array<Field>({
    {"customer_id", text, required},
    {"place_id", text},
    {"joined_on", day},
});
constexpr auto place_fields = std::to_array<Field>({
    {"place_id", text, required},
    {"title", text},
    {"country", text},
});
constexpr auto price_fields = std::to_array<Field>({
    {"item_id", text, required},
    {"day", day, required},
    {"unit_price", money, required},
});
constexpr auto promotion_fields = std::to_array<Field>({
    {"promotion_id", text, required},
    {"item_id", text, required},
    {"from_day", day, required},
    {"to_day", day, required},
    {"discount", real},
});
constexpr auto stock_fields = std::to_array<Field>({
    {"item_id", text, required},
    {"place_id", text, required},
    {"day", day, required},
    {"on_hand", whole, required},
    {"on_order", whole, required},
});
constexpr auto supplier_fields = std::to_array<Field>({
    {"supplier_id", text, required},
    {"title", text},
    {"lead_time_days", real},
    {"lead_time_sd_days", real},
    {"pack_size", whole},
    {"minimum_units", whole},
    {"minimum_value", money},
});
constexpr auto calendar_fields = std::to_array<Field>({
    {"day", day, required},
    {"title", text},
    {"holiday", boolean},
    {"closed", boolean},
});

constexpr auto order_line_key = std::to_array<std::string_view>({"order_id", "line"});
constexpr auto return_key = std::to_array<std::string_view>({"return_id", "line"});
constexpr auto item_key = std::to_array<std::string_view>({"item_id"});
constexpr auto customer_key = std::to_array<std::string_view>({"customer_id"});
constexpr auto place_key = std::to_array<std::string_view>({"place_id"});
constexpr auto price_key = std::to_array<std::string_view>({"item_id", "day"});
constexpr auto promotion_key = std::to_array<std::string_view>({"promotion_id", "item_id"});
constexpr auto stock_key = std::to_array<std::string_view>({"item_id", "place_id", "day"});
constexpr auto supplier_key = std::to_array<std::string_view>({"supplier_id"});
constexpr auto calendar_key = std::to_array<std::string_view>({"day"});

constexpr auto tables = std::to_array<CanonicalTable>({
    {"order_lines", "order_line", order_line_fields, order_line_key},
    {"returns", "return_line", return_fields, return_key},
    {"items", "item", item_fields, item_key},
    {"customers", "customer", customer_fields, customer_key},
    {"places", "place", place_fields, place_key},
    {"prices", "price", price_fields, price_key},
    {"promotions", "promotion", promotion_fields, promotion_key},
    {"stock", "stock", stock_fields, stock_key},
    {"suppliers", "supplier", supplier_fields, supplier_key},
    {"calendar", "calendar", calendar_fields, calendar_key},
});

}  // namespace

std::span<const CanonicalTable> canonical_tables() {
    return tables;
}

const CanonicalTable* find_canonical(std::string_view name) {
    for (const auto& table : tables)
        if (table.name == name) return &table;
    return nullptr;
}

std::string_view sql_type(FieldType type) {
    constexpr std::array<std::string_view, 7> names = {"VARCHAR", "BIGINT", "DOUBLE",   "BIGINT",
                                                       "BOOLEAN", "DATE",   "TIMESTAMP"};
    return names.at(static_cast<std::size_t>(type));
}

std::string_view description(FieldType type) {
    constexpr std::array<std::string_view, 7> names = {"a text",
                                                       "a whole number",
                                                       "a number",
                                                       "an amount of money",
                                                       "true or false",
                                                       "a day such as 2011-11-14",
                                                       "a date and time such as 2011-11-14 08:26:00"};
    return names.at(static_cast<std::size_t>(type));
}

}  // namespace suanpan::data
