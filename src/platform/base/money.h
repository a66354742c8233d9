#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace suanpan {

// An amount in the minor units of its currency: 12.34 GBP is {1234, "GBP"}. Never a bare double.
struct Money {
    std::int64_t minor = 0;
    std::string currency;  // ISO 4217

    bool operator==(const Money&) const = default;
};

[[nodiscard]] int minor_digits(std::string_view currency);  // 2 for GBP, 0 for JPY, 3 for KWD

// Errors: unknown shape of number, more decimals than the currency has, a value beyond 64 bits.
[[nodiscard]] Result<Money> parse_money(std::string_view amount, std::string_view currency);
[[nodiscard]] std::string format(const Money& money);  // "12.34 GBP"

// Errors: different currencies; overflow.
[[nodiscard]] Result<Money> add(const Money& left, const Money& right);
[[nodiscard]] Result<Money> multiply(const Money& money, std::int64_t quantity);

}  // namespace suanpan
