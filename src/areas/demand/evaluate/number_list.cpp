#include "areas/demand/evaluate/number_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace suanpan::demand {

Result<std::vector<double>> parse_numbers(std::string_view text, const std::string& of) {
    std::vector<double> numbers;
    while (!text.empty()) {
        const auto part = text.substr(0, text.find(';'));
        double number = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
        if (error != std::errc{} || end != part.data() + part.size() || !std::isfinite(number) || number < 0)
            return fail(ErrorCode::invalid_argument,
                        fmt::format("value {} is \"{}\"; demand is a finite number from 0 upwards", numbers.size() + 1,
                                    part.substr(0, 40)),
                        of);
        numbers.push_back(number);
        text.remove_prefix(std::min(part.size() + 1, text.size()));
    }
    return numbers;
}

}  // namespace suanpan::demand
