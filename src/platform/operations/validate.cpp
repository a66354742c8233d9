#include "platform/operations/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "platform/operations/json.h"

namespace suanpan::operations {
namespace {

bool is_empty(const Json* value) {
    if (value == nullptr || value->is_null()) return true;
    if (value->is_string()) return value->get_string().empty();
    return value->is_array() && value->get_array().empty();
}

std::unexpected<Error> out_of_range(std::string_view field, const Json& value, std::string_view bound, double limit) {
    return fail(ErrorCode::invalid_argument, fmt::format("{} is {} the allowed {:g}", to_text(value), bound, limit),
                std::string(field));
}

Result<> check_number(std::string_view field, const Json& schema, const Json& value) {
    const double number = as_number(value);
    if (const auto* minimum = member(schema, "minimum"); minimum && number < as_number(*minimum))
        return out_of_range(field, value, "below", as_number(*minimum));
    if (const auto* maximum = member(schema, "maximum"); maximum && number > as_number(*maximum))
        return out_of_range(field, value, "above", as_number(*maximum));
    return {};
}

Result<> check_count(std::string_view field, const Json& schema, const Json::array_t& values) {
    const auto* maximum = member(schema, "maxItems");
    if (maximum && static_cast<double>(values.size()) > as_number(*maximum))
        return fail(
            ErrorCode::too_large,
            fmt::format("{} are more than the allowed {:g}; split the request", values.size(), as_number(*maximum)),
            std::string(field));
    return {};
}

// Characters as JSON Schema counts them: code points, each of which has one byte that continues no other.
Result<> check_length(std::string_view field, const Json& schema, std::string_view text) {
    const auto* maximum = member(schema, "maxLength");
    const auto length = std::ranges::count_if(text, [](unsigned char byte) { return (byte & 0xC0U) != 0x80U; });
    if (maximum && static_cast<double>(length) > as_number(*maximum))
        return fail(ErrorCode::invalid_argument,
                    fmt::format("has {} characters, the allowed are {:g}", length, as_number(*maximum)),
                    std::string(field));
    return {};
}

Result<> check_field(std::string_view field, const Json& schema, const Json& value) {
    if (value.is_number()) return check_number(field, schema, value);
    if (value.is_array()) return check_count(field, schema, value.get_array());
    if (value.is_string()) return check_length(field, schema, value.get_string());
    return {};
}

using Names = std::set<std::string, std::less<>>;

Names words_of(std::string_view comma_separated) {
    Names words;
    for (std::size_t at = 0; at <= comma_separated.size();) {
        const auto end = std::min(comma_separated.find(',', at), comma_separated.size());
        if (end > at) words.emplace(comma_separated.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

// The names of an object's members, or none where its schema leaves them open.
bool add_members(const Json& schema, Names& names) {
    const auto* properties = member(schema, "properties");
    if (properties == nullptr || !properties->is_object()) return false;
    for (const auto& [name, property] : properties->get_object()) names.insert(name);
    return true;
}

// Whether any JSON may be there.
bool is_any(const Json& schema) {
    const auto* type = member(schema, "type");
    return type != nullptr && type->is_array() &&
           std::ranges::any_of(type->get_array(), [](const Json& one) { return one.get_string() == "object"; });
}

// Of a reply and of the rows of its lists. None: any name may be there.
std::optional<Names> reply_names(const Json& root) {
    Names names;
    if (!add_members(root, names)) return std::nullopt;
    for (const auto& [name, property] : member(root, "properties")->get_object())
        if (const auto* items = member(property, "items"); items && !add_members(*items, names) && is_any(*items))
            return std::nullopt;
    return names;
}

// Keeps the members of `object` that are wanted, or goes into the lists of objects it holds.
void keep(Json& json, const Names& wanted, Names& seen) {
    if (json.is_array()) {
        for (auto& element : json.get_array()) keep(element, wanted, seen);
        return;
    }
    if (!json.is_object()) return;
    Json kept = Json::object_t{};
    for (auto& [key, value] : json.get_object()) {
        if (wanted.contains(key)) {
            seen.insert(key);
            kept[key] = value;
        }
    }
    json = std::move(kept);
}

// A reply with lists of rows: names of rows choose within them; names of the reply itself leave out all that is not
// named.
Result<std::string> select_in_rows(Json json, const Names& wanted, const Names& row_names) {
    const auto is_of_reply = [&](const auto& word) { return json.contains(word) && !row_names.contains(word); };
    const auto is_of_rows = [&](const auto& word) { return row_names.contains(word); };
    const bool whole_reply = std::ranges::none_of(wanted, is_of_reply);
    const bool in_rows = std::ranges::any_of(wanted, is_of_rows);
    Names seen;
    Json kept = Json::object_t{};
    for (auto& [key, value] : json.get_object()) {
        if (wanted.contains(key)) {
            seen.insert(key);
        } else if (value.is_array()) {
            if (!whole_reply && !in_rows) continue;
            keep(value, wanted, seen);
        } else if (!whole_reply) {
            continue;
        }
        kept[key] = std::move(value);
    }
    for (const auto& word : wanted)
        if (!row_names.empty() && !seen.contains(word))
            return fail(ErrorCode::invalid_argument, "the reply has no such field", word);
    return to_text(kept);
}

}  // namespace

Result<> validate(const Operation& operation, std::string_view request) {
    const auto parsed = TRY(parse_json(request.empty() ? "{}" : request));
    if (!parsed.is_object())
        return fail(ErrorCode::invalid_argument, "the request is a JSON object with the operation's fields");
    for (const auto& field : operation.required)
        if (is_empty(member(parsed, field)))
            return fail(ErrorCode::invalid_argument, fmt::format("{} needs this field", operation.name), field);
    const auto schema = TRY(parse_json(operation.request_schema));
    const auto* properties = member(schema, "properties");
    if (properties == nullptr) return {};
    for (const auto& [field, value] : parsed.get_object())
        if (const auto* property = member(*properties, field)) TRY(check_field(field, *property, value));
    return {};
}

Result<> check_fields(const Operation& operation, std::string_view comma_separated) {
    if (comma_separated.empty()) return {};
    const auto names = reply_names(TRY(parse_json(operation.reply_schema)));
    for (const auto& word : words_of(comma_separated))
        if (names && !names->contains(word))
            return fail(ErrorCode::invalid_argument, "the reply has no such field", word);
    return {};
}

Result<> check(const Operation& operation, std::string_view request, std::string_view fields) {
    TRY(validate(operation, request));
    if (operation.fits) TRY(operation.fits(request));
    return check_fields(operation, fields);
}

Result<std::string> select_fields(std::string_view reply, std::string_view comma_separated) {
    auto json = TRY(parse_json(reply));
    const auto wanted = words_of(comma_separated);
    Names row_names;
    bool rows = false;
    for (const auto& [key, value] : json.get_object())
        if (value.is_array()) {
            rows = true;
            for (const auto& row : value.get_array())
                if (row.is_object())
                    for (const auto& [name, field] : row.get_object()) row_names.insert(name);
        }
    if (rows) return select_in_rows(std::move(json), wanted, row_names);
    Names seen;
    keep(json, wanted, seen);
    for (const auto& word : wanted)
        if (!seen.contains(word)) return fail(ErrorCode::invalid_argument, "the reply has no such field", word);
    return to_text(json);
}

}  // namespace suanpan::operations
