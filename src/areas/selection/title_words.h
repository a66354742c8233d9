#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace suanpan::selection {

// What a title is made of, in small letters: its words of ASCII letters and digits, and of any other script (Chinese
// has no spaces) each two neighbouring signs. At most `most_words`, so that a title of any length costs little.
inline constexpr std::size_t most_words = 64;
[[nodiscard]] std::vector<std::string> title_words(std::string_view title);

// The hashing trick (Weinberger et al. 2009): signed counts of three-letter pieces, of length 1.
inline constexpr std::size_t title_buckets = 24;
[[nodiscard]] std::array<float, title_buckets> title_vector(std::string_view title);

// As much of a text as is kept and shown of it: at most 300 bytes of UTF-8, no sign cut in two.
[[nodiscard]] std::string shortened(std::string_view text);

}  // namespace suanpan::selection
