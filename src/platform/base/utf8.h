#pragma once

#include <string>
#include <string_view>

namespace suanpan {

// As the Unicode standard has it: no longer spellings than needed, no surrogates, nothing past U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text);

// Each byte that is not UTF-8, and each NUL, replaced by U+FFFD.
[[nodiscard]] std::string readable(std::string_view text);

}  // namespace suanpan
