#pragma once

#include <string>
#include <string_view>

namespace suanpan::data::labels {

// RFC 3629: no surrogates, no over-long forms. DuckDB takes no other text.
[[nodiscard]] bool is_utf8(std::string_view text);

// BLAKE2b in hex; `bytes` of it, from 16 to 64.
[[nodiscard]] std::string content_hash(std::string_view text, std::size_t bytes);

}  // namespace suanpan::data::labels
