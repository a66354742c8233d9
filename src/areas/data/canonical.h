#pragma once

#include <span>
#include <string_view>

// The canonical tables that a mapping fills, and what each field must be.
namespace suanpan::data {

enum class FieldType { text, whole, real, money, boolean, day, instant };

enum class Need {
    required,  // a row without it is quarantined
    optional,  // NULL where the mapping or the row has none
    computed,  // may be mapped; otherwise the load fills it in
};

// For the reference and for people who write a mapping.
struct Description {
    std::string_view en, zh;
};

struct Field {
    std::string_view name;
    FieldType type;
    Need need = Need::optional;
    Description description;
};

struct CanonicalTable {
    std::string_view name;   // as mappings say it, "order_lines"
    std::string_view table;  // as the store has it, "order_line"
    std::span<const Field> fields;
    std::span<const std::string_view> key;
    Description description;
};

[[nodiscard]] std::span<const CanonicalTable> canonical_tables();
// Their declarations, by what they tell of; canonical_tables() is all of them in this order.
[[nodiscard]] std::span<const CanonicalTable> sales_tables();
[[nodiscard]] std::span<const CanonicalTable> goods_tables();
[[nodiscard]] std::span<const CanonicalTable> supply_tables();
[[nodiscard]] std::span<const CanonicalTable> outside_tables();

// Where a mapping sends rows that it leaves out on purpose: they go nowhere, and are no error.
[[nodiscard]] const CanonicalTable& nothing_table();

[[nodiscard]] const CanonicalTable* find_canonical(std::string_view name);

[[nodiscard]] std::string_view name(Need need);              // "needed", "optional", "computed"
[[nodiscard]] std::string_view sql_type(FieldType type);     // of the value, in the store
[[nodiscard]] std::string_view description(FieldType type);  // "a whole number", for reasons

}  // namespace suanpan::data
