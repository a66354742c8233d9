#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::demand {

// "1;2.5;3": finite numbers from 0 upwards, separated by semicolons. Errors: invalid_argument saying which one of `of`
// is not one.
[[nodiscard]] Result<std::vector<double>> parse_numbers(std::string_view text, const std::string& of);

}  // namespace suanpan::demand
