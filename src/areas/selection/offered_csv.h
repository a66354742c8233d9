#pragma once

#include <optional>
#include <span>
#include <string>

#include "platform/store/connection.h"

// A catalogue or listing of others as a CSV file with a header and at least the column title.
namespace suanpan::selection {

struct OfferedCsv {
    std::string columns;  // SQL: those asked for by name, NULL where the file lacks one
    std::string source;   // SQL: the file's rows as texts; takes the file as its value
};
// Errors: not_found; invalid_argument where it is no such file.
[[nodiscard]] Result<OfferedCsv> offered_csv(store::Connection& connection, const std::string& file,
                                             std::span<const char* const> columns);

// A number written out whole, finite and below 1e12; nothing where it is none.
[[nodiscard]] std::optional<double> offered_number(const std::optional<std::string>& text);

}  // namespace suanpan::selection
