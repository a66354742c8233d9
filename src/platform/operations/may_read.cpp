#include "platform/operations/may_read.h"

#include <fmt/format.h>

namespace suanpan::operations {

namespace fs = std::filesystem;

Result<> may_read(const Context& context, const fs::path& file, std::span<const std::string_view> folders) {
    if (context.principal.role >= Role::admin) return {};
    std::error_code unknown;
    const auto canonical = fs::weakly_canonical(file, unknown).string();
    std::string names;
    for (const auto folder : folders) {
        if (unknown) break;
        const auto allowed = fs::weakly_canonical(context.shop.folder() / folder, unknown).string() + "/";
        if (!unknown && canonical.starts_with(allowed)) return {};
    }
    for (const auto folder : folders) names += fmt::format("{}{}/", names.empty() ? "" : " and ", folder);
    return fail(ErrorCode::permission_denied, fmt::format("this key may read files of the shop's {} only", names),
                file.string());
}

}  // namespace suanpan::operations
