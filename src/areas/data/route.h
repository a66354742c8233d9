#pragma once

#include <functional>
#include <memory>

#include "areas/data/csv/table.h"
#include "areas/data/mapping.h"
#include "platform/store/connection.h"

namespace suanpan::data {

// Whether the load numbers the target's lines: each by its place among the rows of its order in the file that are no
// duplicates, so that a row keeps its number when another one is mended.
[[nodiscard]] bool numbers_lines(const Target& target);

// The column that tells a row from all others of its load: source_line, or source_row where a line gives several rows.
// It rises in the order of the file.
[[nodiscard]] std::string_view row_name(const Target& target);

// Decides which target takes each sound row, and the places of rows whose lines are numbered. May run a second time.
// Errors: DuckDB's, where an expression of the mapping does not fit the file.
// `progress` hears how many rows are done.
[[nodiscard]] Result<> route(
    store::Connection& connection, const std::shared_ptr<CsvTable>& table, const Source& source,
    const std::function<void(std::size_t rows)>& progress = [](std::size_t) {});

}  // namespace suanpan::data
