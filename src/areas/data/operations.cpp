#include "areas/data/items/operations.h"

#include <fmt/format.h>

#include <algorithm>

#include "areas/data/browse.h"
#include "areas/data/data.h"
#include "areas/data/erase/erase.h"
#include "areas/data/events/events.h"
#include "areas/data/export.h"
#include "areas/data/load.h"
#include "areas/data/quality/run.h"
#include "areas/data/sources/operations.h"
#include "areas/data/trust_operations.h"
#include "platform/operations/declare.h"
#include "platform/operations/may_read.h"

namespace suanpan::data {

struct LoadRequest {
    std::vector<std::string> files;
};

struct LoadReply {
    std::int64_t read = 0, loaded = 0, mended = 0, quarantined = 0, unchanged = 0, left_out = 0;
    std::int64_t replaced = 0, removed = 0;
    std::vector<FileReport> files;
    std::vector<RuleCount> rules;  // over all files
};

struct ListLoadsRequest {
    std::int64_t limit = 50;
};

struct LoadRow {
    std::int64_t load_id = 0;
    std::string source, file;
    std::int64_t read = 0, loaded = 0, mended = 0, quarantined = 0, unchanged = 0;
    Instant loaded_at;
};

struct ListedLoad {
    std::int64_t load_id = 0;
    std::string source, file, loaded_at;
    std::int64_t read = 0, loaded = 0, mended = 0, quarantined = 0, unchanged = 0;
};

struct ListLoadsReply {
    std::vector<ListedLoad> loads;
};

struct SummaryRequest {};

struct TableCount {
    std::string table;
    std::int64_t rows = 0;
};

struct SummaryReply {
    std::string shop, currency, time_zone;
    std::optional<std::string> first_day, last_day;
    std::vector<TableCount> tables;
};

}  // namespace suanpan::data

