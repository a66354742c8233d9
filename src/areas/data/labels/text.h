#pragma once

#include <string>
#include <string_view>

#include "areas/data/csv/csv.h"

namespace suanpan::data::labels {

using csv::is_utf8;

// BLAKE2b in hex; `bytes` of it, from 16 to 64.
[[nodiscard]] std::string content_hash(std::string_view text, std::size_t bytes);

}  // namespace suanpan::data::labels
