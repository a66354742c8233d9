#include "platform/base/money.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace suanpan {
namespace {

constexpr std::array without_minor = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                      "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array with_three = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

std::unexpected<Error> not_money(std::string_view amount, std::string_view currency) {
    return fail(ErrorCode::invalid_argument,
                fmt::format("\"{}\" is not an amount of {} with at most {} decimals, such as {}", amount, currency,
                            minor_digits(currency), minor_digits(currency) == 0 ? "1234" : "12.34"));
}

std::unexpected<Error> overflow() {
    return fail(ErrorCode::invalid_argument, "the amount of money is beyond 64 bits; check the quantity and the price");
}

}  // namespace

int minor_digits(std::string_view currency) {
    for (std::string_view code : without_minor)
        if (code == currency) return 0;
    for (std::string_view code : with_three)
        if (code == currency) return 3;
    return 2;
}

Result<Money> parse_money(std::string_view amount, std::string_view currency) {
    const auto point = amount.find('.');
    const auto decimals = point == std::string_view::npos ? 0 : amount.size() - point - 1;
    const auto digits = static_cast<std::size_t>(minor_digits(currency));
    if (amount.empty() || decimals > digits || (point != std::string_view::npos && decimals == 0))
        return not_money(amount, currency);
    std::string plain(amount.substr(0, point));
    if (plain.empty() || plain == "-") return not_money(amount, currency);
    if (decimals > 0) plain += amount.substr(point + 1);
    plain.append(digits - decimals, '0');
    std::int64_t minor = 0;
    const auto [stop, error] = std::from_chars(plain.data(), plain.data() + plain.size(), minor);
    if (error != std::errc{} || stop != plain.data() + plain.size()) return not_money(amount, currency);
    return Money{minor, std::string(currency)};
}

std::string format(const Money& money) {
    const auto digits = static_cast<std::size_t>(minor_digits(money.currency));
    const bool negative = money.minor < 0;
    // Unsigned negation, so that the smallest 64-bit value has a magnitude too.
    auto magnitude = static_cast<std::uint64_t>(money.minor);
    if (negative) magnitude = 0 - magnitude;
    std::string text = fmt::format("{:0{}}", magnitude, digits + 1);
    if (digits > 0) text.insert(text.size() - digits, ".");
    return (negative ? "-" : "") + text + " " + money.currency;
}

Result<Money> add(const Money& left, const Money& right) {
    if (left.currency != right.currency)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("cannot add {} to {}; convert one of them first", right.currency, left.currency));
    Money sum = left;
    if (__builtin_add_overflow(left.minor, right.minor, &sum.minor)) return overflow();
    return sum;
}

Result<Money> multiply(const Money& money, std::int64_t quantity) {
    Money product = money;
    if (__builtin_mul_overflow(money.minor, quantity, &product.minor)) return overflow();
    return product;
}

}  // namespace suanpan
