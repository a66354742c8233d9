#include "platform/decisions/policy.h"

#include <cmath>

#include "platform/decisions/test_shop.h"

namespace suanpan::decisions {
namespace {

class PolicyTest : public DecisionsTest {
  protected:
    Result<> set(const PolicyChange& change) {
        return shop->database().write([&](store::Connection& connection) { return set_policy(connection, change); });
    }
    std::optional<store::Policy> in_force() {
        return shop->database()
            .read([&](store::Connection& connection) {
                return policy_in_force(connection, shop->settings(), "stock.order");
            })
            .value();
    }
    Instant deadline_of(const std::string& item) {
        return shop->database()
            .read([&](store::Connection& connection) {
                return connection.row<CurrentDecision>("FROM decisions.current WHERE id = ?",
                                                       decision_id(proposal(item)));
            })
            ->deadline;
    }
    static PolicyChange change(double approve_below, double daily_limit, std::int64_t hours = 24) {
        return {"stock.order", approve_below, daily_limit, hours, "user:ming", "the first weeks went well", start};
    }
};

TEST_F(PolicyTest, WhatIsSetWinsOverTheFile) {
    settings.policies = {{.kind = "stock.order", .approve_below = 5, .daily_limit = 50}};
    remake();
    EXPECT_EQ(in_force()->approve_below, 5);
    ASSERT_TRUE(set(change(20, 25)));
    ASSERT_TRUE(set(change(10, 25, 6)));
    EXPECT_EQ(in_force()->approve_below, 10);
    open();  // also for who comes later
    EXPECT_EQ(in_force()->approve_below, 10);
    const auto all =
        shop->database().read([](store::Connection& connection) { return changes(connection, 10); }).value();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].expire_after_hours, 6);
    EXPECT_EQ(all[1].approve_below, 20);
    EXPECT_EQ(all[1].set_by, "user:ming");
}

// 10 units are worth 10 pounds: two fit the day's 25, the third waits, and not longer than was set.
TEST_F(PolicyTest, LetsThroughUpToItsLimits) {
    file({proposal("before")});
    EXPECT_EQ(state_of("before"), "audited");
    ASSERT_TRUE(set(change(10, 25, 6)));
    file({proposal("one"), proposal("two"), proposal("three"), proposal("dear", 11)});
    EXPECT_EQ(state_of("one"), "approved");
    EXPECT_EQ(state_of("two"), "approved");
    EXPECT_EQ(state_of("three"), "audited");
    EXPECT_EQ(state_of("dear"), "audited");
    EXPECT_EQ(deadline_of("three"), start + std::chrono::hours(6));
    EXPECT_EQ(deadline_of("before"), start + std::chrono::hours(24));
    ASSERT_TRUE(set(change(0, 0)));
    file({proposal("after", 1)});
    EXPECT_EQ(state_of("after"), "audited") << "0 lets nothing through";
}

TEST_F(PolicyTest, RefusesWhatMakesNoSense) {
    for (const auto& wrong : {change(-1, 10), change(1, std::nan("")), change(1e15, 10), change(1, 10, 0)})
        EXPECT_EQ(set(wrong).error().code, ErrorCode::invalid_argument);
    auto silent = change(1, 10);
    silent.reason = "";
    EXPECT_EQ(set(silent).error().about, "reason");
    EXPECT_FALSE(in_force());
}

}  // namespace
}  // namespace suanpan::decisions
