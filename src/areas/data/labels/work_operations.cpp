#include <fmt/format.h>

#include "areas/data/labels/operations.h"
#include "areas/data/labels/settle.h"
#include "platform/operations/declare.h"

namespace suanpan::data::labels {

struct NextRequest {
    std::string set, annotator;
    std::int64_t limit = 1;
};

struct Given {
    std::string task_id, text, picture;
    glz::raw_json record;
    std::string lease_expires_at;
    std::optional<std::string> guess;
};

struct NextReply {
    std::string set, annotator;
    std::int64_t version = 0;
    std::vector<Given> tasks;
};

struct LabelledTask {
    std::string task_id, label, note;
};

struct SubmitRequest {
    std::string set, annotator;
    std::vector<LabelledTask> labels;
};

struct SkipRequest {
    std::string set, annotator;
    std::vector<std::string> task_ids;
    std::string reason;
};

struct SubmitReply {
    std::string set, annotator;
    std::int64_t version = 0, accepted = 0, refused = 0;
    std::vector<Outcome> tasks;
};

struct TasksRequest {
    std::string set;
    std::int64_t version = 0;
    std::string state;
    std::int64_t limit = 50;
    std::string cursor;
};

struct GivenLabel {
    std::string task_id, annotator;
    std::optional<std::string> label;
    std::string note;
};

struct ListedTask {
    std::string task_id, state, text, picture;
    glz::raw_json record;
    std::vector<GivenLabel> labels;
    std::optional<std::string> label, method, reason, guess;
    std::optional<double> confidence, uncertainty;
    std::optional<std::string> gold;
};

struct TasksReply {
    std::vector<ListedTask> tasks;
    std::string next_cursor;
};

struct SettleRequest {
    std::string set;
    std::vector<Adjudication> adjudications;
    std::string reason;
};

struct SettleReply {
    std::string set;
    std::int64_t version = 0, settled = 0, unchanged = 0, conflicts = 0, waiting = 0, refused = 0;
    std::vector<Outcome> tasks;
};

}  // namespace suanpan::data::labels

