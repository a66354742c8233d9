#pragma once

#include <optional>
#include <string_view>

#include "platform/gateway/exchange.h"

namespace suanpan::gateway {

// The console's files as vite built them, "/" and "/assets/…"; nothing for any other path. Where the program was built
// without the console, "/" is a page that says so.
[[nodiscard]] std::optional<Reply> console_file(const Request& request);

// The page that shows openapi.json for people to read and try; nothing where the program was built without the console.
[[nodiscard]] std::optional<Reply> api_page();

// Whether a list such as "gzip, br;q=0.8" takes the encoding (RFC 9110, section 12.5.3).
[[nodiscard]] bool accepts_encoding(std::string_view accepted, std::string_view encoding);

}  // namespace suanpan::gateway
