#include "areas/data/canonical.h"

#include <array>
#include <vector>

namespace suanpan::data {
namespace {

using enum FieldType;
using enum Need;

constexpr auto nothing_fields = std::to_array<Field>({{"reason", text, optional, {}}});
constexpr CanonicalTable nothing{"nothing", "nothing", nothing_fields, {}, {}};

std::vector<CanonicalTable> all_tables() {
    std::vector<CanonicalTable> all;
    for (const auto part : {sales_tables(), goods_tables(), supply_tables(), outside_tables()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

}  // namespace

std::span<const CanonicalTable> canonical_tables() {
    static const auto tables = all_tables();
    return tables;
}

const CanonicalTable& nothing_table() {
    return nothing;
}

const CanonicalTable* find_canonical(std::string_view name) {
    for (const auto& table : canonical_tables())
        if (table.name == name) return &table;
    return nullptr;
}

std::string_view name(Need need) {
    constexpr std::array<std::string_view, 3> names = {"needed", "optional", "computed"};
    return names.at(static_cast<std::size_t>(need));
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
