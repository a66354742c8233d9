#include <fmt/format.h>

#include "areas/data/labels/export.h"
#include "areas/data/labels/operations.h"
#include "platform/operations/declare.h"

namespace suanpan::data::labels {

struct CreateRequest {
    std::string set;
    std::int64_t version = 0;
    std::vector<std::string> classes;
    std::string kind = "text", scale = "nominal", instructions;
    std::map<std::string, std::string> descriptions;
    std::vector<Example> examples;
    std::int64_t annotations_per_task = 2, lease_minutes = 30;
    double gold_share = 0.1;
    bool show_guess = false;
};

struct CreateReply {
    std::string set;
    std::int64_t version = 0;
    bool created = false;
};

struct ListRequest {};

struct ListedSet {
    std::string set;
    std::int64_t version = 0, tasks = 0, annotations = 0, settled = 0;
    bool frozen = false;
};

struct ListReply {
    std::vector<ListedSet> sets;
};

struct SetRequest {
    std::string set;
    std::int64_t version = 0;
};

struct ShowReply {
    std::string set;
    std::int64_t version = 0;
    std::string kind, scale, instructions;
    std::vector<std::string> classes;
    std::map<std::string, std::string> descriptions;
    std::vector<Example> examples;
    std::int64_t annotations_per_task = 0, lease_minutes = 0;
    double gold_share = 0;
    bool show_guess = false;
    std::optional<std::string> frozen_at, hash;
    std::int64_t tasks = 0, gold = 0, annotations = 0, settled = 0;
};

struct ExportReply {
    std::string set;
    std::int64_t version = 0, labels = 0;
    bool frozen = false;
    std::string file, hash;
};

}  // namespace suanpan::data::labels

