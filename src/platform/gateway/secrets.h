#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace suanpan::gateway {

// Random bytes of the operating system, in hexadecimal digits.
[[nodiscard]] std::string random_hex(std::size_t bytes);

// BLAKE2b of 32 bytes in hexadecimal digits. Fit for secrets of 32 random bytes, not for passwords of people.
[[nodiscard]] std::string hash_hex(std::string_view text);

// Takes as long whether or not the texts are equal; their lengths are not secret.
[[nodiscard]] bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace suanpan::gateway
