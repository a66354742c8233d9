#pragma once

#include <string>
#include <string_view>

#include "areas/data/mapping.h"
#include "platform/store/connection.h"

namespace suanpan::data {

// SELECT of a target's canonical columns, but for load_id and source_line, from typed rows; ends before its FROM.
[[nodiscard]] std::string canonical_select(const Target& target);

// Whether the load gives every row a number of its own, so that no key comes twice in a file.
[[nodiscard]] bool numbered_by_load(const Target& target);

[[nodiscard]] std::string store_name(const Target& target);  // "data.order_line"
[[nodiscard]] std::string key_of(const Target& target);      // its columns, with commas

[[nodiscard]] Result<bool> is_empty(store::Connection& connection, const Target& target);

}  // namespace suanpan::data
