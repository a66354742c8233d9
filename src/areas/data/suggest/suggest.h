#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::data {

struct SuggestOptions {
    std::string currency = "EUR";   // which no file tells
    std::string time_zone = "UTC";  // nor this
};

// A first mapping for the files, as YAML: one source a file that fits a table, with the confidence, the reasons and the
// alternatives as comments, and the profile of every column. What fits no table is said in a comment. A person corrects
// it. Errors: no such file; not a table of CSV or TSV.
[[nodiscard]] Result<std::string> suggest_mapping(const std::vector<std::filesystem::path>& files,
                                                  const SuggestOptions& options);

}  // namespace suanpan::data
