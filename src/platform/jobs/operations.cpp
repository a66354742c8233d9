#include "platform/jobs/jobs.h"
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
    std::int64_t steps_done = 0;
    bool finished = false;
};

struct ListedRun {
    std::int64_t run_id = 0;
    std::string job, key, started_at;
    std::int64_t steps_done = 0;
    bool finished = false;
    std::string failure;
};

struct ListReply {
    std::vector<ListedRun> runs;
};

}  // namespace suanpan::jobs

template <>
struct glz::json_schema<suanpan::jobs::DailyRequest> {
    schema as_of{.description = "run the loop up to this day, as 2011-11-14; empty: today, or where the data end"};
};
template <>
struct glz::json_schema<suanpan::jobs::ListRequest> {
    schema limit{.description = "at most so many, the newest first", .minimum = 1L, .maximum = 1000L};
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

Result<ListReply> list(Context& context, const ListRequest& request) {
    const auto rows = TRY(context.shop.database().read([&](store::Connection& connection) {
        return connection.rows<HistoryRow>("FROM jobs.history ORDER BY run_id DESC LIMIT ?", request.limit);
    }));
    ListReply reply;
    for (const auto& row : rows)
        reply.runs.push_back(
            {row.run_id, row.job, row.run_key, format(row.started_at), row.steps_done, row.finished, row.failure});
    return reply;
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
        {.name = "jobs.list", .summary = {"Lists runs of jobs", "列出任务运行记录"}}, list));
}

}  // namespace suanpan::jobs
