#include <gtest/gtest.h>

#include <cmath>

#include "areas/stock/explain.h"
#include "areas/stock/guardrails.h"
#include "areas/stock/order_policy.h"

namespace suanpan::stock {
namespace {

// Quantiles of a normal distribution at many levels, by bisection of erf.
WindowDemand normal(double mean, double sd) {
    WindowDemand demand{.mean = mean, .levels = {}, .quantiles = {}};
    for (double level = 0.005; level < 0.9999; level += 0.005) {
        double low = -8, high = 8;
        for (int i = 0; i < 80; ++i) {
            const double middle = (low + high) / 2;
            (0.5 * std::erfc(-middle / std::sqrt(2)) < level ? low : high) = middle;
        }
        demand.levels.push_back(level);
        demand.quantiles.push_back(mean + sd * low);
    }
    return demand;
}

// Snyder and Shen, example 4.3: h = 0.18, p = 0.70, N(50, 8): S = 56.6.
TEST(OrderPolicy, EqualsTheNewsvendorOfTheTextbook) {
    EXPECT_NEAR(quantile(normal(50, 8), 0.70 / (0.70 + 0.18)), 56.6, 0.05);
    EXPECT_EQ(plan_order({.demand = normal(50, 8), .service_level = 0.7 / 0.88}).order_up_to, 57);
}

TEST(OrderPolicy, OrdersUpToTheLevelLessWhatIsThere) {
    const auto order = plan_order({.demand = normal(100, 10), .on_hand = 30, .on_order = 20, .service_level = 0.95});
    EXPECT_EQ(order.order_up_to, 117);  // 100 + 1.645 * 10, rounded up
    EXPECT_EQ(order.units, 67);
    EXPECT_NEAR(order.days_until_empty, 7, 1e-9);
    EXPECT_NEAR(order.safety_stock, 17, 1e-9);
}

TEST(OrderPolicy, RoundsUpToPacksAndTheMinimum) {
    EXPECT_EQ(plan_order({.demand = normal(100, 10), .pack_size = 12}).units, 120);
    const auto order = plan_order({.demand = normal(100, 10), .on_hand = 110, .minimum_units = 50});
    EXPECT_EQ(order.units, 50);
    EXPECT_TRUE(order.minimum_decides);
}

TEST(OrderPolicy, NothingWhereThereIsEnough) {
    const auto order = plan_order({.demand = normal(100, 10), .on_hand = 500});
    EXPECT_EQ(order.units, 0);
    EXPECT_EQ(order.urgency, 0);
}

TEST(OrderPolicy, UrgencyIsTheChanceToRunOutInTheLeadTime) {
    // Half the window: N(50, 10 / sqrt 2); on hand 50, so one half.
    EXPECT_NEAR(plan_order({.demand = normal(100, 10), .window_days = 14, .lead_time_days = 7, .on_hand = 50}).urgency,
                0.5, 0.02);
    EXPECT_EQ(plan_order({.demand = normal(100, 10), .on_hand = 0}).urgency, 1);
}

TEST(OrderPolicy, DefinedWithoutDemand) {
    const auto order = plan_order({.demand = {0, {0.5, 0.95}, {0, 0}}});
    EXPECT_EQ(order.units, 0);
    EXPECT_TRUE(std::isfinite(order.days_of_cover));
}

TEST(Explain, SaysWhatThereIsAndNoMore) {
    OrderEvidence evidence{.expected_units = 32.4,
                           .low_units = 7,
                           .high_units = 61,
                           .window_days = 14,
                           .lead_time_days = 9,
                           .on_hand = 24,
                           .days_until_empty = 10.2,
                           .chance_of_running_out = 0.4};
    EXPECT_EQ(sentence_en("planter", 48, evidence),
              "Order 48 of planter: about 32 are expected to sell in the next 14 days (between 7 and 61); 24 on hand "
              "last 10 days, a delivery takes 9, and the chance to run out before it comes is 40 %.");
    EXPECT_EQ(sentence_zh("planter", 48, evidence),
              "订购 48 件 planter：预计未来 14 天售出约 32 件（7 至 61），现有库存 24 件可撑 10 天，到货需 9 "
              "天；到货前断货的概率为 40%。");
    evidence.on_order = 12;
    evidence.stock_assumed = true;
    EXPECT_TRUE(sentence_en("planter", 48, evidence).contains("an assumed 24 on hand and 12 on order last 10 days"));
    EXPECT_TRUE(sentence_zh("planter", 48, evidence).contains("假定库存 24 件、在途 12 件可撑"));
    evidence.on_hand = evidence.on_order = 0;
    evidence.stock_assumed = false;
    EXPECT_TRUE(sentence_en("planter", 48, evidence).contains("; nothing is on hand or on order, a delivery takes 9"));
}

decisions::Proposal proposal(std::string arguments, std::string evidence) {
    return {.kind = "stock.order",
            .arguments = std::move(arguments),
            .evidence = std::move(evidence),
            .value = {50000, "GBP"}};
}

bool passes(const store::Settings& settings, const decisions::Proposal& order) {
    for (const auto& verdict : guard_order(settings, order))
        if (!verdict.passed) return false;
    return true;
}

TEST(Guardrails, RefuseWhatIsOutOfProportion) {
    const auto sound = proposal(R"({"units":10})", R"({"days_of_cover_after":20,"largest_window_units":8})");
    EXPECT_TRUE(passes({}, sound));
    EXPECT_FALSE(passes({}, proposal(R"({"units":0})", "{}")));
    EXPECT_FALSE(passes({}, proposal(R"({"units":10})", R"({"days_of_cover_after":400})")));
    EXPECT_FALSE(passes({}, proposal(R"({"units":41})", R"({"largest_window_units":8})")));
    EXPECT_FALSE(passes({.options = {{"stock.largest_order_value", "499"}}}, sound));
    EXPECT_FALSE(passes({}, proposal("no", "{}")));
    // 500.00 against a budget, 20 days against a shelf life, 8 against the room.
    EXPECT_FALSE(passes({.options = {{"stock.budget", "499"}}}, sound));
    EXPECT_TRUE(passes({.options = {{"stock.budget", "500"}}}, sound));
    const auto milk = R"({"days_of_cover_after":20,"lead_time_days":3,"shelf_life_days":%,"volume":8})";
    auto with_life = [&](const std::string& days) {
        std::string text = milk;
        return proposal(R"({"units":10})", text.replace(text.find('%'), 1, days));
    };
    EXPECT_FALSE(passes({}, with_life("16")));
    EXPECT_TRUE(passes({}, with_life("17")));
    EXPECT_FALSE(passes({.options = {{"stock.room", "7"}}}, with_life("17")));
}

}  // namespace
}  // namespace suanpan::stock
