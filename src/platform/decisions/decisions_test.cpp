#include "platform/decisions/measure.h"
#include "platform/decisions/test_shop.h"

namespace suanpan::decisions {
namespace {

TEST(Transition, AllowsOnlyWhatTheTableSays) {
    int allowed = 0;
    for (int state = 0; state <= static_cast<int>(State::rolled_back); ++state)
        for (int event = 0; event <= static_cast<int>(Event::roll_back); ++event)
            allowed += transition(static_cast<State>(state), static_cast<Event>(event)).has_value();
    EXPECT_EQ(allowed, 17);
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
    settings.policies = {{.kind = "stock.order", .approve_below = 20, .daily_limit = 35}};
    remake();
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
    EXPECT_EQ(measure(*shop, kinds, today + Days(20), {"job:test", start})->acted.decisions, 1);
    EXPECT_EQ(measure(*shop, kinds, today + Days(20), {"job:test", start})->acted.decisions, 0);
    EXPECT_TRUE(sound());
}

TEST_F(DecisionsTest, ComparesWithWhatWasLeftUndone) {
    // Outcomes: a 8, b 2, c 20; each was expected to be 5 within 1 to 9, and to be 4 by the naive method.
    kinds[0].measure = [](store::Connection&, const CurrentDecision& d, Day) -> Result<std::optional<Measurement>> {
        const double outcome = d.subject == "item:a" ? 8 : d.subject == "item:b" ? 2 : 20;
        return Measurement{5, 1, 9, outcome, 4, "units"};
    };
    file({proposal("a"), proposal("b"), proposal("c"), proposal("refused", 5000)});
    for (const auto* item : {"a", "b"}) approve_one({decision_id(proposal(item)), ""});
    ASSERT_TRUE(act(*shop, kinds, {"user:ming", start}));
    ASSERT_TRUE(shop->database().write([&](store::Connection& connection) -> Result<> {
        const Choice choice{decision_id(proposal("c")), ""};
        (void)TRY(reject(connection, {&choice, 1}, {"user:ming", start}, "not now"));
        return {};
    }));
    const auto found = measure(*shop, kinds, today + Days(20), {"job:test", start}).value();
    EXPECT_EQ(found.acted.decisions, 2);
    EXPECT_DOUBLE_EQ(found.acted.absolute_error, 3);
    EXPECT_DOUBLE_EQ(found.acted.bias, 0);
    EXPECT_DOUBLE_EQ(found.acted.baseline_absolute_error, 3);
    EXPECT_DOUBLE_EQ(found.acted.within_share, 1);
    EXPECT_EQ(found.acted_by_policy.decisions, 0);
    EXPECT_EQ(found.not_acted.decisions, 1);  // what a guardrail refused is no comparison
    EXPECT_DOUBLE_EQ(found.not_acted.bias, -15);
    EXPECT_DOUBLE_EQ(found.not_acted.within_share, 0);
    EXPECT_EQ(state_of("c"), "rejected");
    EXPECT_TRUE(sound());
}

TEST_F(DecisionsTest, HoldsOutADrawnShareOfWhatThePolicyApproves) {
    settings.policies = {{.kind = "stock.order", .approve_below = 1e6, .daily_limit = 1e9}};
    settings.options = {{"holdout.stock.order", "0.25"}};
    remake();
    std::vector<Proposal> many;
    for (int i = 0; i < 2000; ++i) many.push_back(proposal("item" + std::to_string(i), 1));
    const auto filed = file(many);
    EXPECT_EQ(filed.held_out + filed.approved, 2000);
    EXPECT_NEAR(static_cast<double>(filed.held_out), 500, 4 * 19.4);  // four binomial deviations
    ASSERT_TRUE(act(*shop, kinds, {"job:act", start}));
    const auto found = measure(*shop, kinds, today + Days(20), {"job:test", start}).value();
    EXPECT_EQ(found.held_out.decisions, filed.held_out);
    EXPECT_EQ(found.acted_by_policy.decisions, filed.approved);
    EXPECT_EQ(found.not_acted.decisions, 0);
    EXPECT_TRUE(sound());
}

TEST_F(DecisionsTest, ThePolicysLimitHoldsWhenTheClockJumps) {
    settings.policies = {{.kind = "stock.order", .approve_below = 20, .daily_limit = 35}};
    settings.time_zone = "Asia/Shanghai";  // midnight there is 16:00 UTC
    remake();
    const auto noon = parse_instant("2011-11-14T04:00:00Z").value();
    EXPECT_EQ(file({proposal("a", 20), proposal("b", 10)}, noon).approved, 2);
    EXPECT_EQ(file({proposal("c", 10)}, noon - std::chrono::minutes(200)).pending, 1);  // back, the same day
    EXPECT_EQ(file({proposal("d", 10)}, parse_instant("2011-11-14T15:59:59Z").value()).pending, 1);
    EXPECT_EQ(file({proposal("e", 10)}, parse_instant("2011-11-14T16:00:00Z").value()).approved, 1);  // the next day
    // Back from the next day: what was approved there counts too, so that no jump gives more than the limit.
    EXPECT_EQ(file({proposal("f", 5)}, noon).pending, 1);
    EXPECT_EQ(file({proposal("g", 20)}, noon - std::chrono::hours(48)).pending, 1);
}

TEST_F(DecisionsTest, EventsStandInTheirOrderWhateverTheirTime) {
    file({proposal("a")}, start);
    approve_one({decision_id(proposal("a")), ""}, "user:ming", start - std::chrono::hours(5));
    ASSERT_TRUE(act(*shop, kinds, {"user:ming", start - std::chrono::hours(10)}));
    EXPECT_EQ(state_of("a"), "acted");
    EXPECT_TRUE(sound());
    // A clock far ahead expires what waits; what has been acted on stays.
    file({proposal("b")}, start);
    ASSERT_TRUE(shop->database().write([&](store::Connection& connection) -> Result<> {
        EXPECT_EQ(TRY(expire_due(connection, {"clock", start + std::chrono::hours(10000)})), 1);
        EXPECT_EQ(TRY(expire_due(connection, {"clock", start})), 0);
        return {};
    }));
    EXPECT_EQ(state_of("a"), "acted");
    EXPECT_EQ(state_of("b"), "expired");
    EXPECT_TRUE(sound());
}

TEST_F(DecisionsTest, WhatChangedAfterItsApprovalIsNotActedOn) {
    file({proposal("a"), proposal("b")});
    for (const auto* item : {"a", "b"}) approve_one({decision_id(proposal(item)), ""});
    auto change = [&](const std::string& hash) {
        ASSERT_TRUE(shop->database().write([&](store::Connection& connection) -> Result<> {
            TRY(connection.query("UPDATE decisions.decision SET arguments = ?, hash = ? WHERE subject = 'item:a'",
                                 proposal("a", 99).arguments, hash));
            return {};
        }));
    };
    // Whoever forges the arguments may forge the hash beside them too: the approval keeps its own.
    auto forged = proposal("a");
    forged.arguments = proposal("a", 99).arguments;
    change(decision_hash(forged));
    const auto acted = act(*shop, kinds, {"user:ming", start}).value();
    EXPECT_EQ(acted.decisions, 1);
    EXPECT_EQ(acted.failed, 1);
    EXPECT_EQ(state_of("a"), "failed");
    EXPECT_FALSE(store::read_file(folder / "exports/orders-2011-11-14.csv")->contains("99"));
    change(decision_hash(proposal("a")));
    EXPECT_FALSE(sound());  // the hash of other arguments
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
