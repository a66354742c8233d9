#include "platform/jobs/jobs.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "platform/jobs/scheduler.h"
#include "platform/operations/declare.h"

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
