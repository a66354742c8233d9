#include "platform/jobs/schedule_operations.h"

#include <fmt/format.h>

#include "platform/jobs/scheduler.h"
#include "platform/operations/declare.h"
#include "platform/operations/validate.h"

namespace suanpan::jobs {

struct ScheduleRequest {};

struct ScheduledOperation {
    std::string operation, schedule, set_by;
    std::optional<std::string> last_at, next_at;
};

struct ScheduleReply {
    std::vector<ScheduledOperation> schedules;
};

struct SetScheduleRequest {
    std::string operation, schedule;
};

struct SetScheduleReply {
    std::string operation, schedule;
    std::optional<std::string> next_at;
};

struct KeptRow {
    std::string operation, schedule, changed_by;
};

struct LastRow {
    std::string operation;
    Instant last_at;
};

}  // namespace suanpan::jobs

template <>
struct suanpan::operations::Described<suanpan::jobs::ScheduledOperation> {
    static constexpr FieldWords fields[] = {
        {"schedule", "such as daily at 05:30; empty: not by itself"},
        {"set_by", "shop.yaml, or who changed it with jobs.set_schedule"},
        {"last_at", "when the server began it, or first saw its schedule"},
        {"next_at", "while the server runs"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::jobs::SetScheduleRequest> {
    static constexpr FieldWords fields[] = {
        {"operation", "one that can run without a request, such as jobs.daily"},
        {"schedule",
         "every 15 minutes, every 2 hours, daily at 05:30, weekly on monday at 06:00; empty: not by "
         "itself any more"},
    };
};

namespace suanpan::jobs {
namespace {

using operations::Context;
using store::Connection;

using ByName = std::map<std::string, ScheduledOperation>;

ByName from_options(const store::Settings& settings) {
    ByName found;
    for (const auto& [name, text] : scheduled_texts(settings))
        found.emplace(name, ScheduledOperation{.operation = name, .schedule = text, .set_by = "shop.yaml"});
    return found;
}

Result<> add_kept(Connection& connection, ByName& found) {
    const auto rows = TRY(connection.rows<KeptRow>(
        "SELECT operation, arg_max(schedule, changed_at) AS schedule, arg_max(changed_by, changed_at) AS changed_by "
        "FROM jobs.schedule GROUP BY operation"));
    for (const auto& row : rows)
        found[row.operation] = {.operation = row.operation, .schedule = row.schedule, .set_by = row.changed_by};
    return {};
}

Result<ScheduleReply> show_schedules(Context& context, const ScheduleRequest&) {
    auto found = from_options(context.shop.settings());
    TRY(context.shop.database().read([&](Connection& connection) -> Result<> {
        TRY(add_kept(connection, found));
        for (const auto& [operation, last] : TRY(connection.rows<LastRow>("FROM jobs.scheduled"))) {
            const auto at = found.find(operation);
            if (at == found.end()) continue;
            at->second.last_at = format(last);
            if (at->second.schedule.empty()) continue;
            at->second.next_at =
                format(next_after(TRY(parse_schedule(at->second.schedule)), last, context.shop.time_zone()));
        }
        return {};
    }));
    ScheduleReply reply;
    for (auto& [_, one] : found) reply.schedules.push_back(std::move(one));
    return reply;
}

// What needs a request could only fail, time after time.
Result<> refuse_unfit(const Context& context, const std::string& name) {
    const auto* operation = context.operations.find(name);
    if (operation == nullptr || operation->name != name)
        return fail(ErrorCode::not_found, fmt::format("there is no operation \"{}\" to schedule", name), "operation");
    if (const auto fits = operations::validate(*operation, "{}"); !fits)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("{} cannot run by itself, as it needs a request: {}", name, fits.error().message),
                    "operation");
    return {};
}

Result<SetScheduleReply> set(Context& context, const SetScheduleRequest& request) {
    TRY(refuse_unfit(context, request.operation));
    SetScheduleReply reply{.operation = request.operation, .schedule = request.schedule};
    const auto at = now();
    if (!request.schedule.empty()) {
        const auto schedule = parse_schedule(request.schedule);
        if (!schedule) return fail(schedule.error().code, schedule.error().message, "schedule");
        reply.next_at = format(next_after(*schedule, at, context.shop.time_zone()));
    }
    TRY(context.shop.database().write([&](Connection& connection) -> Result<> {
        TRY(connection.query("INSERT INTO jobs.schedule VALUES (?, ?, ?, ?)", request.operation, request.schedule,
                             context.principal.name, at));
        // A new schedule waits for its first time from now on, whatever the one before has missed.
        TRY(connection.query("DELETE FROM jobs.scheduled WHERE operation = ?", request.operation));
        if (!request.schedule.empty())
            TRY(connection.query("INSERT INTO jobs.scheduled VALUES (?, ?)", request.operation, at));
        return {};
    }));
    return reply;
}

}  // namespace

void add_schedule_operations(operations::Registry& registry) {
    using operations::declare;
    registry.add(declare<ScheduleRequest, ScheduleReply>(
        {.name = "jobs.schedule", .summary = {"Shows what runs by itself, and when", "查看自动运行的任务及时间"}},
        show_schedules));
    registry.add(declare<SetScheduleRequest, SetScheduleReply>(
        {.name = "jobs.set_schedule",
         .summary = {"Sets when an operation runs by itself, over what shop.yaml says",
                     "设定操作的自动运行时间，优先于 shop.yaml"},
         .role = operations::Role::admin,  // what is scheduled runs with every right
         .effect = operations::Effect::changes,
         .idempotent = true,
         .positional = {"operation", "schedule"},
         .required = {"operation"}},
        set));
}

}  // namespace suanpan::jobs
