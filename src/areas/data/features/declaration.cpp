#include "areas/data/features/declaration.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace suanpan::features {
namespace {

using namespace std::string_view_literals;

constexpr std::array entity_names = {"item"sv, "customer"sv, "item_place"sv, "customer_item"sv};
constexpr std::array item_keys = {"item_id"sv};
constexpr std::array customer_keys = {"customer_id"sv};
constexpr std::array item_place_keys = {"item_id"sv, "place_id"sv};
constexpr std::array customer_item_keys = {"customer_id"sv, "item_id"sv};

bool is_name_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

std::size_t end_of_quote(std::string_view sql, std::size_t at) {
    const auto after = [&](std::string_view end) {
        const auto found = sql.find(end, at + 1);
        return found == std::string_view::npos ? sql.size() : found + end.size();
    };
    if (sql[at] == '\'') return after("'");
    if (sql[at] == '"') return after("\"");
    if (sql.substr(at).starts_with("--")) return after("\n");
    if (sql.substr(at).starts_with("/*")) return after("*/");
    return at;
}

std::string_view name(Entity entity) {
    return entity_names.at(static_cast<std::size_t>(entity));
}

std::span<const std::string_view> keys(Entity entity) {
    switch (entity) {
        case Entity::item:
            return item_keys;
        case Entity::customer:
            return customer_keys;
        case Entity::item_place:
            return item_place_keys;
        default:
            return customer_item_keys;
    }
}

Result<Entity> parse_entity(std::string_view name) {
    for (const auto entity : entities)
        if (features::name(entity) == name) return entity;
    return fail(ErrorCode::invalid_argument,
                fmt::format("there is no entity \"{}\"; there are item, customer, item_place, customer_item", name),
                "entity");
}

std::string_view name(ValueType type) {
    constexpr std::array names = {"whole"sv, "real"sv, "boolean"sv, "text"sv, "instant"sv};
    return names.at(static_cast<std::size_t>(type));
}

std::string_view sql_type(ValueType type) {
    constexpr std::array names = {"BIGINT"sv, "DOUBLE"sv, "BOOLEAN"sv, "VARCHAR"sv, "TIMESTAMPTZ"sv};
    return names.at(static_cast<std::size_t>(type));
}

std::string_view name(Aggregate aggregate) {
    constexpr std::array names = {"count"sv, "sum"sv, "min"sv, "max"sv, "last"sv, "distinct"sv};
    return names.at(static_cast<std::size_t>(aggregate));
}

const Feature* Declarations::find(std::string_view name) const {
    const auto found = std::ranges::find(features, name, &Feature::name);
    return found == features.end() ? nullptr : &*found;
}

std::vector<std::string> sql_names(std::string_view sql) {
    std::vector<std::string> names;
    for (std::size_t at = 0; at < sql.size();) {
        if (!is_name_letter(sql[at])) {
            at = std::max(at + 1, end_of_quote(sql, at));
            continue;
        }
        auto end = at;
        while (end < sql.size() && (is_name_letter(sql[end]) || sql[end] == '.')) ++end;
        names.emplace_back(sql.substr(at, end - at));
        at = end;
    }
    return names;
}

}  // namespace suanpan::features
