#pragma once

#include <optional>
#include <string>
#include <vector>

#include "areas/data/canonical.h"
#include "areas/data/suggest/profile.h"

namespace suanpan::data {

// What fills a field, and why. `column` is empty where nothing in the file does and `expression` is an assumption.
struct Choice {
    const Field* field = nullptr;
    std::string column;
    std::string expression;  // SQL, as a mapping has it
    double score = 0;        // 0 to 1
    std::string reason;
};

struct TableFit {
    const CanonicalTable* table = nullptr;
    double confidence = 0;  // 0 to 1
    std::string reason;
    std::vector<Choice> choices;  // in the order of the table's fields

    [[nodiscard]] const Choice* of_field(std::string_view field) const;
    [[nodiscard]] const Choice* of_column(std::string_view column) const;
};

// A table is suggested from this confidence on, a column for a field from this score on.
constexpr double least_confidence = 0.5;
constexpr double least_score = 0.4;

// How a column's header and values speak for a field. Every rule multiplies or caps the header's score, and says so.
[[nodiscard]] Choice judge(const ColumnProfile& column, const CanonicalTable& table, const Field& field,
                           std::string_view time_zone);

// Every table whose needed fields the file can fill, the best first.
//
//     confidence = 0.6 x the mean score of the needed fields
//                + 0.4 x the sum of all fields' scores / the columns that mean something in any table
//                + 0.1 where the file's name speaks for the table, else x 0.8 where no column's score reaches 0.8; x
//                0.6 where the table's key is not unique in the file
[[nodiscard]] Result<std::vector<TableFit>> fit_tables(Profiler& profiler, std::string_view time_zone);

}  // namespace suanpan::data
