#include "areas/data/labels/export.h"

#include <fmt/format.h>

#include "areas/data/labels/text.h"
#include "platform/operations/declare.h"

namespace suanpan::data::labels {

// How the votes for a label went, for those who weigh training rows by it.
struct ExportedLabel {
    std::string task_id, text, picture, label, method;
    std::int64_t votes = 0, annotations = 0;
    glz::raw_json record;
};

struct ExportHeader {
    std::string set;
    std::int64_t version = 0;
    bool frozen = false;
    std::string scale;
    std::vector<std::string> classes;
    std::int64_t labels = 0;
    std::string hash;
};

namespace {

using store::Connection;

constexpr std::size_t hash_bytes = 32;

struct LabelRow {
    std::string task_id, text, picture, record, label, method;
    std::int64_t votes = 0, annotations = 0;
};

Result<std::vector<LabelRow>> labels_of(Connection& connection, const LabelSet& set) {
    return connection.rows<LabelRow>(R"(
        WITH standing AS (
            SELECT task_id, label, 'gold' AS method FROM labels.gold WHERE set_name = $1 AND version = $2
            UNION ALL
            SELECT task_id, label, method
            FROM labels.settled
            WHERE set_name = $1 AND version = $2
              AND task_id NOT IN (SELECT task_id FROM labels.gold WHERE set_name = $1 AND version = $2)),
        votes AS (
            SELECT task_id, label
            FROM labels.current_annotation
            WHERE set_name = $1 AND version = $2 AND label IS NOT NULL)
        SELECT t.task_id, t.text, t.picture, t.record, s.label, s.method,
               count(v.label) FILTER (WHERE v.label = s.label) AS votes, count(v.label) AS annotations
        FROM standing AS s
        JOIN labels.task AS t ON t.set_name = $1 AND t.task_id = s.task_id
        LEFT JOIN votes AS v ON v.task_id = s.task_id
        GROUP BY ALL
        ORDER BY t.task_id)",
                                     set.name, set.version);
}

}  // namespace

Result<Export> export_labels(Connection& connection, const LabelSet& set) {
    const auto rows = TRY(labels_of(connection, set));
    std::string lines;
    for (const auto& row : rows)
        lines +=
            TRY(operations::to_json(ExportedLabel{
                row.task_id, row.text, row.picture, row.label, row.method, row.votes, row.annotations, {row.record}})) +
            "\n";
    const auto hash = content_hash(to_json(set.definition) + "\n" + lines, hash_bytes);
    const auto header =
        TRY(operations::to_json(ExportHeader{set.name, set.version, set.frozen_at.has_value(), set.definition.scale,
                                             set.definition.classes, std::ssize(rows), hash}));
    return Export{header + "\n" + lines, hash, std::ssize(rows)};
}

Result<Export> freeze(Connection& connection, const LabelSet& set, const Actor& actor) {
    auto frozen = set;
    if (!frozen.frozen_at) frozen.frozen_at = actor.now;
    auto made = TRY(export_labels(connection, frozen));
    if (set.frozen_at) return made;
    if (made.labels == 0)
        return fail(ErrorCode::conflict,
                    fmt::format("no task of version {} of \"{}\" has a label that stands; settle some first: "
                                "labels.settle",
                                set.version, set.name),
                    "set");
    TRY(connection.query("INSERT INTO labels.frozen VALUES (?, ?, ?, ?, ?)", set.name, set.version, made.hash,
                         actor.now, actor.name));
    return made;
}

}  // namespace suanpan::data::labels
