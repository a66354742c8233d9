#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "platform/engines/boosting.h"

namespace suanpan::selection {

// A file of examples: numbers row by row, and of each row whether it is one of what is looked for.
struct LabelledTable {
    std::vector<std::string> columns;
    std::vector<float> features;  // rows x columns; NaN: empty
    std::vector<float> labels;    // 0 or 1

    [[nodiscard]] std::size_t rows() const { return labels.size(); }
    [[nodiscard]] LabelledTable only(const std::vector<std::size_t>& places) const;
    [[nodiscard]] engines::Rows all() const { return {features, columns.size()}; }
};

struct LabelledOptions {
    std::string label;                    // the column that holds true and false, or 0 and 1
    std::vector<std::string> categories;  // columns whose numbers are names
};
// A CSV file with a header, plain or gzip. Columns of texts and those of `categories` become a column of 0 and 1 for
// each of their values; where they have more than `most_values`, one column with the value's place in the alphabet.
// Errors: not_found, invalid_argument with the column.
inline constexpr std::size_t most_values = 40;
[[nodiscard]] Result<LabelledTable> read_labelled(const std::filesystem::path& file, const LabelledOptions& options);

// One fold a row, from a CSV file with the columns row (from 0) and fold. Errors: invalid_argument where a row is
// missing, twice there, or there are fewer than two folds.
[[nodiscard]] Result<std::vector<int>> read_folds(const std::filesystem::path& file, std::size_t rows);

}  // namespace suanpan::selection
