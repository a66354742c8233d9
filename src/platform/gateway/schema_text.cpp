#include "platform/gateway/schema_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "platform/gateway/json_dump.h"

namespace suanpan::gateway {
namespace {

using operations::as_number;
using operations::Json;
using operations::member;

std::string text_of(const Json* value) {
    return value != nullptr && value->is_string() ? value->get_string() : std::string();
}

std::string type_name(const Json& schema) {
    const auto* type = member(schema, "type");
    auto word = text_of(type);
    bool optional = false;
    if (type != nullptr && type->is_array())
        for (const auto& one : type->get_array())
            text_of(&one) == "null" ? void(optional = true) : void(word = text_of(&one));
    if (word == "string") word = "text";
    if (word == "integer") word = "whole number";
    if (const auto* items = member(schema, "items"); word == "array" && items) word = "list of " + type_name(*items);
    if (word == "object" && member(schema, "properties") == nullptr) word = "map";
    return (word.empty() ? "any" : word) + (optional ? ", optional" : "");
}

// Bounds that only repeat what 64 bits can hold tell nothing.
std::string bound_of(const Json& schema, std::string_view key) {
    const auto* bound = member(schema, key);
    if (bound == nullptr || !bound->is_number() || std::abs(as_number(*bound)) > 1e15) return {};
    return fmt::format("{}", as_number(*bound));
}

std::string range_of(const Json& schema) {
    for (const auto* key : {"maxItems", "maxLength"})
        if (const auto most = bound_of(schema, key); !most.empty())
            return fmt::format("at most {}{}", most, std::string_view(key) == "maxItems" ? "" : " characters");
    const auto least = bound_of(schema, "minimum");
    const auto most = bound_of(schema, "maximum");
    if (!least.empty() && !most.empty()) return least + " to " + most;
    if (!least.empty()) return "at least " + least;
    return most.empty() ? "" : "at most " + most;
}

// The protocol wants a plain "object" at the root.
Json parsed(const std::string& text) {
    auto schema = operations::parse_json(text).value_or(Json::object_t{});
    if (!schema.is_object()) schema = Json::object_t{};
    schema["type"] = "object";
    return schema;
}

}  // namespace

Json request_schema(const operations::Operation& operation) {
    auto schema = parsed(operation.request_schema);
    if (operation.required.empty()) return schema;
    Json required = Json::array_t{};
    for (const auto& field : operation.required) required.get_array().emplace_back(field);
    schema["required"] = std::move(required);
    return schema;
}

Json reply_schema(const operations::Operation& operation) {
    return parsed(operation.reply_schema);
}

std::vector<FieldText> field_texts(const Json& schema) {
    std::vector<FieldText> fields;
    const auto* properties = member(schema, "properties");
    if (properties == nullptr || !properties->is_object()) return fields;
    const auto* required = member(schema, "required");
    for (const auto& [name, property] : properties->get_object()) {
        FieldText field{.name = name, .type = type_name(property), .range = range_of(property)};
        field.description = text_of(member(property, "description"));
        if (const auto* value = member(property, "default")) field.default_value = json_dump(*value);
        if (required != nullptr && required->is_array())
            for (const auto& one : required->get_array()) field.required |= text_of(&one) == name;
        fields.push_back(std::move(field));
    }
    return fields;
}

}  // namespace suanpan::gateway
