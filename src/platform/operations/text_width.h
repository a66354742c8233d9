#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace suanpan::operations {

// Columns that a text takes in a terminal: Chinese characters take two.
[[nodiscard]] std::size_t text_width(std::string_view text);

// The text if it fits, else its beginning and an ellipsis.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);

}  // namespace suanpan::operations
