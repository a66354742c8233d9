#include "platform/operations/shop_operations.h"

#include <format>

#include "platform/operations/declare.h"

namespace suanpan::operations {

struct BackupRequest {
    std::string folder;
};

struct BackupReply {
    std::string folder;
};

}  // namespace suanpan::operations

template <>
struct glz::json_schema<suanpan::operations::BackupRequest> {
    schema folder{.description = "a new folder for the copy; empty: one in the shop's backups/, named by the time"};
};

namespace suanpan::operations {
namespace {

Result<BackupReply> backup(Context& context, const BackupRequest& request) {
    const auto name = std::format("{:%Y%m%dT%H%M%S}", std::chrono::floor<std::chrono::seconds>(now()));
    const auto target =
        request.folder.empty() ? context.shop.folder() / "backups" / name : std::filesystem::path(request.folder);
    return BackupReply{TRY(context.shop.backup(target)).string()};
}

}  // namespace

void add_shop_operations(Registry& registry) {
    registry.add(declare<BackupRequest, BackupReply>(
        {.name = "shop.backup",
         .summary = {"Copies the shop into a new folder while it runs; the copy is a shop, so restoring is using it",
                     "在运行中把店铺复制到新文件夹；副本即店铺，直接使用就是恢复"},
         .role = Role::admin,
         .effect = Effect::calls_outside,
         .long_work = true},
        backup));
}

}  // namespace suanpan::operations
