#pragma once

#include <functional>

#include "areas/data/sources/format.h"

// The kinds of files that are no delimited text, as CSV with commas; a header first. `told` is filled before they
// return.
namespace suanpan::data {

// One JSON object a line; see json_line.h. `open` gives the text from its beginning; it is read twice, first for the
// names of all columns. Row numbers are the lines of the file. `unnest` names an array, "order.lines", each of whose
// elements becomes a row with the rest of its object; see unnest_json().
[[nodiscard]] Result<std::unique_ptr<Bytes>> read_json_lines(
    const std::function<Result<std::unique_ptr<Bytes>>()>& open, const std::shared_ptr<Told>& told,
    const std::string& unnest = {});

// Row numbers count the rows of the file from 1.
[[nodiscard]] Result<std::unique_ptr<Bytes>> read_parquet(const std::filesystem::path& file,
                                                          const std::filesystem::path& spill_folder,
                                                          const std::shared_ptr<Told>& told);

// Row numbers are those of the sheet.
struct SheetOptions {
    std::string sheet;  // empty: the first that is not hidden
    UnpackLimits limits;
};
[[nodiscard]] Result<std::unique_ptr<Bytes>> read_sheet(const std::filesystem::path& file, const SheetOptions& options,
                                                        const std::shared_ptr<Told>& told);

}  // namespace suanpan::data
