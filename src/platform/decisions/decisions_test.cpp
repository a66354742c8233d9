#include "platform/decisions/decisions.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "platform/decisions/act.h"

namespace suanpan::decisions {
namespace {

namespace fs = std::filesystem;

const Instant start = parse_instant("2011-11-14T05:30:00Z").value();
const Day today = parse_day("2011-11-14").value();

class DecisionsTest : public testing::Test {
  protected:
    void SetUp() override {
        folder = fs::temp_directory_path() / ("suanpan-decisions-" + std::to_string(::getpid()) + "-" +
                                              testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder);
        ASSERT_TRUE(store::Shop::create(folder, settings));
        open();
    }
    void TearDown() override {
        shop.reset();
        fs::remove_all(folder);
    }
    void open() {
        const auto schema = decisions::schema();
        auto opened = store::Shop::open(folder, {&schema, 1});
        ASSERT_TRUE(opened) << opened.error().text();
        shop = std::move(*opened);
    }

    static Proposal proposal(const std::string& item, std::int64_t units = 10, Day day = today) {
        return {.kind = "stock.order",
                .subject = "item:" + item,
                .as_of = day,
                .arguments = R"({"item":")" + item + R"(","units":)" + std::to_string(units) + "}",
                .evidence = "{}",
                .expected = R"({"mean":5,"low":1,"high":9})",
                .summary_en = "Order, please",
                .value = {units * 100, "GBP"},
                .deadline = start + std::chrono::hours(24)};
    }
    Proposed file(const std::vector<Proposal>& proposals, Instant now = start) {
        Proposed proposed;
        const auto done = shop->database().write([&](store::Connection& connection) -> Result<> {
            proposed = TRY(propose(connection, *shop, kinds, proposals, {"job:test", now}));
            return {};
        });
        EXPECT_TRUE(done) << done.error().text();
        return proposed;
    }
    Outcome approve_one(const Choice& choice, const std::string& who = "user:ming", Instant now = start) {
        std::vector<Outcome> outcomes;
        const auto done = shop->database().write([&](store::Connection& connection) -> Result<> {
            outcomes = TRY(approve(connection, {&choice, 1}, {who, now}));
            return {};
        });
        EXPECT_TRUE(done) << done.error().text();
        return outcomes.at(0);
    }
    bool sound() {
        return shop->database().read([](store::Connection& connection) { return check(connection); })->empty();
    }

