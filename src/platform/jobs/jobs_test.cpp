#include "platform/jobs/jobs.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "platform/jobs/schedule_operations.h"
#include "platform/jobs/scheduler.h"
#include "platform/operations/declare.h"
#include "platform/operations/json.h"

namespace suanpan::jobs {

struct Nothing {
    std::int64_t calls = 0;
};

namespace {

namespace fs = std::filesystem;

class JobsTest : public testing::Test {
  protected:
    void SetUp() override {
        folder = fs::temp_directory_path() / ("suanpan-jobs-" + std::to_string(::getpid()) + "-" +
                                              testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder);
        ASSERT_TRUE(store::Shop::create(folder, {.name = "Test"}));
        const auto schema = jobs::schema();
        shop = std::move(store::Shop::open(folder, {&schema, 1}).value());
        for (const auto* name : {"test.one", "test.two"})
            registry.add(operations::declare<Nothing, Nothing>(
                {.name = name}, [this, name](operations::Context&, const Nothing&) { return call(name); }));
    }
    void TearDown() override { fs::remove_all(folder); }

    Result<Nothing> call(const std::string& name) {
        ++calls[name];
        if (name == failing && failures-- > 0) return fail(code, "not now");
        return Nothing{calls[name]};
    }
    Job job() const {
        return {"daily",
                "2011-11-14",
                {{.name = "second",
                  .operation = "test.two",
                  .request = "{}",
                  .after = {"first"},
                  .pause = std::chrono::milliseconds(1)},
                 {.name = "first", .operation = "test.one", .request = "{}"}}};
    }
    Result<std::vector<StepReport>> run_job() {
        operations::Context context{*shop, registry, {"job:test", operations::Role::admin}};
        return run(context, job());
    }

    fs::path folder;
    std::unique_ptr<store::Shop> shop;
    operations::Registry registry;
    std::map<std::string, std::int64_t> calls;
    std::string failing;
    int failures = 0;
    ErrorCode code = ErrorCode::invalid_argument;
};

TEST_F(JobsTest, RunsStepsAfterWhatTheyWaitFor) {
    const auto reports = run_job().value();
    EXPECT_EQ(reports[0].step, "first");
    EXPECT_EQ(reports[1].reply, R"({"calls":1})");
}

TEST_F(JobsTest, GoesOnWhereItStopped) {
    failing = "test.two";
    failures = 1;
    const auto failed = run_job();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().about, "step second");
    const auto resumed = run_job().value();
    EXPECT_TRUE(resumed[0].resumed);
    EXPECT_FALSE(resumed[1].resumed);
    EXPECT_EQ(calls["test.one"], 1);
    EXPECT_EQ(calls["test.two"], 2);
}

TEST_F(JobsTest, TriesAgainWhatMayPass) {
    failing = "test.two";
    failures = 2;
    code = ErrorCode::unavailable;
    EXPECT_TRUE(run_job());
    EXPECT_EQ(calls["test.two"], 3);
}

TEST_F(JobsTest, StopsAStepWhoseTimeIsOver) {
    // Ends only when it is asked to, so that no clock decides the test.
    registry.add(operations::declare<Nothing, Nothing>(
        {.name = "test.forever"}, [](operations::Context& context, const Nothing&) -> Result<Nothing> {
            while (!context.stop.stop_requested()) std::this_thread::yield();
            return fail(ErrorCode::unavailable, "asked to stop");
        }));
    operations::Context context{*shop, registry, {"job:test", operations::Role::admin}};
    const Job endless{
        "endless",
        "",
        {{.name = "wait", .operation = "test.forever", .request = "{}", .timeout = std::chrono::milliseconds(20)}}};
    const auto stopped = run(context, endless);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().text(),
              "step wait: did not end within 0.02 s and was stopped (asked to stop); see what it waits for, or give it "
              "more time, and run the job again to go on with it");
    const auto attempts = shop->database().read([](store::Connection& connection) {
        return connection.count("SELECT attempts FROM jobs.step WHERE state = 'failed'");
    });
    EXPECT_EQ(attempts, 1);  // not tried again, though it said that it may pass
}

