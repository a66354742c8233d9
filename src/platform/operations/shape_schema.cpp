#include <algorithm>
#include <limits>

#include "platform/operations/shape.h"

namespace suanpan::operations {
namespace {

using Kind = Shape::Kind;

Json schema_of(const Shape& shape);

void name_type(Json& schema, std::string_view type) {
    schema["type"] = std::string(type);
}

Json object_schema(const Shape& shape);

Json whole_schema() {
    Json schema = Json::object_t{};
    name_type(schema, "integer");
    schema["minimum"] = std::numeric_limits<std::int64_t>::min();
    schema["maximum"] = std::numeric_limits<std::int64_t>::max();
    return schema;
}

// Of whatever a value is, or nothing.
Json optional_schema(const Shape& shape) {
    auto schema = schema_of(*shape.element);
    const auto* type = member(schema, "type");
    if (type == nullptr || !type->is_string()) return schema;
    Json types = Json::array_t{};
    types.get_array().push_back(*type);
    types.get_array().emplace_back("null");
    schema["type"] = std::move(types);
    return schema;
}

Json value_schema(Kind kind) {
    if (kind == Kind::whole) return whole_schema();
    Json schema = Json::object_t{};
    if (kind == Kind::boolean) name_type(schema, "boolean");
    if (kind == Kind::real) name_type(schema, "number");
    if (kind == Kind::text) name_type(schema, "string");
    if (kind == Kind::scalar || kind == Kind::any) {
        Json types = Json::array_t{};
        for (const auto* type : {"number", "string", "boolean", "object", "array", "null"})
            if (kind == Kind::any || types.get_array().size() < 3) types.get_array().emplace_back(type);
        schema["type"] = std::move(types);
    }
    return schema;
}

Json schema_of(const Shape& shape) {
    Json schema = Json::object_t{};
    switch (shape.kind) {
        case Kind::object:
            return object_schema(shape);
        case Kind::optional:
            return optional_schema(shape);
        case Kind::list:
            name_type(schema, "array");
            schema["items"] = schema_of(*shape.element);
            return schema;
        case Kind::map:
            name_type(schema, "object");
            schema["additionalProperties"] = schema_of(*shape.element);
            return schema;
        default:
            return value_schema(shape.kind);
    }
}

void set_number(Json& schema, const char* key, const std::optional<double>& value) {
    if (!value) return;
    const auto whole = static_cast<std::int64_t>(*value);
    schema[key] = static_cast<double>(whole) == *value ? Json(whole) : Json(*value);
}

void describe(Json& schema, const FieldWords& words) {
    const auto& bounds = words.bounds;
    if (!words.description.empty()) schema["description"] = std::string(words.description);
    if (!bounds.default_value.empty()) schema["default"] = parse_json(bounds.default_value).value_or(Json{});
    set_number(schema, "minimum", bounds.minimum);
    set_number(schema, "maximum", bounds.maximum);
    if (bounds.max_items) schema["maxItems"] = *bounds.max_items;
    if (bounds.min_length) schema["minLength"] = *bounds.min_length;
    if (bounds.max_length) schema["maxLength"] = *bounds.max_length;
}

Json object_schema(const Shape& shape) {
    Json schema = Json::object_t{};
    name_type(schema, "object");
    Json properties = Json::object_t{};
    for (const auto& member : shape.members) {
        auto property = schema_of(*member.shape);
        const auto words = std::ranges::find(shape.words, member.name, &FieldWords::field);
        if (words != shape.words.end()) describe(property, *words);
        properties[member.name] = std::move(property);
    }
    schema["properties"] = std::move(properties);
    schema["additionalProperties"] = false;
    return schema;
}

}  // namespace

std::string schema_text(const Shape& shape) {
    return to_text(schema_of(shape));
}

}  // namespace suanpan::operations