    fs::path folder;
    store::Settings settings{.name = "Test"};
    std::unique_ptr<store::Shop> shop;
    Kinds kinds = {
        {.name = "stock.order",
         .export_prefix = "orders",
         .guard = [](const store::Settings&, const Proposal& p) -> std::vector<Verdict> {
             return {{p.value.minor < 100000, "value", "too dear"}};
         },
         .measure = [](store::Connection&, const CurrentDecision&, Day) -> Result<std::optional<Measurement>> {
             return Measurement{5, 1, 9, 7, 4, "units"};
         }}};
};

TEST(Transition, AllowsOnlyWhatTheTableSays) {
    int allowed = 0;
    for (int state = 0; state <= static_cast<int>(State::rolled_back); ++state)
        for (int event = 0; event <= static_cast<int>(Event::roll_back); ++event)
            allowed += transition(static_cast<State>(state), static_cast<Event>(event)).has_value();
    EXPECT_EQ(allowed, 16);
    EXPECT_EQ(transition(State::audited, Event::approve), State::approved);
    EXPECT_EQ(transition(State::proposed, Event::approve).error().code, ErrorCode::conflict);
    EXPECT_EQ(transition(State::rejected, Event::act).error().code, ErrorCode::conflict);
    EXPECT_EQ(transition(State::expired, Event::approve).error().code, ErrorCode::conflict);
}

TEST_F(DecisionsTest, ProposingTwiceDoesNothingTwice) {
    EXPECT_EQ(file({proposal("a"), proposal("b")}).pending, 2);
    const auto again = file({proposal("a"), proposal("b")});
    EXPECT_EQ(again.pending, 0);
    EXPECT_EQ(again.known, 2);
    EXPECT_TRUE(sound());
}

TEST_F(DecisionsTest, ANewDaySupersedesWhatWaits) {
    file({proposal("a")});
    EXPECT_EQ(file({proposal("a", 12, today + Days(1))}).superseded, 1);
    EXPECT_EQ(approve_one({decision_id(proposal("a")), ""}).state, "expired");
    EXPECT_TRUE(sound());
}

TEST_F(DecisionsTest, AGuardrailRefuses) {
    EXPECT_EQ(file({proposal("a", 5000)}).refused, 1);
    EXPECT_EQ(approve_one({decision_id(proposal("a", 5000)), ""}).error_code, "conflict");
}

TEST_F(DecisionsTest, AnApprovalIsBoundToWhatWasSeen) {
    file({proposal("a", 10)});
    const auto id = decision_id(proposal("a"));
    EXPECT_EQ(approve_one({id, decision_hash(proposal("a", 11))}).error_code, "conflict");
    EXPECT_EQ(approve_one({id, decision_hash(proposal("a", 10))}).state, "approved");
    EXPECT_FALSE(approve_one({id, decision_hash(proposal("a", 10))}).error);  // the same again
    EXPECT_EQ(approve_one({id, ""}, "user:li").error_code, "conflict");
    EXPECT_EQ(approve_one({"none", ""}).error_code, "not_found");
}

TEST_F(DecisionsTest, WhoProposedMayNotApproveAndTheExpiredStaysExpired) {
    file({proposal("a"), proposal("b")});
    EXPECT_EQ(approve_one({decision_id(proposal("a")), ""}, "job:test").error_code, "permission_denied");
    const auto late = start + std::chrono::hours(25);
    EXPECT_EQ(approve_one({decision_id(proposal("a")), ""}, "user:ming", late).error_code, "expired");
    ASSERT_TRUE(shop->database().write([&](store::Connection& connection) -> Result<> {
        EXPECT_EQ(TRY(expire_due(connection, {"clock", late})), 2);
        return {};
    }));
    // The clock jumps back: what has expired does not come to life.
    EXPECT_EQ(approve_one({decision_id(proposal("a")), ""}, "user:ming", start).error_code, "conflict");
    EXPECT_TRUE(sound());
}

TEST_F(DecisionsTest, ThePolicyApprovesWithinItsLimits) {
    shop.reset();
    fs::remove_all(folder);
    settings.policies = {{.kind = "stock.order", .approve_below = 20, .daily_limit = 35}};
    ASSERT_TRUE(store::Shop::create(folder, settings));
    open();
    const auto first = file({proposal("a", 20), proposal("b", 21), proposal("c", 10)});
    EXPECT_EQ(first.approved, 2);
    EXPECT_EQ(first.pending, 1);
    EXPECT_EQ(file({proposal("d", 10)}).pending, 1);  // 30 of 35 are spent
    EXPECT_EQ(file({proposal("e", 5)}).approved, 1);
}

TEST_F(DecisionsTest, ActingTwiceWritesTheSameFile) {
    file({proposal("b", 2), proposal("a", 1), proposal("c", 3)});
    approve_one({decision_id(proposal("a", 1)), ""});
    approve_one({decision_id(proposal("b", 2)), ""});
    EXPECT_EQ(act(*shop, kinds, {"user:ming", start})->decisions, 2);
    const auto file_name = folder / "exports/orders-2011-11-14.csv";
    const auto first = store::read_file(file_name).value();
    EXPECT_EQ(first, "decision,item,units,value,currency,reason\n" + decision_id(proposal("a")) +
                         ",a,1,1.00,GBP,\"Order, please\"\n" + decision_id(proposal("b")) +
                         ",b,2,2.00,GBP,\"Order, please\"\n");
    EXPECT_EQ(act(*shop, kinds, {"user:ming", start})->decisions, 0);
    EXPECT_EQ(store::read_file(file_name).value(), first);
    approve_one({decision_id(proposal("c", 3)), ""});
    EXPECT_EQ(act(*shop, kinds, {"user:ming", start})->decisions, 1);
    EXPECT_TRUE(store::read_file(file_name)->starts_with(first));
}

TEST_F(DecisionsTest, AFolderThatCannotBeWrittenLeavesTheDecisionApproved) {
    file({proposal("a")});
    approve_one({decision_id(proposal("a")), ""});
    fs::remove_all(folder / "exports");
    store::write_file(folder / "exports", "in the way").value();
    EXPECT_FALSE(act(*shop, kinds, {"user:ming", start}));
    fs::remove(folder / "exports");
    fs::create_directory(folder / "exports");
    EXPECT_EQ(act(*shop, kinds, {"user:ming", start})->decisions, 1);
}

TEST_F(DecisionsTest, WhatIsTakenBackLeavesTheFile) {
    file({proposal("a", 1), proposal("b", 2)});
    for (const auto* item : {"a", "b"}) approve_one({decision_id(proposal(item)), ""});
    ASSERT_TRUE(act(*shop, kinds, {"user:ming", start}));
    const Choice choice{decision_id(proposal("a")), ""};
    EXPECT_EQ(undo(*shop, kinds, {&choice, 1}, {"user:li", start}, "wrong supplier")->at(0).state, "rolled_back");
    EXPECT_FALSE(store::read_file(folder / "exports/orders-2011-11-14.csv")->contains(choice.id));
    EXPECT_FALSE(undo(*shop, kinds, {&choice, 1}, {"user:li", start}, "")->at(0).error);  // again: the same answer
    EXPECT_TRUE(sound());
}

TEST_F(DecisionsTest, MeasuresOnceWhatWasActed) {
    file({proposal("a")});
    approve_one({decision_id(proposal("a")), ""});
    ASSERT_TRUE(act(*shop, kinds, {"user:ming", start}));
    EXPECT_EQ(measure(*shop, kinds, today + Days(20), {"job:test", start})->size(), 1u);
    EXPECT_EQ(measure(*shop, kinds, today + Days(20), {"job:test", start})->size(), 0u);
    EXPECT_TRUE(sound());
}

TEST_F(DecisionsTest, TheCheckFindsAForgedEvent) {
    file({proposal("a")});
    ASSERT_TRUE(shop->database().write([&](store::Connection& connection) {
        const EventRow forged{decision_id(proposal("a")), "act", "acted", "user:x", "", "{}", start};
        return record(connection, {&forged, 1});
    }));
    EXPECT_FALSE(sound());
}

}  // namespace
}  // namespace suanpan::decisions
