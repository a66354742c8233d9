#include "areas/data/labels/assignment.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <thread>

#include "areas/data/labels/test_shop.h"

namespace suanpan::data::labels {
namespace {

using operations::member;
using operations::parse_json;

// Time is given, so that leases run out without waiting.
class AssignmentTest : public LabelsTest {
  protected:
    static constexpr Instant start{std::chrono::hours(24 * 365 * 50)};

    std::vector<std::string> next(const std::string& annotator, std::int64_t limit, std::chrono::minutes at = {}) {
        std::vector<std::string> ids;
        const auto done = shop->database().write([&](store::Connection& connection) -> Result<> {
            ids.clear();
            const auto set = TRY(find_set(connection, "s", 0));
            for (const auto& task : TRY(next_tasks(connection, set, limit, {annotator, start + at})))
                ids.push_back(task.task_id);
            return {};
        });
        EXPECT_TRUE(done) << done.error().text();
        return ids;
    }
    std::string submit_one(const std::string& annotator, const Submission& one, std::chrono::minutes at = {}) {
        std::string state;
        const auto done = shop->database().write([&](store::Connection& connection) -> Result<> {
            const auto set = TRY(find_set(connection, "s", 0));
            const auto outcome = TRY(submit(connection, set, {&one, 1}, {annotator, start + at})).front();
            state = outcome.error_code.value_or(outcome.state);
            return {};
        });
        EXPECT_TRUE(done) << done.error().text();
        return state;
    }
};

using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(AssignmentTest, GivesATaskToAtMostKAnnotatorsInTheOrderOfImport) {
    make_set(3, 0, R"(,"annotations_per_task":2)");
    EXPECT_THAT(next("a", 2), ElementsAre("t000", "t001"));
    EXPECT_THAT(next("b", 2), ElementsAre("t000", "t001"));
    EXPECT_THAT(next("c", 2), ElementsAre("t002"));
    EXPECT_THAT(next("a", 2), ElementsAre("t000", "t001")) << "what is held comes again";
    EXPECT_THAT(next("a", 3), ElementsAre("t000", "t001", "t002"));
    EXPECT_THAT(next("d", 3), IsEmpty());
}

TEST_F(AssignmentTest, NeverGivesAnAnnotatorATaskThatTheyLabelledOrSkipped) {
    make_set(2, 0);
    EXPECT_THAT(next("a", 2), ElementsAre("t000", "t001"));
    EXPECT_EQ(submit_one("a", {"t000", "good"}), "labelled");
    EXPECT_EQ(submit_one("a", {"t001", std::nullopt, "blurred"}), "skipped");
    EXPECT_THAT(next("a", 2), IsEmpty());
    EXPECT_THAT(next("a", 2, minutes(1000)), IsEmpty());
    EXPECT_THAT(next("b", 2), ElementsAre("t000", "t001"));
    EXPECT_THAT(next("c", 2), ElementsAre("t001")) << "a skipped task is still wanted twice";
}

TEST_F(AssignmentTest, AnExpiredLeaseComesBackToOthersAndToTheSameAnnotator) {
    make_set(1, 0, R"(,"annotations_per_task":1,"lease_minutes":30)");
    EXPECT_THAT(next("a", 1), ElementsAre("t000"));
    EXPECT_THAT(next("b", 1, minutes(29)), IsEmpty());
    EXPECT_THAT(next("b", 1, minutes(31)), ElementsAre("t000"));
    EXPECT_EQ(submit_one("a", {"t000", "good"}, minutes(32)), "expired") << "it has gone to b";
    EXPECT_THAT(next("a", 1, minutes(62)), ElementsAre("t000"));
    EXPECT_EQ(submit_one("a", {"t000", "good"}, minutes(93)), "labelled") << "late, but nobody else has it";
    EXPECT_EQ(submit_one("b", {"t000", "good"}, minutes(94)), "expired");
}

TEST_F(AssignmentTest, SubmittingAgainChangesNothingOrCorrects) {
    make_set(1, 0);
    next("a", 1);
    EXPECT_EQ(submit_one("b", {"t000", "good"}), "not_found");
    EXPECT_EQ(submit_one("a", {"t000", "fine"}), "invalid_argument");
    EXPECT_EQ(submit_one("a", {"t000", "good"}), "labelled");
    EXPECT_EQ(submit_one("a", {"t000", "good"}), "unchanged");
    EXPECT_EQ(count("SELECT count(*) FROM labels.annotation"), 1);
    EXPECT_EQ(submit_one("a", {"t000", "bad"}), "corrected");
    EXPECT_EQ(count("SELECT count(*) FROM labels.annotation"), 2) << "history is kept";
    EXPECT_EQ(count("SELECT count(*) FROM labels.current_annotation WHERE label = 'bad'"), 1);
}

TEST_F(AssignmentTest, MixesGoldInThatLooksLikeAnyOtherTask) {
    make_set(300, 60, R"(,"gold_share":0.2,"annotations_per_task":1)");
    const auto reply = call_as("user:li", "labels.next", R"({"set":"s","limit":100})").value();
    EXPECT_FALSE(reply.contains("gold"));
    std::int64_t gold = 0;
    for (const auto& task : list(parse_json(reply).value(), "tasks")) gold += word(task, "task_id") < "t060" ? 1 : 0;
    EXPECT_GE(gold, 8);  // twenty expected; the draws are fixed by names, so this holds always or never
    EXPECT_LE(gold, 35);
    const auto others = next("b", 300);
    const auto ordinary = std::ranges::count_if(others, [](const auto& id) { return id >= "t060"; });
    EXPECT_EQ(ordinary, 240 - (100 - gold)) << "gold is for everyone, others only once here";
    EXPECT_GT(std::ssize(others), ordinary);
    const auto quality = call_as("user:li", "labels.agreement", R"({"set":"s"})").value();
    EXPECT_FALSE(quality.contains("\"gold\":0")) << "how much gold was met is not for annotators";
}

TEST_F(AssignmentTest, EightThreadsGiveNoTaskTooOftenOrTwiceToOne) {
    make_set(60, 0, R"(,"annotations_per_task":3)");
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)  // two threads an annotator
        threads.emplace_back([&, name = fmt::format("user:{}", i / 2)] {
            for (int round = 1; round <= 12; ++round)
                EXPECT_TRUE(call_as(name, "labels.next", fmt::format(R"({{"set":"s","limit":{}}})", 5 * round)));
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(count("SELECT count(*) FROM labels.lease"), 180) << "3 of 4 annotators for each of 60 tasks";
    EXPECT_EQ(count("SELECT max(n) FROM (SELECT count(*) AS n FROM labels.lease GROUP BY task_id)"), 3);
    EXPECT_EQ(count("SELECT max(n) FROM (SELECT count(*) AS n FROM labels.lease GROUP BY task_id, annotator)"), 1);
}

TEST_F(AssignmentTest, EightThreadsLabelEveryTaskExactlyKTimes) {
    make_set(40, 0, R"(,"annotations_per_task":2)");
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, name = fmt::format("user:{}", i)] {
            for (;;) {
                const auto given = parse_json(call_as(name, "labels.next", R"({"set":"s","limit":3})").value()).value();
                if (list(given, "tasks").empty()) return;
                std::string labels;
                for (const auto& task : list(given, "tasks"))
                    labels += fmt::format(R"({}{{"task_id":"{}","label":"good"}})", labels.empty() ? "" : ",",
                                          word(task, "task_id"));
                const auto taken =
                    call_as(name, "labels.submit", fmt::format(R"({{"set":"s","labels":[{}]}})", labels)).value();
                EXPECT_EQ(whole(parse_json(taken).value(), "refused"), 0);
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(count("SELECT count(*) FROM labels.annotation"), 80);
    EXPECT_EQ(count("SELECT count(*) FROM labels.tally WHERE votes = 2"), 40);
}

TEST_F(AssignmentTest, OnlyAnApproverActsForAnother) {
    make_set(1, 0);
    EXPECT_EQ(call_as("user:li", "labels.next", R"({"set":"s","annotator":"user:ma"})").error().text(),
              "annotator: only an approver may act for another annotator");
    EXPECT_EQ(word(ask("labels.next", R"({"set":"s","annotator":"user:ma"})"), "annotator"), "user:ma");
    EXPECT_EQ(call("labels.next", R"({"set":"s"})", {"user:vi", operations::Role::viewer}).error().code,
              ErrorCode::permission_denied);
    EXPECT_EQ(call_as("user:li", "labels.tasks", R"({"set":"s"})").error().code, ErrorCode::permission_denied);
}

}  // namespace
}  // namespace suanpan::data::labels
