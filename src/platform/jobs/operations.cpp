#include "platform/jobs/jobs.h"
#include "platform/jobs/schedule_operations.h"
#include "platform/operations/declare.h"

namespace suanpan::jobs {

struct DailyRequest {
    std::string as_of;
};

struct DailyStep {
    std::string step;
    bool resumed = false;
    double seconds = 0;
    glz::raw_json reply;
};

struct DailyReply {
    std::string as_of;
    std::vector<DailyStep> steps;
};

struct ListRequest {
    std::int64_t limit = 20;
};

struct HistoryRow {
    std::int64_t run_id = 0;
    std::string job, run_key, failure;
    Instant started_at;
    std::optional<Instant> last_at;
    double seconds = 0;
    std::int64_t steps_done = 0, failures = 0;
    bool finished = false;
};

struct ListedRun {
    std::int64_t run_id = 0;
    std::string job, key, state, started_at, last_at;
    double seconds = 0;
    std::int64_t steps_done = 0, failures = 0;
    std::string failure;
};

struct ListReply {
    std::vector<ListedRun> runs;
};

struct ShowRequest {
    std::int64_t run_id = 0;
};

struct StepRow {
    std::string step, state, note;
    std::int64_t attempts = 0;
    double seconds = 0;
    Instant finished_at;
};

struct ShownStep {
    std::string step, state;
    std::int64_t attempts = 0;
    double seconds = 0;
    std::string finished_at, failure;
    glz::raw_json reply;
};

struct ShowReply {
    ListedRun run;
    std::vector<ShownStep> steps;
};

}  // namespace suanpan::jobs

template <>
struct suanpan::operations::Described<suanpan::jobs::DailyRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "run the loop up to this day, as 2011-11-14; empty: today, or where the data end"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::jobs::ListedRun> {
    static constexpr FieldWords fields[] = {
        {"state", "finished; failed, where the last step to end did; or open: running, or it died"},
        {"seconds", "of work, without the time between a crash and going on"},
        {"failures", "of steps, those included that went well later"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::jobs::ShowRequest> {
    static constexpr FieldWords fields[] = {
        {"run_id", "from jobs.list", {.minimum = 1}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::jobs::ListRequest> {
    static constexpr FieldWords fields[] = {
        {"limit", "at most so many, the newest first", {.minimum = 1, .maximum = 1000}},
    };
};

namespace suanpan::jobs {
namespace {

using operations::Context;

Result<DailyReply> run_daily(Context& context, const Daily& daily, const DailyRequest& request) {
    const auto day = request.as_of.empty() ? TRY(daily.default_day(context.shop)) : TRY(parse_day(request.as_of));
    const auto version = TRY(daily.data_version(context.shop));
    DailyReply reply{.as_of = format(day), .steps = {}};
    for (auto& report : TRY(run(context, {"daily", format(day) + " " + version, daily.steps(day)})))
        reply.steps.push_back({report.step, report.resumed, report.seconds, std::move(report.reply)});
    return reply;
}

ListedRun listed(const HistoryRow& row) {
    return {.run_id = row.run_id,
            .job = row.job,
            .key = row.run_key,
            .state = row.finished ? "finished" : (row.failure.empty() ? "open" : "failed"),
            .started_at = format(row.started_at),
            .last_at = row.last_at ? format(*row.last_at) : "",
            .seconds = row.seconds,
            .steps_done = row.steps_done,
            .failures = row.failures,
            .failure = row.finished ? "" : row.failure};
}

Result<ListReply> list(Context& context, const ListRequest& request) {
    const auto rows = TRY(context.shop.database().read([&](store::Connection& connection) {
        return connection.rows<HistoryRow>("FROM jobs.history ORDER BY run_id DESC LIMIT ?", request.limit);
    }));
    ListReply reply;
    for (const auto& row : rows) reply.runs.push_back(listed(row));
    return reply;
}

Result<ShowReply> show(Context& context, const ShowRequest& request) {
    return context.shop.database().read([&](store::Connection& connection) -> Result<ShowReply> {
        const auto runs = TRY(connection.rows<HistoryRow>("FROM jobs.history WHERE run_id = ?", request.run_id));
        if (runs.empty())
            return fail(ErrorCode::not_found, "there is no such run; jobs.list has their numbers",
                        std::to_string(request.run_id));
        ShowReply reply{.run = listed(runs.front())};
        for (const auto& row : TRY(connection.rows<StepRow>(
                 "FROM jobs.step WHERE run_id = ? AND step <> '' ORDER BY finished_at", request.run_id))) {
            const bool done = row.state == "done";
            reply.steps.push_back({row.step, row.state, row.attempts, row.seconds, format(row.finished_at),
                                   done ? "" : row.note, done ? row.note : "null"});
        }
        return reply;
    });
}

}  // namespace

store::Schema schema() {
    static constexpr char sql[] =
#include "platform/jobs/schema.sql.inc"
        ;
    return {"jobs", sql};
}

void add_operations(operations::Registry& registry, const Daily& daily) {
    using operations::declare;
    registry.add(declare<DailyRequest, DailyReply>(
        {.name = "jobs.daily",
         .summary = {"Runs the loop up to a day: forecast, propose, expire, measure",
                     "运行截至某日的完整循环：预测、提案、过期、衡量"},
         .role = operations::Role::editor,
         .effect = operations::Effect::proposes,
         .idempotent = true,
         .long_work = true,
         .shortcut = "daily"},
        [daily](Context& context, const DailyRequest& request) { return run_daily(context, daily, request); }));
    registry.add(declare<ListRequest, ListReply>(
        {.name = "jobs.list", .summary = {"Lists runs of jobs, the newest first", "列出任务运行记录，最新在前"}},
        list));
    registry.add(declare<ShowRequest, ShowReply>(
        {.name = "jobs.show",
         .summary = {"Shows one run of a job with its steps", "显示一次任务运行及其步骤"},
         .positional = {"run_id"},
         .required = {"run_id"}},
        show));
    add_schedule_operations(registry);
}

}  // namespace suanpan::jobs
