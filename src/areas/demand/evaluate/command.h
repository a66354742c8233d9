#pragma once

#include <string>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::demand {

// Whether the words after "demand" are for files instead of a shop: `evaluate FILE …`, or `forecast FILE …` where FILE
// is a file.
[[nodiscard]] bool is_file_command(const std::vector<std::string>& words);

// Runs one of the two and gives what is to be printed. `evaluate` measures models on a file's test periods; `forecast`
// gives mean and quantiles of the periods after the file's end (or from --split on). Errors: invalid_argument for an
// option that is not there or a bad value, and those of read_dataset and evaluate.
[[nodiscard]] Result<std::string> run_file_command(const std::vector<std::string>& words);

}  // namespace suanpan::demand
