#include "areas/selection/embeddings/pictures.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/engines/picture.h"

namespace suanpan::selection {
namespace {

namespace fs = std::filesystem;

bool lies_in(const fs::path& file, const fs::path& folder) {
    return std::ranges::mismatch(folder, file).in1 == folder.end();
}

}  // namespace

Result<fs::path> picture_file(const fs::path& shop, const std::string& named) {
    std::error_code error;
    const auto file = fs::canonical(shop / fs::path(named), error);
    const bool there = !error && fs::is_regular_file(file, error);
    bool inside = false;
    for (const auto* part : {"pictures", "inbox"}) {
        const auto folder = fs::canonical(shop / part, error);
        inside = inside || (!error && there && lies_in(file, folder));
    }
    if (there && !inside)
        return fail(ErrorCode::permission_denied,
                    "a picture's file must lie in the shop's pictures/ or inbox/; copy it there", named);
    if (!there)
        return fail(ErrorCode::not_found, "there is no such file in the shop's folder; name it as in pictures/7.jpg",
                    named);
    if (fs::file_size(file, error) > engines::largest_picture_file)
        return fail(ErrorCode::too_large,
                    fmt::format("the picture's file has more than {} MiB; save a smaller one",
                                engines::largest_picture_file >> 20),
                    named);
    return file;
}

}  // namespace suanpan::selection
