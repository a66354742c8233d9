#pragma once

#include <filesystem>
#include <string>

#include "platform/base/result.h"

// Where the pictures of a shop's items are: files named by the attribute "picture", never an address.
namespace suanpan::selection {

// The file that `named` ("pictures/7.jpg") is in the shop's folder. Errors: permission_denied where it lies outside of
// the shop's pictures/ and inbox/, links followed; not_found; too_large.
[[nodiscard]] Result<std::filesystem::path> picture_file(const std::filesystem::path& shop, const std::string& named);

}  // namespace suanpan::selection
