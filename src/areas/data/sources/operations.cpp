#include "areas/data/sources/operations.h"

#include <algorithm>

#include "areas/data/sources/inbox.h"
#include "areas/data/sources/server.h"
#include "areas/data/trust_operations.h"
#include "platform/operations/declare.h"

namespace suanpan::data {

struct InboxRequest {
    std::int64_t settled_seconds = 10;
};

struct InboxReply {
    std::int64_t loaded = 0, refused = 0;
    struct File {
        std::string file, moved_to, refused;
        std::int64_t read = 0, loaded = 0, quarantined = 0, unchanged = 0;
    };
    std::vector<File> files;
};

struct PullRequest {
    std::string source;
};

struct PullReply {
    std::int64_t read = 0, loaded = 0, mended = 0, quarantined = 0, unchanged = 0, removed = 0, batches = 0;
    bool compared = false;
    std::string up_to;
};

}  // namespace suanpan::data

template <>
struct suanpan::operations::Described<suanpan::data::InboxRequest> {
    static constexpr FieldWords fields[] = {
        {"settled_seconds", "files that were written to since then are still on their way", {.minimum = 0}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::PullRequest> {
    static constexpr FieldWords fields[] = {
        {"source", "of the mapping; one with `postgres`"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::PullReply> {
    static constexpr FieldWords fields[] = {
        {"removed", "rows of earlier pulls that are gone there; found where `compare` of the source is due"},
        {"compared", "whether all rows were read, as `compare` says"},
        {"up_to", "the highest key that was read; the next call goes on behind it"},
    };
};

namespace suanpan::data {
namespace {

using operations::Context;
using operations::Effect;
using operations::Role;

bool has_files(const std::filesystem::path& folder) {
    std::error_code unknown;
    for (const auto& entry : std::filesystem::directory_iterator(folder, unknown))
        if (entry.is_regular_file(unknown)) return true;
    return false;
}

Result<InboxReply> inbox(Context& context, const InboxRequest& request) {
    InboxReply reply;
    if (!has_files(context.shop.folder() / "inbox")) return reply;
    const InboxOptions options{.settled = std::chrono::seconds(request.settled_seconds),
                               .progress = [&](const std::string& file) { context.progress({"loading " + file}); }};
    for (const auto& one : TRY(load_inbox(context.shop, TRY(shop_mapping(context.shop)), options))) {
        auto& file = reply.files.emplace_back(InboxReply::File{one.file, one.moved_to, one.refused});
        for (const auto& report : one.reports) {
            file.read += report.read;
            file.loaded += report.loaded;
            file.quarantined += report.quarantined;
            file.unchanged += report.unchanged;
        }
        reply.loaded += one.refused.empty() ? 1 : 0;
        reply.refused += one.refused.empty() ? 0 : 1;
    }
    return reply;
}

Result<PullReply> pull_source(Context& context, const PullRequest& request) {
    const auto text = TRY(store::read_file(context.shop.folder() / "mapping.yaml"));
    const auto mapping = TRY(parse_mapping(text, "mapping.yaml"));
    const auto server = TRY(parse_server(text, request.source));
    const auto source = std::ranges::find(mapping.sources, request.source, &Source::name);
    const PullOptions options{
        .progress =
            [&](std::int64_t rows) { context.progress({"reading " + request.source, double(rows), 0, "rows"}); },
        .stop = context.stop};
    const auto report = TRY(pull(context.shop, *source, server, options));
    const auto& sum = report.sum;
    return PullReply{sum.read,    sum.loaded,     sum.mended,      sum.quarantined, sum.unchanged,
                     sum.removed, report.batches, report.compared, report.up_to};
}

}  // namespace

void add_source_operations(operations::Registry& registry) {
    registry.add(operations::declare<InboxRequest, InboxReply>(
        {.name = "data.inbox",
         .summary = {"Loads the files that have settled in the shop's inbox/; a server does it every few seconds",
                     "载入店铺 inbox/ 中已写完的文件；服务运行时自动进行"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true},
        inbox));
    registry.add(operations::declare<PullRequest, PullReply>(
        {.name = "data.pull",
         .summary = {"Reads what is new in a table of a PostgreSQL server", "读取 PostgreSQL 数据表中的新增与变更"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .long_work = true,
         .positional = {"source"},
         .required = {"source"}},
        pull_source));
}

}  // namespace suanpan::data