// Sums that would take longer than anyone waits; only stopping the statement itself ends the test.
TEST_F(JobsTest, BreaksOffAStatementWhoseTimeIsOver) {
    constexpr auto endless_sql =
        "SELECT count(*) FROM range(100000000) AS a, range(100000000) AS b WHERE a.range < b.range";
    registry.add(operations::declare<Nothing, Nothing>(
        {.name = "test.sums"}, [&](operations::Context& context, const Nothing&) -> Result<Nothing> {
            return context.shop.database().read([&](store::Connection& connection) -> Result<Nothing> {
                return Nothing{TRY(connection.count(endless_sql))};
            });
        }));
    registry.add(operations::declare<Nothing, Nothing>(
        {.name = "test.written_sums"}, [&](operations::Context& context, const Nothing&) -> Result<Nothing> {
            TRY(context.shop.database().write([&](store::Connection& connection) -> Result<> {
                TRY(connection.run("CREATE TABLE sums (n BIGINT)"));
                TRY(connection.query(fmt::format("INSERT INTO sums {}", endless_sql)));
                return {};
            }));
            return Nothing{};
        }));
    operations::Context context{*shop, registry, {"job:test", operations::Role::admin}};
    for (const auto* operation : {"test.sums", "test.written_sums"}) {
        const Job job{
            operation,
            "",
            {{.name = "sum", .operation = operation, .request = "{}", .timeout = std::chrono::milliseconds(50)}}};
        const auto stopped = run(context, job);
        ASSERT_FALSE(stopped);
        EXPECT_EQ(stopped.error().code, ErrorCode::unavailable);
        EXPECT_TRUE(stopped.error().message.starts_with("did not end within 0.05 s and was stopped"))
            << stopped.error().message;
    }
    const auto tables = shop->database().read([](store::Connection& connection) {
        return connection.count("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'sums'");
    });
    EXPECT_EQ(tables, 0);  // the write was undone, and the database goes on
}

TEST_F(JobsTest, WhatIsDoneLateIsDone) {
    registry.add(operations::declare<Nothing, Nothing>(
        {.name = "test.late"}, [](operations::Context& context, const Nothing&) -> Result<Nothing> {
            while (!context.stop.stop_requested()) std::this_thread::yield();
            return Nothing{7};
        }));
    operations::Context context{*shop, registry, {"job:test", operations::Role::admin}};
    const Job late{
        "late",
        "",
        {{.name = "late", .operation = "test.late", .request = "{}", .timeout = std::chrono::milliseconds(20)}}};
    EXPECT_EQ(run(context, late)->front().reply, R"({"calls":7})");
}

TEST_F(JobsTest, AStepHearsThatTheJobIsToStop) {
    std::stop_source stop;
    registry.add(operations::declare<Nothing, Nothing>(
        {.name = "test.stop"}, [&](operations::Context& inner, const Nothing&) -> Result<Nothing> {
            stop.request_stop();
            if (inner.stop.stop_requested()) return fail(ErrorCode::unavailable, "stopped");
            return Nothing{};
        }));
    operations::Context context{*shop, registry, {"job:test", operations::Role::admin}};
    context.stop = stop.get_token();
    const Job job{"stopping", "", {{.name = "one", .operation = "test.stop", .request = "{}"}}};
    EXPECT_EQ(run(context, job).error().text(), "step one: stopped");
}

TEST_F(JobsTest, ReportsAStepWithItsPlace) {
    registry.add(operations::declare<Nothing, Nothing>(
        {.name = "test.tells"}, [](operations::Context& inner, const Nothing&) -> Result<Nothing> {
            inner.progress({"reading", 3, 10, "rows"});
            return Nothing{};
        }));
    operations::Context context{*shop, registry, {"job:test", operations::Role::admin}};
    std::vector<std::string> told;
    context.progress = [&](const operations::Progress& progress) {
        told.push_back(fmt::format("{} {}/{} {}", progress.step, progress.done, progress.total, progress.unit));
    };
    const Job job{"daily",
                  "x",
                  {{.name = "first", .operation = "test.one", .request = "{}"},
                   {.name = "load", .operation = "test.tells", .request = "{}"}}};
    ASSERT_TRUE(run(context, job));
    EXPECT_EQ(told, (std::vector<std::string>{"daily 1/2 first 0/2 steps", "daily 2/2 load 1/2 steps",
                                              "daily 2/2 load: reading 3/10 rows"}));
}

TEST_F(JobsTest, KeepsTheHistoryOfRunsAndSteps) {
    jobs::add_operations(registry, {});
    failing = "test.two";
    failures = 1;
    ASSERT_FALSE(run_job());
    operations::Context context{*shop, registry, {"user:ming", operations::Role::viewer}};
    auto ask = [&](const std::string& name, const std::string& request) {
        return operations::parse_json(registry.call(context, name, request).value()).value();
    };
    auto failed = ask("jobs.list", "{}")["runs"][0];
    EXPECT_EQ(failed["state"].get_string(), "failed");
    EXPECT_EQ(failed["steps_done"].get<std::int64_t>(), 1);
    EXPECT_EQ(failed["failure"].get_string(), "not now");
    ASSERT_TRUE(run_job());
    auto shown = ask("jobs.show", R"({"run_id":1})");
    EXPECT_EQ(shown["run"]["state"].get_string(), "finished");
    EXPECT_EQ(shown["run"]["steps_done"].get<std::int64_t>(), 2);
    EXPECT_EQ(shown["run"]["failures"].get<std::int64_t>(), 1);
    ASSERT_EQ(shown["steps"].get_array().size(), 3u);
    EXPECT_EQ(shown["steps"][1]["failure"].get_string(), "not now");
    EXPECT_EQ(shown["steps"][2]["reply"]["calls"].get<std::int64_t>(), 2);
    EXPECT_EQ(registry.call(context, "jobs.show", R"({"run_id":9})").error().code, ErrorCode::not_found);
}