template <>
struct suanpan::operations::Described<suanpan::data::labels::CreateRequest> {
    static constexpr FieldWords fields[] = {
        {"set", "name: a-z, 0-9, _ and -", {.max_length = 64}},
        {"version", "the version this is; 0: the first, or the same as the newest", {.minimum = 0}},
        {"classes", "names of the classes, in order", {.max_items = 1000}},
        {"kind", "text, picture (a path in the shop or an https address) or record"},
        {"scale", "nominal, ordinal (the order counts) or interval (the classes are rising numbers)"},
        {"instructions", "what annotators read before they begin", {.max_length = 100'000}},
        {"descriptions", "by class: what belongs to it"},
        {"examples", "text, label and why", {.max_items = 1000}},
        {"annotations_per_task", "by different annotators", {.minimum = 1, .maximum = 100}},
        {"lease_minutes", "for which a task is kept for one annotator", {.minimum = 1, .maximum = 10080}},
        {"gold_share",
         "of the tasks given, up to 0.5: those with a known label, to measure annotators",
         {.minimum = 0.0, .maximum = 0.5}},
        {"show_guess", "show annotators the first guess of the rules"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::labels::SetRequest> {
    static constexpr FieldWords fields[] = {
        {"version", "0: the newest", {.minimum = 0}},
    };
};
namespace suanpan::data::labels {
namespace {

namespace fs = std::filesystem;
using operations::Context;
using operations::Effect;
using operations::Role;

Definition definition_of(const CreateRequest& request) {
    return {request.kind,         request.scale,     request.instructions,         request.classes,
            request.descriptions, request.examples,  request.annotations_per_task, request.lease_minutes,
            request.gold_share,   request.show_guess};
}

Result<CreateReply> create(Context& context, const CreateRequest& request) {
    Created created;
    TRY(context.shop.database().write([&](store::Connection& connection) -> Result<> {
        created = TRY(create_set(connection, {request.set, request.version, definition_of(request), {}, ""},
                                 {context.principal.name, now()}));
        return {};
    }));
    return CreateReply{request.set, created.version, created.created};
}

Result<ListReply> list(Context& context, const ListRequest&) {
    return ListReply{TRY(context.shop.database().read([](store::Connection& connection) {
        return connection.rows<ListedSet>(R"(
            SELECT v.set_name AS set, v.version,
                   (SELECT count(*) FROM labels.task AS t WHERE t.set_name = v.set_name) AS tasks,
                   (SELECT count(*)
                    FROM labels.current_annotation AS c
                    WHERE c.set_name = v.set_name AND c.version = v.version AND c.label IS NOT NULL) AS annotations,
                   (SELECT count(*)
                    FROM labels.settled AS s
                    WHERE s.set_name = v.set_name AND s.version = v.version) AS settled,
                   f.hash IS NOT NULL AS frozen
            FROM labels.version AS v
            LEFT JOIN labels.frozen AS f ON f.set_name = v.set_name AND f.version = v.version
            ORDER BY v.set_name, v.version)");
    }))};
}

struct Progress {
    std::int64_t tasks = 0, gold = 0, annotations = 0, settled = 0;
};

Result<Progress> progress_of(store::Connection& connection, const LabelSet& set) {
    return connection.row<Progress>(R"(
        SELECT (SELECT count(*) FROM labels.task WHERE set_name = $1) AS tasks,
               (SELECT count(*) FROM labels.gold WHERE set_name = $1 AND version = $2) AS gold,
               (SELECT count(label) FROM labels.current_annotation WHERE set_name = $1 AND version = $2) AS annotations,
               (SELECT count(*) FROM labels.settled WHERE set_name = $1 AND version = $2) AS settled)",
                                    set.name, set.version);
}

Result<ShowReply> show(Context& context, const SetRequest& request) {
    return context.shop.database().read([&](store::Connection& connection) -> Result<ShowReply> {
        const auto set = TRY(find_set(connection, request.set, request.version));
        const auto progress = TRY(progress_of(connection, set));
        const auto& d = set.definition;
        ShowReply reply{set.name,        set.version,    d.kind,
                        d.scale,         d.instructions, d.classes,
                        d.descriptions,  d.examples,     d.annotations_per_task,
                        d.lease_minutes, d.gold_share,   d.show_guess};
        if (set.frozen_at) {
            reply.frozen_at = format(*set.frozen_at);
            reply.hash = set.hash;
        }
        reply.tasks = progress.tasks;
        reply.gold = progress.gold;
        reply.annotations = progress.annotations;
        reply.settled = progress.settled;
        return reply;
    });
}

Result<ExportReply> write_export(const Context& context, const LabelSet& set, const Export& made) {
    const auto folder = context.shop.folder() / "exports";
    std::error_code error;
    fs::create_directories(folder, error);
    const auto file =
        folder / fmt::format("labels-{}-v{}{}.jsonl", set.name, set.version, set.frozen_at ? "" : "-draft");
    TRY(store::write_file(file, made.text));
    return ExportReply{set.name, set.version, made.labels, set.frozen_at.has_value(), file.string(), made.hash};
}

Result<ExportReply> export_set(Context& context, const SetRequest& request) {
    LabelSet set;
    const auto made = TRY(context.shop.database().read([&](store::Connection& connection) -> Result<Export> {
        set = TRY(find_set(connection, request.set, request.version));
        return export_labels(connection, set);
    }));
    return write_export(context, set, made);
}

Result<ExportReply> freeze_set(Context& context, const SetRequest& request) {
    TRY(context.shop.database().write([&](store::Connection& connection) -> Result<> {
        (void)TRY(freeze(connection, TRY(find_set(connection, request.set, request.version)),
                         {context.principal.name, now()}));
        return {};
    }));
    return export_set(context, request);
}

void add_readers(operations::Registry& registry) {
    using operations::declare;
    registry.add(declare<ListRequest, ListReply>(
        {.name = "labels.list_sets",
         .summary = {"Lists the label sets with their versions and progress", "列出标注集及其版本与进度"}},
        list));
    registry.add(declare<SetRequest, ShowReply>(
        {.name = "labels.show_set",
         .summary = {"Shows what a label set asks, and how far it is", "显示标注集的说明、类别与进度"},
         .positional = {"set"},
         .required = {"set"}},
        show));
}

void add_exports(operations::Registry& registry) {
    using operations::declare;
    registry.add(
        declare<SetRequest, ExportReply>({.name = "labels.export",
                                          .summary = {"Writes the labels that stand into a file of the shop's exports/",
                                                      "把已确定的标签写入店铺 exports/ 下的文件"},
                                          .role = Role::approver,
                                          .effect = Effect::calls_outside,
                                          .idempotent = true,
                                          .positional = {"set"},
                                          .required = {"set"}},
                                         export_set));
    registry.add(declare<SetRequest, ExportReply>(
        {.name = "labels.freeze",
         .summary = {"Freezes a version and exports it as training labels; it never changes again",
                     "冻结一个版本并导出为训练标签；此后不再改变"},
         .role = Role::approver,
         .effect = Effect::calls_outside,
         .idempotent = true,
         .positional = {"set"},
         .required = {"set"}},
        freeze_set));
}

}  // namespace

void add_set_operations(operations::Registry& registry) {
    using operations::declare;
    registry.add(declare<CreateRequest, CreateReply>(
        {.name = "labels.create_set",
         .summary = {"Makes a label set, or the next version of one", "新建标注集，或其下一个版本"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .positional = {"set", "examples"},
         .required = {"set", "classes"}},
        create));
    add_readers(registry);
    add_exports(registry);
}

}  // namespace suanpan::data::labels
