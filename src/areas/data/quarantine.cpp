#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "areas/data/replay.h"
#include "areas/data/trust_operations.h"
#include "platform/operations/declare.h"

namespace suanpan::data {

struct QuarantineRequest {
    std::int64_t load_id = 0;
    std::string source, file, rule, column;
    std::int64_t limit = 50;
    std::string cursor;
};

struct QuarantinedRow {
    std::int64_t load_id = 0, source_line = 0;
    std::string source, file, column_name, rule, reason, raw;
    bool replaced = false;
};

struct QuarantineReply {
    std::vector<QuarantinedRow> rows;
    std::string next_cursor;
};

struct ReplayRequest {
    std::int64_t load_id = 0;
    std::string source, rule;
};

struct ReplayReply {
    std::int64_t taken = 0, loaded = 0, mended = 0, unchanged = 0, left_out = 0, quarantined = 0;
    std::vector<ReplayedLoad> loads;
};

}  // namespace suanpan::data

template <>
struct suanpan::operations::Described<suanpan::data::QuarantineRequest> {
    static constexpr FieldWords fields[] = {
        {"load_id", "only of this load; 0: of all", {.minimum = 0}},
        {"source", "only of this source of the mapping"},
        {"file", "only of files of this name"},
        {"rule", "only of this rule"},
        {"column", "only where this column of the file, or this expression, was at fault"},
        {"limit", "at most so many", {.minimum = 1, .maximum = 1000}},
        {"cursor", "next_cursor of the reply before"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::QuarantinedRow> {
    static constexpr FieldWords fields[] = {
        {"replaced", "its file came again, corrected; the row is kept for the record only"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::ReplayRequest> {
    static constexpr FieldWords fields[] = {
        {"load_id", "only rows that this load had set aside; 0: of all", {.minimum = 0}},
        {"source", "only rows of this source of the mapping"},
        {"rule", "only rows that this rule had set aside"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::ReplayReply> {
    static constexpr FieldWords fields[] = {
        {"taken", "rows judged again: loaded, unchanged, left out or quarantined"},
        {"unchanged", "rows that the shop has already, from another file"},
        {"quarantined", "rows that are still not good; they stay, with their new reason"},
    };
};

namespace suanpan::data {
namespace {

using operations::Context;

Result<QuarantineReply> list_quarantine(Context& context, const QuarantineRequest& request) {
    std::int64_t load_id = 0, line = 0, told = 0;  // of that line, which may have several rows
    if (!request.cursor.empty() && std::sscanf(request.cursor.c_str(), "%ld-%ld-%ld", &load_id, &line, &told) != 3)
        return fail(ErrorCode::invalid_argument, "this is no cursor; take next_cursor of a reply", "cursor");
    QuarantineReply reply;
    reply.rows = TRY(context.shop.database().read([&](store::Connection& connection) {
        return connection.rows<QuarantinedRow>(R"(
            WITH asked AS (
                SELECT CAST(? AS BIGINT) AS load_id, CAST(? AS VARCHAR) AS source, CAST(? AS VARCHAR) AS file,
                       CAST(? AS VARCHAR) AS rule, CAST(? AS VARCHAR) AS column_name
            )
            SELECT q.load_id, q.source_line, l.source, l.file, q.column_name, q.rule, q.reason, q.raw,
                   r.load_id IS NOT NULL AS replaced
            FROM data.quarantine AS q
            JOIN data.load AS l USING (load_id)
            LEFT JOIN (SELECT DISTINCT load_id FROM data.replaced_load) AS r USING (load_id), asked
            WHERE (q.load_id, q.source_line) >= (?, ?)
              AND (asked.load_id = 0 OR q.load_id = asked.load_id)
              AND (asked.source = '' OR l.source = asked.source)
              AND (asked.file = '' OR l.file = asked.file)
              AND (asked.rule = '' OR q.rule = asked.rule)
              AND (asked.column_name = '' OR q.column_name = asked.column_name)
            ORDER BY q.load_id, q.source_line, q.rowid
            LIMIT ? OFFSET ?)",
                                               request.load_id, request.source, request.file, request.rule,
                                               request.column, load_id, line, request.limit, told);
    }));
    if (std::ssize(reply.rows) < request.limit) return reply;
    const auto& last = reply.rows.back();
    const auto of_last = [&](const QuarantinedRow& row) {
        return row.load_id == last.load_id && row.source_line == last.source_line;
    };
    const auto same = std::ranges::count_if(reply.rows, of_last);
    const bool goes_on = last.load_id == load_id && last.source_line == line;
    reply.next_cursor = fmt::format("{}-{}-{}", last.load_id, last.source_line, goes_on ? told + same : same);
    return reply;
}

Result<ReplayReply> replay_rows(Context& context, const ReplayRequest& request) {
    const auto mapping = TRY(shop_mapping(context.shop));
    ReplayReply reply;
    reply.loads = TRY(replay(context.shop, mapping, {request.load_id, request.source, request.rule}));
    for (const auto& load : reply.loads) {
        reply.taken += load.taken;
        reply.loaded += load.loaded;
        reply.mended += load.mended;
        reply.unchanged += load.unchanged;
        reply.left_out += load.left_out;
        reply.quarantined += load.quarantined;
    }
    return reply;
}

}  // namespace

void add_quarantine_operations(operations::Registry& registry) {
    using operations::declare;
    registry.add(declare<QuarantineRequest, QuarantineReply>(
        {.name = "data.quarantine",
         .summary = {"Lists rows that were set aside, with file, line, column and reason",
                     "列出被隔离的行：文件、行号、列与原因"}},
        list_quarantine));
    registry.add(declare<ReplayRequest, ReplayReply>(
        {.name = "data.replay",
         .summary = {"Judges rows that were set aside again, after the mapping was mended; loads those that are good",
                     "映射或规则修正后重新处理被隔离的行，载入其中合格的行"},
         .role = operations::Role::editor,
         .effect = operations::Effect::changes,
         .idempotent = true,
         .long_work = true},
        replay_rows));
}

}  // namespace suanpan::data
