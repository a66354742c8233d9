#include "areas/demand/signals/signals.h"

#include <gmock/gmock.h>

#include "areas/demand/simulated.h"
#include "areas/demand/test_shop.h"
#include "platform/operations/json.h"

namespace suanpan::demand {

struct KeptSignal {
    Day as_of;
    std::string item_id;
    std::optional<double> prophet, lstm;
};

namespace {

using store::Connection;

constexpr int weeks_sold = 40;

// Twenty items that sell on the level that their number says, and one that is three weeks old.
class SignalsTest : public DemandShopTest {
  protected:
    void make(const std::map<std::string, std::string>& options = {}) {
        make_shop(options);
        add_operations(registry);
        Draws draws(2);
        std::vector<TestSale> sales;
        for (int i = 0; i <= 20; ++i)
            for (int ago = i == 20 ? 3 : weeks_sold; ago >= 1; --ago)
                sales.push_back({"item " + std::to_string(i), monday - Days(7 * ago),
                                 static_cast<std::int64_t>(draws.poisson(10 + 4 * i))});
        ASSERT_TRUE(write([&](Connection& c) { return c.append<TestSale>("data", "sales_daily", sales); }));
    }
    std::vector<KeptSignal> kept() {
        return read([&](Connection& c) { return c.rows<KeptSignal>("FROM demand.signal ORDER BY as_of, item_id"); })
            .value();
    }
};

TEST_F(SignalsTest, AreNearWhatSellsAndKnowNothingLater) {
    make();
    auto asking = context();
    const auto report = make_signals(asking, monday + Days(2), 2);
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->mornings, 2);
    EXPECT_EQ(report->items, 21);
    const auto before = kept();
    ASSERT_EQ(before.size(), 42u);
    EXPECT_EQ(before.back().as_of, monday) << "the Monday of the week";
    for (const auto& row : before) {
        const int number = std::stoi(row.item_id.substr(5));
        EXPECT_EQ(row.prophet.has_value(), number != 20) << "three weeks are too few";
        const double expected = 4 * (10 + 4 * number);
        EXPECT_NEAR(row.prophet.value_or(expected), expected, 0.5 * expected);
        EXPECT_NEAR(row.lstm.value_or(expected), expected, 0.5 * expected);
    }
    // What sells from the older morning on is changed, and the older morning's signals stay what they were.
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(c.query("UPDATE data.sales_daily SET units = 900 WHERE day >= ?", monday - Days(7)));
        TRY(c.query("DELETE FROM demand.signal"));
        return {};
    }));
    ASSERT_TRUE(make_signals(asking, monday, 2));
    const auto after = kept();
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < 21; ++i) {
        EXPECT_EQ(after[i].prophet, before[i].prophet);
        EXPECT_EQ(after[i].lstm, before[i].lstm);
    }
    EXPECT_NE(after.back().prophet, before.back().prophet);
}

TEST_F(SignalsTest, AreMadeOnceAndByTheSetting) {
    make();
    auto asking = context();
    const auto call = [&](const std::string& request) {
        auto reply = registry.call(asking, "demand.signals", request);
        return reply ? operations::parse_json(*reply).value()["mornings"].as<double>() : -1;
    };
    EXPECT_EQ(call("{}"), 0) << "the setting is off";
    EXPECT_EQ(call(R"({"mornings":1})"), 1);
    EXPECT_EQ(call(R"({"mornings":1})"), 0) << "it is there";
    EXPECT_EQ(call(R"({"mornings":-1})"), -1);
    make({{"demand.signals", "on"}});
    auto again = context();
    const auto reply = registry.call(again, "demand.signals", "{}");
    ASSERT_TRUE(reply);
    EXPECT_EQ(operations::parse_json(*reply).value()["mornings"].as<double>(), 1);
}

}  // namespace
}  // namespace suanpan::demand
