#include "areas/data/tables_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "areas/data/canonical.h"

namespace suanpan::data {
namespace {

constexpr std::string_view introduction = R"(# Tables that a mapping fills

Made from the declarations by the program; edits here are lost.

A mapping (`mapping.yaml`, see `examples/`) says which columns of a file become which fields of which table. One file may
fill several tables: give it a source for each. A row whose **needed** field is empty or unreadable is set aside with its
line and reason; an **optional** field may stay empty; a **computed** one is filled in by the load where the mapping or the
row has none. A row with the key of an earlier row takes its place.

Amounts are in the shop's currency, days and times in its time zone. Every row keeps the load and the line it came from.

映射文件说明文件的哪些列成为哪张表的哪些字段。同一个文件可以填多张表：为每张表写一个 source。**needed**（必填）为空或无法解析的行
连同行号与原因另存；**optional**（选填）可以为空；**computed**（自动）在没有值时由程序补上。主键相同的新行取代旧行。金额按店铺货币，
日期与时间按店铺时区。
)";

bool in_key(const CanonicalTable& table, std::string_view field) {
    return std::ranges::find(table.key, field) != table.key.end();
}

std::string_view type_name(FieldType type) {
    constexpr std::array<std::string_view, 7> names = {"text",          "whole number", "number",       "money",
                                                       "true or false", "day",          "date and time"};
    return names.at(static_cast<std::size_t>(type));
}

std::string section(const CanonicalTable& table) {
    std::string text = fmt::format("\n## {}\n\n{}\n\n{}\n\n", table.name, table.description.en, table.description.zh);
    text += "| Field | Type | Need | Key | Description | 说明 |\n|---|---|---|---|---|---|\n";
    for (const auto& field : table.fields)
        text += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", field.name, type_name(field.type), name(field.need),
                            in_key(table, field.name) ? "key" : "", field.description.en, field.description.zh);
    return text;
}

}  // namespace

std::string tables_page() {
    std::string text(introduction);
    for (const auto& table : canonical_tables()) text += section(table);
    return text;
}

}  // namespace suanpan::data
