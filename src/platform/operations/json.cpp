#include "platform/operations/json.h"

#include <glaze/json.hpp>

namespace suanpan::operations {
namespace {

// "{}{}" is no JSON: what stands behind a value must be blank.
struct WholeText : glz::opts {
    bool validate_trailing_whitespace = true;
};

struct Escaped : glz::opts {
    bool escape_control_characters = true;
};

}  // namespace

std::unexpected<Error> bad_json(const glz::error_ctx& error, std::string_view text) {
    return fail(ErrorCode::invalid_argument, "the request does not fit: " + glz::format_error(error, text));
}

Result<Json> parse_json(std::string_view text) {
    Json value;
    // A view may end where no zero follows, and what the library has for such takes "{" for a whole object.
    const std::string ended(text);
    if (const auto error = glz::read<WholeText{}>(value, ended)) return bad_json(error, text);
    return value;
}

std::string to_text(const Json& value) {
    std::string text;
    if (glz::write<Escaped{}>(value, text)) return "null";  // deeper than the library goes
    return text;
}

const Json* member(const Json& object, std::string_view key) {
    if (!object.is_object()) return nullptr;
    const auto& members = object.get_object();
    const auto found = members.find(key);
    return found == members.end() ? nullptr : &found->second;
}

double as_number(const Json& value) {
    if (const auto* whole = value.get_if<std::int64_t>()) return static_cast<double>(*whole);
    if (const auto* real = value.get_if<double>()) return *real;
    return 0;
}

}  // namespace suanpan::operations
