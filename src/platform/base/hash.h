#pragma once

#include <cstdint>
#include <string_view>

namespace suanpan {

// FNV-1a, 64 bits (Fowler, Noll, Vo 1991): the same on every machine, so what is drawn or stored by it stays.
// Another seed gives another hash.
[[nodiscard]] constexpr std::uint64_t fnv1a(std::string_view text, std::uint64_t seed = 0) {
    std::uint64_t hash = 0xCBF29CE484222325ULL ^ seed;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    return hash;
}

// Its high bits folded into the low ones, for choices by a few low bits.
[[nodiscard]] constexpr std::uint64_t folded_fnv1a(std::string_view text) {
    const auto hash = fnv1a(text);
    return hash ^ (hash >> 29);
}

}  // namespace suanpan
