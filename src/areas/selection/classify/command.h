#pragma once

#include <string>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::selection {

// Whether the words after "selection" are for a file instead of a shop: `evaluate FILE …`.
[[nodiscard]] bool is_file_command(const std::vector<std::string>& words);

// Measures the ensemble of LightGBM and XGBoost on a file of labelled examples, fold by fold, and gives what is to be
// printed. Errors: invalid_argument for an option that is not there or a bad value, those of read_labelled, read_folds
// and Classifier::train.
[[nodiscard]] Result<std::string> run_file_command(const std::vector<std::string>& words);

}  // namespace suanpan::selection
