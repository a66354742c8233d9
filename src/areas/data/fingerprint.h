#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace suanpan::data {

// The identity of a load: BLAKE2b-256 over the mapping and the file's bytes, in hex.
[[nodiscard]] Result<std::string> fingerprint(const std::filesystem::path& file, std::string_view mapping);

}  // namespace suanpan::data
