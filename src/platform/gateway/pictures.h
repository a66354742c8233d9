#pragma once

#include <filesystem>
#include <string_view>

#include "platform/gateway/exchange.h"

namespace suanpan::gateway {

inline constexpr std::string_view pictures_prefix = "/v1/pictures/";

// A picture of the shop's folder pictures/, for tasks of labelling. Only PNG, JPEG, GIF and WebP by their first bytes,
// only regular files, only up to 20 MiB. Errors: not_found, and invalid_argument for what is none of these.
[[nodiscard]] Result<Reply> picture(const std::filesystem::path& shop, std::string_view name);

// Keeps a picture there and answers with the path that a task names it by, "pictures/cup.png". The same bytes again
// change nothing. Errors: invalid_argument as above, conflict where another picture has the name.
[[nodiscard]] Result<Reply> keep_picture(const std::filesystem::path& shop, std::string_view name,
                                         std::string_view bytes);

}  // namespace suanpan::gateway