TEST_F(JobsTest, ASchedulesClockMayJump) {
    const Schedules schedules = {{"test.one", parse_schedule("every 15 minutes").value()}};
    operations::Context context{*shop, registry, {"job:test", operations::Role::admin}};
    const auto start = parse_instant("2011-11-14T05:30:00Z").value();
    auto runs_at = [&](std::chrono::minutes after) { return run_due(context, schedules, start + after)->size(); };
    EXPECT_EQ(runs_at(std::chrono::minutes(0)), 0u);
    EXPECT_EQ(runs_at(std::chrono::minutes(14)), 0u);
    EXPECT_EQ(runs_at(std::chrono::minutes(15)), 1u);
    EXPECT_EQ(runs_at(std::chrono::minutes(5)), 0u);     // back
    EXPECT_EQ(runs_at(std::chrono::minutes(1500)), 1u);  // ahead, or the program was off: once
    EXPECT_EQ(runs_at(std::chrono::minutes(1501)), 0u);
}

// What was set while the program runs counts over the options, is shown with who set it, and can be switched off.
TEST_F(JobsTest, ASetScheduleCountsOverTheOptions) {
    add_schedule_operations(registry);
    operations::Context context{*shop, registry, {"user:ming", operations::Role::admin}};
    const Schedules options = {{"test.one", parse_schedule("every 15 minutes").value()},
                               {"test.two", parse_schedule("every 2 hours").value()}};
    EXPECT_EQ(current_schedules(*shop, options).value(), options);
    ASSERT_TRUE(registry.call(context, "jobs.set_schedule", R"({"operation":"test.one","schedule":"every 3 hours"})"));
    ASSERT_TRUE(registry.call(context, "jobs.set_schedule", R"({"operation":"test.two","schedule":""})"));
    const Schedules expected = {{"test.one", parse_schedule("every 3 hours").value()}};
    EXPECT_EQ(current_schedules(*shop, options).value(), expected);
    const auto shown = operations::parse_json(registry.call(context, "jobs.schedule", "{}").value()).value();
    ASSERT_EQ(shown["schedules"].get_array().size(), 2u);
    const auto& one = shown["schedules"][0];
    EXPECT_EQ(one["set_by"].get_string(), "user:ming");
    const auto last = parse_instant(one["last_at"].get_string()).value();
    EXPECT_EQ(parse_instant(one["next_at"].get_string()).value() - last, std::chrono::hours(3));
    EXPECT_EQ(shown["schedules"][1]["schedule"].get_string(), "");
    EXPECT_FALSE(shown["schedules"][1].contains("next_at") && shown["schedules"][1]["next_at"].is_string());
}

TEST_F(JobsTest, RefusesAScheduleThatCouldOnlyFail) {
    add_schedule_operations(registry);
    operations::Context context{*shop, registry, {"user:ming", operations::Role::admin}};
    const auto about = [&](const std::string& request) {
        const auto reply = registry.call(context, "jobs.set_schedule", request);
        return reply ? "taken" : reply.error().about;
    };
    EXPECT_EQ(about(R"({"operation":"no.such","schedule":"every 2 hours"})"), "operation");
    EXPECT_EQ(about(R"({"operation":"jobs.set_schedule","schedule":"every 2 hours"})"), "operation");
    EXPECT_EQ(about(R"({"operation":"test.one","schedule":"sometimes"})"), "schedule");
    context.principal.role = operations::Role::approver;
    EXPECT_EQ(registry.call(context, "jobs.set_schedule", R"({"operation":"test.one"})").error().code,
              ErrorCode::permission_denied);
}

TEST_F(JobsTest, NamesAScheduleThatIsWrong) {
    store::Settings settings{.options = {{"schedule.test.one", "sometimes"}}};
    EXPECT_EQ(schedules_of(settings, registry).error().about, "schedule.test.one");
    settings.options = {{"schedule.no.such", "daily at 05:30"}};
    EXPECT_FALSE(schedules_of(settings, registry));
}

TEST(InOrder, RefusesWhatWaitsForItself) {
    const Job circle{"daily", "", {{.name = "a", .after = {"b"}}, {.name = "b", .after = {"a"}}}};
    EXPECT_EQ(in_order(circle).error().about, "daily.a");
    const Job unknown{"daily", "", {{.name = "a", .after = {"none"}}}};
    EXPECT_FALSE(in_order(unknown));
}

}  // namespace
}  // namespace suanpan::jobs
