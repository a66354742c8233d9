#include <gtest/gtest.h>

#include <cmath>

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
}

}  // namespace
}  // namespace suanpan::stock
