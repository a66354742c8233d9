#include "platform/operations/shop_operations.h"

#include <fmt/format.h>

#include "platform/operations/declare.h"
#include "platform/operations/json.h"
#include "platform/store/check.h"

namespace suanpan::operations {

struct BackupRequest {
    std::string folder;
};

struct BackupReply {
    std::string folder;
};

struct CheckRequest {};

struct CheckedTable {
    std::string name;
    std::int64_t rows = 0;
    std::string problem;
};

struct AreaSchema {
    std::string area;
    std::int64_t version = 0;
};

struct CheckReply {
    bool sound = true;
    std::vector<std::string> problems;
    std::vector<CheckedTable> tables;
    std::vector<AreaSchema> schemas;
};

}  // namespace suanpan::operations

template <>
struct suanpan::operations::Described<suanpan::operations::BackupRequest> {
    static constexpr FieldWords fields[] = {
        {"folder", "a new folder for the copy; empty: one in the shop's backups/, named by the time"},
    };
};

template <>
struct suanpan::operations::Described<suanpan::operations::CheckReply> {
    static constexpr FieldWords fields[] = {
        {"sound", "whether there is no problem"},
        {"problems", "what is wrong, in sentences"},
        {"tables", "every table with its number of rows; a table that cannot be read has a problem"},
        {"schemas", "the version of each area's tables"},
    };
};

namespace suanpan::operations {
namespace {

Result<BackupReply> backup(Context& context, const BackupRequest& request) {
    const auto name = stamp(now());
    const auto target =
        request.folder.empty() ? context.shop.folder() / "backups" / name : std::filesystem::path(request.folder);
    return BackupReply{TRY(context.shop.backup(target)).string()};
}

// The decisions check themselves, where there are any: their operation is called by name.
Result<> check_decisions(Context& context, std::vector<std::string>& problems) {
    constexpr auto operation = "decisions.check";
    if (context.operations.find(operation) == nullptr) return {};
    const auto reply = context.operations.call(context, operation, "{}");
    if (!reply) {
        problems.push_back("the decisions cannot be replayed: " + reply.error().text());
        return {};
    }
    const auto json = TRY(parse_json(*reply));
    if (const auto* differences = member(json, "differences"); differences && differences->is_array())
        for (const auto& difference : differences->get_array())
            problems.push_back("decisions: " + (difference.is_string() ? difference.get_string() : std::string()));
    return {};
}

Result<CheckReply> check(Context& context, const CheckRequest&) {
    CheckReply reply;
    auto& database = context.shop.database();
    for (const auto& table : TRY(store::check_tables(database))) {
        reply.tables.push_back({table.name, table.rows, table.problem});
        if (!table.problem.empty()) reply.problems.push_back(table.name + ": " + table.problem);
    }
    for (const auto& area : TRY(store::area_versions(database))) reply.schemas.push_back({area.area, area.version});
    TRY(check_decisions(context, reply.problems));
    reply.sound = reply.problems.empty();
    return reply;
}

}  // namespace

void add_shop_operations(Registry& registry) {
    registry.add(declare<BackupRequest, BackupReply>(
        {.name = "shop.backup",
         .summary = {"Copies the shop into a new folder while it runs; the copy is a shop, and `suanpan restore` makes "
                     "a new one of it",
                     "在运行中把店铺复制到新文件夹；副本即店铺，用 suanpan restore 可恢复为新店铺"},
         .role = Role::admin,
         .effect = Effect::calls_outside,
         .long_work = true},
        backup));
    registry.add(declare<CheckRequest, CheckReply>(
        {.name = "shop.check",
         .summary = {"Reads every value of every table and replays every decision; says what is damaged",
                     "读取每张表的全部数据并重放每项决策；指出损坏之处"},
         .role = Role::editor,
         .long_work = true},
        check));
}

}  // namespace suanpan::operations
