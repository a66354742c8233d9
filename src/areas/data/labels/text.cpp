#include "areas/data/labels/text.h"

#include <sodium.h>

#include <array>

namespace suanpan::data::labels {

std::string content_hash(std::string_view text, std::size_t bytes) {
    std::array<unsigned char, crypto_generichash_BYTES_MAX> digest{};
    crypto_generichash(digest.data(), bytes, reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr,
                       0);
    std::array<char, 2 * crypto_generichash_BYTES_MAX + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), bytes);
    return hex.data();
}

}  // namespace suanpan::data::labels
