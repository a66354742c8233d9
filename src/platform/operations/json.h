#pragma once

#include <glaze/json/generic.hpp>
#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace suanpan::operations {

// Any JSON value; members keep their order, whole numbers stay whole.
using Json = glz::generic_i64;

[[nodiscard]] std::unexpected<Error> bad_json(const glz::error_ctx& error, std::string_view text);
[[nodiscard]] Result<Json> parse_json(std::string_view text);
// Control characters are escaped, which the library's own `dump` leaves as they are: that is no JSON.
[[nodiscard]] std::string to_text(const Json& value);
[[nodiscard]] const Json* member(const Json& object, std::string_view key);  // null where there is none
[[nodiscard]] double as_number(const Json& value);

}  // namespace suanpan::operations
