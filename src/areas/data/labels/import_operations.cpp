#include <algorithm>
#include <iterator>

#include "areas/data/labels/assignment.h"
#include "areas/data/labels/operations.h"
#include "areas/data/labels/task_file.h"
#include "platform/operations/declare.h"
#include "platform/operations/may_read.h"

namespace suanpan::data::labels {

struct ImportRequest {
    std::string set;
    std::vector<std::string> files;
    std::vector<operations::Json> tasks;
    std::string view, where;
    std::vector<std::string> values;
    std::int64_t limit = 10'000;
    std::string id_field = "task_id", text_field = "text", picture_field = "picture", gold_field = "gold";
};

struct ImportReply {
    std::string set;
    std::int64_t version = 0, added = 0, unchanged = 0, gold = 0, refused = 0;
    std::vector<Refused> reasons;
};

}  // namespace suanpan::data::labels

template <>
struct suanpan::operations::Described<suanpan::data::labels::ImportRequest> {
    static constexpr FieldWords fields[] = {
        {"files", "JSON lines (.jsonl) or tables with a header (.csv, .tsv, also .gz)", {.max_items = 100}},
        {"tasks", "objects with task_id, text, picture, gold; other fields become the record", {.max_items = 100'000}},
        {"view", "make tasks from the rows of this view, such as data.product"},
        {"where", "a condition on the view's columns, such as category = 'toys' AND length(title) > ?"},
        {"values", "of the question marks in the condition, in order", {.max_items = 100}},
        {"limit", "at most so many rows of the view", {.minimum = 1, .maximum = 1'000'000}},
        {"id_field", "the field that identifies a task; without it, a hash of its content does"},
        {"text_field", "the field with the text"},
        {"picture_field", "the field with the reference to a picture"},
        {"gold_field", "the field with the label that is known, where it is"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::labels::ImportReply> {
    static constexpr FieldWords fields[] = {
        {"gold", "new labels that are known"},
        {"refused", "rows that could not be used"},
        {"reasons", "of the first thousand of them"},
    };
};

namespace suanpan::data::labels {
namespace {

namespace fs = std::filesystem;
using operations::Context;
using operations::Effect;
using operations::Role;

constexpr std::size_t most_reasons = 1000;

constexpr std::string_view readable[] = {"inbox"};  // folders of the shop

void append(ReadTasks& all, ReadTasks more) {
    std::ranges::move(more.tasks, std::back_inserter(all.tasks));
    std::ranges::move(more.refused, std::back_inserter(all.refused));
}

Result<ReadTasks> read_all(Context& context, const ImportRequest& request) {
    const TaskFields fields{request.id_field, request.text_field, request.picture_field, request.gold_field};
    ReadTasks all;
    for (const auto& file : request.files) {
        TRY(may_read(context, file, readable));
        append(all, TRY(read_tasks(context.shop, file, fields)));
    }
    for (std::size_t i = 0; i < request.tasks.size(); ++i) {
        auto task = make_task(request.tasks[i], fields);
        const auto place = static_cast<std::int64_t>(i) + 1;
        if (!task) {
            all.refused.push_back({"tasks", place, task.error().message});
            continue;
        }
        task->file = "tasks";
        task->line = place;
        all.tasks.push_back(*std::move(task));
    }
    if (!request.view.empty())
        append(all,
               TRY(query_tasks(context.shop, {request.view, request.where, request.values, request.limit}, fields)));
    return all;
}

Result<ImportReply> import(Context& context, const ImportRequest& request) {
    if (request.files.empty() && request.tasks.empty() && request.view.empty())
        return fail(ErrorCode::invalid_argument, "name files, tasks or a view to make tasks from", "files");
    auto read = TRY(read_all(context, request));
    ImportReply reply{.set = request.set};
    auto imported = TRY(change<Imported>(context, request.set, 0, [&](auto& connection, const LabelSet& set) {
        reply.version = set.version;
        return add_tasks(connection, set, read.tasks, {context.principal.name, now()});
    }));
    std::ranges::move(imported.refused, std::back_inserter(read.refused));
    reply.added = imported.added;
    reply.unchanged = imported.unchanged;
    reply.gold = imported.gold;
    reply.refused = std::ssize(read.refused);
    if (read.refused.size() > most_reasons) read.refused.resize(most_reasons);
    reply.reasons = std::move(read.refused);
    return reply;
}

}  // namespace

void add_import_operation(operations::Registry& registry) {
    using operations::declare;
    registry.add(declare<ImportRequest, ImportReply>(
        {.name = "labels.import",
         .summary = {"Adds tasks from files, from the request, or from the rows of a view",
                     "从文件、请求或视图的行添加标注任务"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .positional = {"set", "files"},
         .paths = {"files"},
         .required = {"set"}},
        import));
}

}  // namespace suanpan::data::labels
