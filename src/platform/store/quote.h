#pragma once

#include <string>
#include <string_view>

// Names and texts within a statement, for what cannot be bound; their own quotes are doubled, as SQL does.
namespace suanpan::store {

[[nodiscard]] std::string quote_name(std::string_view name);  // "name"
[[nodiscard]] std::string quote_text(std::string_view text);  // 'text'

}  // namespace suanpan::store
