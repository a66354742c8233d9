#include "areas/selection/offered_csv.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

namespace suanpan::selection {

Result<OfferedCsv> offered_csv(store::Connection& connection, const std::string& file,
                               std::span<const char* const> columns) {
    if (!std::filesystem::is_regular_file(file)) return fail(ErrorCode::not_found, "there is no such file", file);
    OfferedCsv csv{.source = "read_csv(?, header = true, all_varchar = true, max_line_size = 16777216)"};
    const auto shape = connection.query(fmt::format("FROM {} LIMIT 0", csv.source), file);
    if (!shape)
        return fail(ErrorCode::invalid_argument, "the file is not a CSV file with a header: " + shape.error().message,
                    file);
    if (!shape->find("title"))
        return fail(ErrorCode::invalid_argument, "the file has no column title; name it so in its header", file);
    for (const auto* name : columns)
        csv.columns += fmt::format("{}{} AS {}", csv.columns.empty() ? "" : ", ",
                                   shape->find(name) ? name : "NULL::VARCHAR", name);
    return csv;
}

std::optional<double> offered_number(const std::optional<std::string>& text) {
    const auto written = text.value_or("");
    char* end = nullptr;
    const double number = std::strtod(written.c_str(), &end);
    if (end == written.c_str() || *end != 0 || !std::isfinite(number) || number >= 1e12) return std::nullopt;
    return number;
}

}  // namespace suanpan::selection