template <>
struct suanpan::operations::Described<suanpan::data::labels::NextRequest> {
    static constexpr FieldWords fields[] = {
        {"annotator", "for whom; empty: who asks. Another than oneself needs the role approver", {.max_length = 200}},
        {"limit", "tasks to hold; those held already come first", {.minimum = 1, .maximum = 10'000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::labels::SubmitRequest> {
    static constexpr FieldWords fields[] = {
        {"annotator",
         "whose labels; empty: who asks. Another than oneself needs the role approver",
         {.max_length = 200}},
        {"labels",
         "task_id, label and, where wanted, note; another label than before corrects it",
         {.max_items = 10'000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::labels::SkipRequest> {
    static constexpr FieldWords fields[] = {
        {"annotator", "who skips; empty: who asks. Another than oneself needs the role approver", {.max_length = 200}},
        {"task_ids", "tasks to leave to others", {.max_items = 10'000}},
        {"reason", "why", {.max_length = 10'000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::labels::TasksRequest> {
    static constexpr FieldWords fields[] = {
        {"version", "0: the newest", {.minimum = 0}},
        {"state", "only waiting, conflict, ready (has a majority), settled or gold ones"},
        {"limit", "at most so many", {.minimum = 1, .maximum = 1000}},
        {"cursor", "next_cursor of the reply before"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::labels::SettleRequest> {
    static constexpr FieldWords fields[] = {
        {"adjudications", "task_id, label, reason; none: settle all that have a majority", {.max_items = 10'000}},
        {"reason", "of adjudications that give none", {.max_length = 10'000}},
    };
};

namespace suanpan::data::labels {
namespace {

using operations::Context;
using operations::Effect;
using operations::Role;
using store::Connection;

Result<Actor> annotator_of(const Context& context, const std::string& named) {
    const auto& self = context.principal.name;
    if (named.empty() || named == self) return Actor{self, now()};
    if (context.principal.role >= Role::approver) return Actor{named, now()};
    return fail(ErrorCode::permission_denied, "only an approver may act for another annotator", "annotator");
}

Result<NextReply> next(Context& context, const NextRequest& request) {
    const auto annotator = TRY(annotator_of(context, request.annotator));
    NextReply reply{.set = request.set, .annotator = annotator.name};
    const auto given =
        TRY(change<std::vector<GivenTask>>(context, request.set, 0, [&](Connection& connection, const LabelSet& set) {
            reply.version = set.version;
            return next_tasks(connection, set, request.limit, annotator);
        }));
    for (const auto& task : given)
        reply.tasks.push_back(
            {task.task_id, task.text, task.picture, {task.record}, format(task.expires_at), task.guess});
    return reply;
}

Result<SubmitReply> take(Context& context, const std::string& set_name, const Actor& annotator,
                         std::span<const Submission> submissions) {
    SubmitReply reply{.set = set_name, .annotator = annotator.name};
    reply.tasks =
        TRY(change<std::vector<Outcome>>(context, set_name, 0, [&](Connection& connection, const LabelSet& set) {
            reply.version = set.version;
            return submit(connection, set, submissions, annotator);
        }));
    for (const auto& task : reply.tasks) (task.error ? reply.refused : reply.accepted) += 1;
    return reply;
}

Result<SubmitReply> submit_labels(Context& context, const SubmitRequest& request) {
    std::vector<Submission> submissions;
    for (const auto& one : request.labels) submissions.push_back({one.task_id, one.label, one.note});
    return take(context, request.set, TRY(annotator_of(context, request.annotator)), submissions);
}

Result<SubmitReply> skip(Context& context, const SkipRequest& request) {
    std::vector<Submission> submissions;
    for (const auto& task_id : request.task_ids) submissions.push_back({task_id, std::nullopt, request.reason});
    return take(context, request.set, TRY(annotator_of(context, request.annotator)), submissions);
}

Result<std::vector<GivenLabel>> labels_between(Connection& connection, const LabelSet& set,
                                               std::span<const TaskRow> tasks) {
    if (tasks.empty()) return std::vector<GivenLabel>{};
    return connection.rows<GivenLabel>(R"(
        SELECT c.task_id, c.annotator, c.label, c.note
        FROM labels.current_annotation AS c
        JOIN labels.task AS t ON t.set_name = c.set_name AND t.task_id = c.task_id
        WHERE c.set_name = ? AND c.version = ? AND t.number BETWEEN ? AND ?
        ORDER BY t.number, c.annotator)",
                                       set.name, set.version, tasks.front().number, tasks.back().number);
}

// Both lists are in the order of the tasks' numbers; labels of tasks that the filter left out are passed over.
std::vector<ListedTask> joined(std::span<const TaskRow> tasks, std::span<const GivenLabel> labels) {
    std::map<std::string_view, std::vector<GivenLabel>> by_task;
    for (const auto& label : labels) by_task[label.task_id].push_back(label);
    std::vector<ListedTask> listed;
    for (const auto& t : tasks)
        listed.push_back({t.task_id,
                          t.state,
                          t.text,
                          t.picture,
                          {t.record},
                          by_task[t.task_id],
                          t.label,
                          t.method,
                          t.reason,
                          t.guess,
                          t.confidence,
                          t.uncertainty,
                          t.gold});
    return listed;
}

Result<TasksReply> list(Context& context, const TasksRequest& request) {
    TaskFilter filter{.state = request.state, .limit = request.limit};
    if (!request.cursor.empty() && std::sscanf(request.cursor.c_str(), "%ld", &filter.after) != 1)
        return fail(ErrorCode::invalid_argument, "this is no cursor; take next_cursor of a reply", "cursor");
    return context.shop.database().read([&](Connection& connection) -> Result<TasksReply> {
        const auto set = TRY(find_set(connection, request.set, request.version));
        const auto tasks = TRY(list_tasks(connection, set, filter));
        TasksReply reply{.tasks = joined(tasks, TRY(labels_between(connection, set, tasks)))};
        if (std::ssize(tasks) == request.limit) reply.next_cursor = std::to_string(tasks.back().number);
        return reply;
    });
}

Result<SettleReply> settle(Context& context, const SettleRequest& request) {
    auto adjudications = request.adjudications;
    for (auto& one : adjudications)
        if (one.reason.empty()) one.reason = request.reason;
    const Actor actor{context.principal.name, now()};
    return change<SettleReply>(
        context, request.set, 0, [&](Connection& connection, const LabelSet& set) -> Result<SettleReply> {
            SettleReply reply{.set = set.name, .version = set.version};
            if (adjudications.empty()) {
                const auto done = TRY(settle_by_majority(connection, set, actor));
                reply.settled = done.settled;
                reply.unchanged = done.unchanged;
                reply.conflicts = done.conflicts;
                reply.waiting = done.waiting;
                return reply;
            }
            reply.tasks = TRY(adjudicate(connection, set, adjudications, actor));
            for (const auto& task : reply.tasks)
                (task.error ? reply.refused : task.state == "unchanged" ? reply.unchanged : reply.settled) += 1;
            return reply;
        });
}

void add_settling(operations::Registry& registry) {
    using operations::declare;
    registry.add(declare<TasksRequest, TasksReply>(
        {.name = "labels.tasks",
         .summary = {"Lists tasks with who labelled them how; for approvers, since it shows which are gold",
                     "列出任务及各人的标注；会显示金标题，故仅限审批者"},
         .role = Role::approver,
         .positional = {"set"},
         .required = {"set"}},
        list));
    registry.add(declare<SettleRequest, SettleReply>(
        {.name = "labels.settle",
         .summary = {"Settles tasks by majority, or by an approver's word with a reason",
                     "按多数票，或由审批者裁定（附理由）确定标签"},
         .role = Role::approver,
         .effect = Effect::changes,
         .idempotent = true,
         .positional = {"set", "adjudications"},
         .required = {"set"}},
        settle));
}

}  // namespace

void add_work_operations(operations::Registry& registry) {
    using operations::declare;
    registry.add(
        declare<NextRequest, NextReply>({.name = "labels.next",
                                         .summary = {"Gives an annotator the next tasks, kept for them for a while",
                                                     "给标注者分配下一批任务，限时保留"},
                                         .role = Role::editor,
                                         .effect = Effect::changes,
                                         .idempotent = true,
                                         .positional = {"set"},
                                         .required = {"set"}},
                                        next));
    registry.add(declare<SubmitRequest, SubmitReply>(
        {.name = "labels.submit",
         .summary = {"Takes labels of an annotator, each for itself", "提交标注，逐条处理"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .positional = {"set", "labels"},
         .required = {"set", "labels"}},
        submit_labels));
    registry.add(
        declare<SkipRequest, SubmitReply>({.name = "labels.skip",
                                           .summary = {"Leaves tasks to other annotators", "跳过任务，留给其他标注者"},
                                           .role = Role::editor,
                                           .effect = Effect::changes,
                                           .idempotent = true,
                                           .positional = {"set", "task_ids"},
                                           .required = {"set", "task_ids"}},
                                          skip));
    add_settling(registry);
}

}  // namespace suanpan::data::labels
