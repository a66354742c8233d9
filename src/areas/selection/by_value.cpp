#include "areas/selection/by_value.h"

#include <array>
#include <bit>
#include <cmath>
#include <utility>

namespace suanpan::selection {
namespace {

constexpr int digit_bits = 11, digits = 6;
constexpr std::size_t digit_values = std::size_t(1) << digit_bits;

struct Keyed {
    std::uint64_t key = 0;
    std::uint32_t place = 0;
};

// Orders as the number does; both zeros are one.
std::uint64_t key_of(double value) {
    if (std::isnan(value)) return ~0ULL;
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
    return (bits >> 63) != 0 ? ~bits : bits | (1ULL << 63);
}

std::size_t digit(std::uint64_t key, int number) {
    return (key >> (number * digit_bits)) & (digit_values - 1);
}

}  // namespace

std::vector<std::uint32_t> by_value(std::span<const double> values) {
    std::vector<Keyed> from(values.size()), to(values.size());
    std::array<std::array<std::uint32_t, digit_values>, digits> counts{};
    for (std::uint32_t i = 0; i < values.size(); ++i) {
        from[i] = {key_of(values[i]), i};
        for (int number = 0; number < digits; ++number)
            ++counts[static_cast<std::size_t>(number)][digit(from[i].key, number)];
    }
    for (int number = 0; number < digits && !values.empty(); ++number) {
        auto& starts = counts[static_cast<std::size_t>(number)];
        if (starts[digit(from.front().key, number)] == values.size()) continue;  // all have the same
        std::uint32_t start = 0;
        for (auto& count : starts) start += std::exchange(count, start);
        for (const auto& one : from) to[starts[digit(one.key, number)]++] = one;
        std::swap(from, to);
    }
    std::vector<std::uint32_t> places;
    places.reserve(values.size());
    for (const auto& one : from) places.push_back(one.place);
    return places;
}

}  // namespace suanpan::selection
