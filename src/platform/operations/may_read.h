#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "platform/operations/operation.h"

namespace suanpan::operations {

// Over the network only an administrator may name a file anywhere on the machine; others take what lies in these
// folders of the shop. Errors: permission_denied, also where the file's way cannot be followed.
[[nodiscard]] Result<> may_read(const Context& context, const std::filesystem::path& file,
                                std::span<const std::string_view> folders);

}  // namespace suanpan::operations
