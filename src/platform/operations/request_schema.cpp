#include "platform/operations/request_schema.h"

#include <fmt/format.h>

#include <charconv>

namespace suanpan::operations {
namespace {

using Type = RequestField::Type;

Type type_named(std::string_view name) {
    if (name == "integer") return Type::whole;
    if (name == "number") return Type::real;
    if (name == "boolean") return Type::boolean;
    if (name == "array") return Type::list;
    if (name == "object") return Type::object;
    return Type::text;
}

Type type_of(const Json& schema) {
    const auto* type = member(schema, "type");
    if (type == nullptr) return Type::text;
    if (type->is_string()) return type_named(type->get_string());
    for (const auto& name : type->get_array())
        if (name.is_string() && name.get_string() != "null") return type_named(name.get_string());
    return Type::text;
}

std::unexpected<Error> unfit(const RequestField& field, const std::string& word, std::string_view what) {
    return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" is not {}", word, what), field.name);
}

template <class Number>
Result<Json> parse_number(const RequestField& field, const std::string& word, std::string_view what) {
    Number number{};
    const auto* end = word.data() + word.size();
    const auto [stop, error] = std::from_chars(word.data(), end, number);
    if (error != std::errc{} || stop != end || word.empty()) return unfit(field, word, what);
    return Json(number);
}

Result<Json> parse_word(const RequestField& field, Type type, const std::string& word) {
    switch (type) {
        case Type::whole:
            return parse_number<std::int64_t>(field, word, "a whole number");
        case Type::real:
            return parse_number<double>(field, word, "a number");
        case Type::boolean:
            if (word == "true" || word == "false") return Json(word == "true");
            return unfit(field, word, "true or false");
        case Type::object:
            return parse_json(word);
        default:
            return Json(word);
    }
}

}  // namespace

std::vector<RequestField> request_fields(const Operation& operation) {
    std::vector<RequestField> fields;
    const auto root = parse_json(operation.request_schema);
    const auto* properties = root ? member(*root, "properties") : nullptr;
    if (properties == nullptr) return fields;
    for (const auto& [name, property] : properties->get_object()) {
        RequestField field{.name = name};
        field.type = type_of(property);
        if (const auto* items = member(property, "items")) field.element = type_of(*items);
        if (const auto* text = member(property, "description"); text && text->is_string())
            field.description = text->get_string();
        fields.push_back(std::move(field));
    }
    return fields;
}

Result<Json> parse_field(const RequestField& field, const std::vector<std::string>& words) {
    if (field.type != RequestField::Type::list) return parse_word(field, field.type, words.empty() ? "" : words.back());
    Json list = Json::array_t{};
    for (const auto& word : words) list.get_array().push_back(TRY(parse_word(field, field.element, word)));
    return list;
}

}  // namespace suanpan::operations
