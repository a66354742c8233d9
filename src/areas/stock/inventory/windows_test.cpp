#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "areas/stock/inventory/lead_time.h"
#include "areas/stock/inventory/newsvendor.h"
#include "areas/stock/inventory/normal.h"
#include "areas/stock/inventory/shelf_life.h"

namespace suanpan::stock {
namespace {

WindowDemand normal(double mean, double sd) {
    WindowDemand demand{.mean = mean, .levels = {}, .quantiles = {}};
    for (double level = 0.005; level < 0.9999; level += 0.005) {
        demand.levels.push_back(level);
        demand.quantiles.push_back(mean + sd * normal_quantile(level));
    }
    return demand;
}

TEST(LeadTime, FewReceiptsStayNearWhatWasStatedManySpeakForThemselves) {
    const StatedLeadTime stated{.days = 10};
    EXPECT_NEAR(learn_lead_time({}, stated).mean(), 10, 1e-9);
    EXPECT_EQ(learn_lead_time({}, stated).receipts, 0);
    const std::int64_t two[] = {16, 16};
    EXPECT_NEAR(learn_lead_time(two, stated).mean(), 12, 1e-9);  // (4 x 10 + 2 x 16) / 6
    const std::vector<std::int64_t> many(96, 16);
    EXPECT_NEAR(learn_lead_time(many, stated).mean(), 15.76, 1e-9);
    EXPECT_EQ(learn_lead_time(many, stated).quantile(0.95), 16);
    EXPECT_NEAR(learn_lead_time({}, {.days = 7.25}).mean(), 7.25, 1e-9);
    EXPECT_NEAR(learn_lead_time({}, {.days = 20, .deviation = 3}).deviation(), 3, 0.05);
}

TEST(LeadTime, LeavesTypingErrorsAside) {
    const std::vector<std::int64_t> days = {9, 10, 10, 11, 10, 9, 11, 10, 10, 210, -4, 4000};
    const auto lead = learn_lead_time(days, {.days = 10});
    EXPECT_EQ(lead.receipts, 9);
    EXPECT_LT(lead.mean(), 10.5);
    double total = 0;
    for (const double chance : lead.chance) total += chance;
    EXPECT_NEAR(total, 1, 1e-9);
    EXPECT_TRUE(std::isfinite(learn_lead_time({}, {.days = 1e9, .deviation = 1e9}).mean()));
}

TEST(OverLeadTime, OfOneCertainLengthIsTheForecastItself) {
    const auto window = normal(140, 20);
    const auto same = over_lead_time(window, 14, learn_lead_time({}, {.days = 7}), 7);
    EXPECT_NEAR(same.mean, 140, 1e-9);
    for (std::size_t i = 0; i < window.levels.size(); ++i) EXPECT_NEAR(same.quantiles[i], window.quantiles[i], 1e-9);
}

// Lead times of 4 and 10 days at even odds: demand is the mixture of N(11 x 10, ..) and N(17 x 10, ..), simulated.
TEST(OverLeadTime, EqualsASimulatedMixture) {
    const auto window = normal(140, 20);
    LeadTime lead{.chance = std::vector<double>(11), .receipts = 0};
    lead.chance[4] = lead.chance[10] = 0.5;
    const auto demand = over_lead_time(window, 14, lead, 7);
    EXPECT_NEAR(demand.mean, 140, 1e-9);
    std::mt19937_64 random(9);
    std::vector<double> draws;
    for (int n = 0; n < 200'000; ++n) {
        const double days = random() % 2 == 0 ? 11 : 17;
        draws.push_back(std::normal_distribution<double>(10 * days, 20 * std::sqrt(days / 14))(random));
    }
    std::ranges::sort(draws);
    for (const double level : {0.1, 0.5, 0.9, 0.95, 0.98})
        EXPECT_NEAR(quantile(demand, level), draws[static_cast<std::size_t>(level * 200'000)], 1.5) << level;
    EXPECT_GT(quantile(demand, 0.95), quantile(window, 0.95));
    EXPECT_TRUE(std::ranges::is_sorted(demand.quantiles));
}

TEST(ShelfLife, AllowsWhatSellsInTime) {
    const OrderInput input{.demand = normal(140, 20), .window_days = 14, .lead_time_days = 7};
    // Over 7 + 21 days: N(280, 20 sqrt 2); its 10 % quantile.
    EXPECT_NEAR(largest_position(input, {.sellable_days = 21, .chance_of_waste = 0.1}),
                280 + 20 * std::sqrt(2) * normal_quantile(0.1), 0.2);
    // Expected waste of that position is sigma times the loss function of its distance.
    const double z = -normal_quantile(0.1);
    EXPECT_NEAR(expected_waste(input, {.sellable_days = 21}, 280 - 20 * std::sqrt(2) * z),
                20 * std::sqrt(2) * normal_loss(z), 0.1);
    EXPECT_EQ(largest_position({.demand = {0, {0.5}, {0}}}, {.sellable_days = 5}), 0);
}

}  // namespace
}  // namespace suanpan::stock
