#pragma once

#include <string>

namespace suanpan::data {

// docs/reference/tables.md: every canonical table and field, from the declarations. The same program gives the same
// bytes.
[[nodiscard]] std::string tables_page();

}  // namespace suanpan::data
