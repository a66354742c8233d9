#include "platform/operations/validate.h"

#include <fmt/format.h>

#include <algorithm>
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
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} is {} the allowed {:g}", value.dump().value_or("?"), bound, limit), std::string(field));
}

Result<> check_number(std::string_view field, const Json& schema, const Json& value) {
    const double number = as_number(value);
    if (const auto* minimum = member(schema, "minimum"); minimum && number < as_number(*minimum))
        return out_of_range(field, value, "below", as_number(*minimum));
    if (const auto* maximum = member(schema, "maximum"); maximum && number > as_number(*maximum))
        return out_of_range(field, value, "above", as_number(*maximum));
    return {};
}

Result<> check_size(std::string_view field, const Json& schema, const Json& value) {
    const auto size = value.is_array() ? value.get_array().size() : value.get_string().size();
    const auto* maximum = member(schema, value.is_array() ? "maxItems" : "maxLength");
    if (maximum && static_cast<double>(size) > as_number(*maximum))
        return fail(ErrorCode::too_large,
                    fmt::format("{} are more than the allowed {:g}; split the request", size, as_number(*maximum)),
                    std::string(field));
    return {};
}

Result<> check_field(std::string_view field, const Json& schema, const Json& value) {
    if (value.is_number()) return check_number(field, schema, value);
    if (value.is_array() || value.is_string()) return check_size(field, schema, value);
    return {};
}

// Keeps the members of `object` that are wanted, or goes into the lists of objects it holds.
void keep(Json& json, const std::set<std::string, std::less<>>& wanted, std::set<std::string>& seen) {
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

Result<std::string> select_fields(std::string_view reply, std::string_view comma_separated) {
    auto json = TRY(parse_json(reply));
    std::set<std::string, std::less<>> wanted;
    for (std::size_t at = 0; at <= comma_separated.size();) {
        const auto end = std::min(comma_separated.find(',', at), comma_separated.size());
        if (end > at) wanted.emplace(comma_separated.substr(at, end - at));
        at = end + 1;
    }
    std::set<std::string> seen;
    bool rows = false;
    bool any = false;
    for (auto& [key, value] : json.get_object()) {
        if (!value.is_array() || wanted.contains(key)) continue;
        rows = true;
        any |= !value.get_array().empty();
        keep(value, wanted, seen);
    }
    if (!rows) keep(json, wanted, seen);
    if (rows && !any) return json.dump().value_or("{}");
    for (const auto& field : wanted)
        if (!seen.contains(field)) return fail(ErrorCode::invalid_argument, "the reply has no such field", field);
    return json.dump().value_or("{}");
}

}  // namespace suanpan::operations