template <>
struct suanpan::operations::Described<suanpan::data::LoadRequest> {
    static constexpr FieldWords fields[] = {
        {"files",
         "CSV or TSV files, plain or gzip; several are taken in the order of the mapping",
         {.max_items = 1000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::LoadReply> {
    static constexpr FieldWords fields[] = {
        {"read", "rows in the files; a file that several sources take counts once for each"},
        {"loaded", "rows new or changed in the shop's tables"},
        {"mended", "loaded rows that a rule of the mapping tidied"},
        {"quarantined", "rows set aside with their reason; see data.quarantine"},
        {"unchanged", "rows that the shop had already"},
        {"left_out", "rows that the mapping leaves out on purpose"},
        {"replaced", "older rows that rows of the same keys took the place of"},
        {"removed", "rows of an earlier version of a file that are there no more (`replaces: file`)"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::ListLoadsRequest> {
    static constexpr FieldWords fields[] = {
        {"limit", "at most so many, the newest first", {.minimum = 1, .maximum = 1000}},
    };
};
namespace suanpan::data {

// With linkage, since what reflects it is a template of the library.
struct SalesSpan {
    std::optional<Day> first_day, last_day;
};

namespace {

namespace fs = std::filesystem;
using operations::Context;
using operations::Effect;
using operations::Role;

constexpr std::string_view readable[] = {"inbox"};  // folders of the shop

struct Reading {
    std::ptrdiff_t order = 0;  // of its source in the mapping
    Mapping mapping;           // with that source alone
    fs::path file;
};

// In the order of the mapping's sources, so that what is described comes before what names it. A file that several
// sources take is read by each.
Result<std::vector<Reading>> in_order(const Mapping& mapping, const std::vector<std::string>& files) {
    std::vector<Reading> readings;
    for (const auto& file : files) {
        std::error_code unknown;
        if (!fs::exists(file, unknown) && !unknown)
            return fail(ErrorCode::not_found, "there is no such file; check its name", file);
        for (auto& part : TRY(mappings_for(mapping, fs::path(file).filename().string()))) {
            const auto same = [&](const Source& source) { return source.name == part.sources.front().name; };
            const auto at = std::ranges::find_if(mapping.sources, same) - mapping.sources.begin();
            readings.push_back({at, std::move(part), file});
        }
    }
    std::ranges::stable_sort(readings, std::less<>{}, &Reading::order);
    return readings;
}

void add(LoadReply& reply, FileReport report) {
    report.left_out = report.read - report.loaded - report.quarantined - report.unchanged;
    reply.left_out += report.left_out;
    reply.read += report.read;
    reply.loaded += report.loaded;
    reply.mended += report.mended;
    reply.quarantined += report.quarantined;
    reply.replaced += report.replaced;
    reply.removed += report.removed;
    reply.unchanged += report.unchanged;
    for (const auto& count : report.rules) {
        const auto same = [&](const RuleCount& known) {
            return known.rule == count.rule && known.action == count.action;
        };
        if (auto known = std::ranges::find_if(reply.rules, same); known != reply.rules.end())
            known->rows += count.rows;
        else
            reply.rules.push_back(count);
    }
    reply.files.push_back(std::move(report));
}

Result<LoadReply> load(Context& context, const LoadRequest& request) {
    const auto mapping = TRY(shop_mapping(context.shop));
    LoadReply reply;
    const auto readings = TRY(in_order(mapping, request.files));
    for (const auto& [order, part, file] : readings) {
        TRY(may_read(context, file, readable));
        const auto which =
            readings.size() == 1 ? "" : fmt::format(" ({} of {})", reply.files.size() + 1, readings.size());
        const auto progress = [&](const LoadStep& step) {
            context.progress({fmt::format("{} {}{}", step.name, file.filename().string(), which), double(step.rows),
                              double(step.all_rows), "rows"});
        };
        add(reply, TRY(load_file(context.shop, part, file, {progress})));
    }
    return reply;
}

Result<ListLoadsReply> list_loads(Context& context, const ListLoadsRequest& request) {
    const auto rows = TRY(context.shop.database().read([&](store::Connection& connection) {
        return connection.rows<LoadRow>("FROM data.load ORDER BY load_id DESC LIMIT ?", request.limit);
    }));
    ListLoadsReply reply;
    for (const auto& row : rows)
        reply.loads.push_back({row.load_id, row.source, row.file, format(row.loaded_at), row.read, row.loaded,
                               row.mended, row.quarantined, row.unchanged});
    return reply;
}

Result<SummaryReply> summary(Context& context, const SummaryRequest&) {
    const auto& settings = context.shop.settings();
    SummaryReply reply{.shop = settings.name, .currency = settings.currency, .time_zone = settings.time_zone};
    TRY(context.shop.database().read([&](store::Connection& connection) -> Result<> {
        const auto span = TRY(connection.row<SalesSpan>("FROM data.span"));
        if (span.first_day) reply.first_day = format(*span.first_day);
        if (span.last_day) reply.last_day = format(*span.last_day);
        for (const auto& table : canonical_tables())
            reply.tables.push_back({std::string(table.name),
                                    TRY(connection.count(fmt::format("SELECT count(*) FROM data.{}", table.table)))});
        return {};
    }));
    return reply;
}

}  // namespace

Result<Mapping> shop_mapping(const store::Shop& shop) {
    const auto file = shop.folder() / "mapping.yaml";
    return parse_mapping(TRY(store::read_file(file)), file.string());
}

void add_operations(operations::Registry& registry) {
    using operations::declare;
    registry.add(declare<LoadRequest, LoadReply>(
        {.name = "data.load",
         .summary = {"Loads files into the shop's tables; what cannot be used is set aside with line and reason",
                     "把文件载入店铺数据表；不能用的行连同行号与原因另存"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .long_work = true,
         .shortcut = "load",
         .positional = {"files"},
         .paths = {"files"},
         .required = {"files"}},
        load));
    registry.add(declare<ListLoadsRequest, ListLoadsReply>(
        {.name = "data.loads", .summary = {"Lists the files that were loaded", "列出已载入的文件"}}, list_loads));
    registry.add(declare<SummaryRequest, SummaryReply>(
        {.name = "data.summary", .summary = {"Says what the shop's tables hold", "说明店铺数据表里有什么"}}, summary));
    add_browse_operations(registry);
    add_quarantine_operations(registry);
    add_mapping_operations(registry);
    add_trace_operation(registry);
    add_erase_operation(registry);
    add_export_operation(registry);
    quality::add_operations(registry);
    add_push_operations(registry);
    items::add_operations(registry);
    add_source_operations(registry);
}

}  // namespace suanpan::data
