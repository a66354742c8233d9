#include "areas/data/fingerprint.h"

#include <sodium.h>

#include <array>
#include <fstream>
#include <vector>

namespace suanpan::data {

Result<std::string> fingerprint(const std::filesystem::path& file, std::string_view mapping) {
    std::ifstream stream(file, std::ios::binary);
    std::error_code unknown;
    if (!std::filesystem::is_regular_file(file, unknown) || !stream)
        return fail(std::filesystem::exists(file, unknown) || unknown ? ErrorCode::io : ErrorCode::not_found,
                    "there is no such file, or it may not be read; check its name", file.string());
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, crypto_generichash_BYTES);
    auto add = [&](std::string_view bytes) {
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    };
    add(mapping);
    std::vector<char> block(1 << 20);
    while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) || stream.gcount() > 0)
        add({block.data(), static_cast<std::size_t>(stream.gcount())});
    if (stream.bad()) return fail(ErrorCode::io, "the file cannot be read to its end", file.string());
    std::array<unsigned char, crypto_generichash_BYTES> digest{};
    crypto_generichash_final(&state, digest.data(), digest.size());
    std::array<char, 2 * crypto_generichash_BYTES + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return std::string(hex.data());
}

}  // namespace suanpan::data
