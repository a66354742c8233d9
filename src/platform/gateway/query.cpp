#include "platform/gateway/query.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

#include "platform/base/utf8.h"
#include "platform/gateway/json_dump.h"
#include "platform/gateway/routes.h"

namespace suanpan::gateway {
namespace {

using operations::Json;
using operations::RequestField;

std::string_view take_until(std::string_view& text, char end) {
    const auto at = std::min(text.find(end), text.size());
    const auto part = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return part;
}

const RequestField* field_named(std::span<const RequestField> fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &RequestField::name);
    return found == fields.end() ? nullptr : &*found;
}

Result<> add_words(const RequestField& field, std::string_view raw, std::vector<std::string>& words) {
    if (field.type != RequestField::Type::list) {
        if (!words.empty()) return fail(ErrorCode::invalid_argument, "is given twice but is not a list", field.name);
        words.push_back(TRY(percent_decoded(raw)));
        return {};
    }
    while (!raw.empty()) words.push_back(TRY(percent_decoded(take_until(raw, ','))));
    return {};
}

}  // namespace

Result<std::string> percent_decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        unsigned char byte = 0;
        const auto digits = text.substr(i + 1, 2);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
        if (error != std::errc{} || digits.size() != 2 || end != digits.data() + 2)
            return fail(ErrorCode::invalid_argument, "a % in the query is not followed by two hexadecimal digits");
        out += static_cast<char>(byte);
        i += 2;
    }
    if (!is_utf8(out)) return fail(ErrorCode::invalid_argument, "the query is not UTF-8");
    return out;
}

std::string query_value(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        auto value = take_until(query, '&');
        if (take_until(value, '=') == name) return percent_decoded(value).value_or("");
    }
    return {};
}

Result<QueryRequest> parse_query(std::string_view query, std::span<const RequestField> fields) {
    QueryRequest result;
    std::map<std::string, std::vector<std::string>> words;
    while (!query.empty()) {
        auto value = take_until(query, '&');
        if (value.empty()) continue;
        const auto name = TRY(percent_decoded(take_until(value, '=')));
        if (const auto* field = field_named(fields, name))
            TRY(add_words(*field, value, words[name]));
        else if (name == "fields")
            result.fields = TRY(percent_decoded(value));
        else
            return fail(ErrorCode::invalid_argument, "unknown field", name);
    }
    Json request = Json::object_t{};
    for (const auto& [name, given] : words)
        request[name] = TRY(operations::parse_field(*field_named(fields, name), given));
    result.request = json_dump(request);
    return result;
}

Result<QueryRequest> wanted_by(const Exchange& exchange) {
    const auto& request = exchange.request;
    if (request.method != "POST") return parse_query(request.query, exchange.route->fields);
    auto wanted = TRY(parse_query(request.query, {}));
    wanted.request = request.body.empty() ? "{}" : request.body;
    return wanted;
}

}  // namespace suanpan::gateway
