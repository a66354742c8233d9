#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "areas/stock/inventory/discrete_demand.h"
#include "areas/stock/replay/features.h"
#include "areas/stock/replay/policies.h"

namespace suanpan::stock {
namespace {

Day day(const char* text) {
    return *parse_day(text);
}

DailyPanel empty_panel(std::size_t series, std::size_t days) {
    DailyPanel panel{.first = day("2024-01-01"), .days = days};
    for (std::size_t i = 0; i < series; ++i) panel.ids.push_back("s" + std::to_string(i));
    panel.classes.assign(series, 0);
    panel.sales.assign(series * days, 0);
    panel.open.assign(series * days, 1);
    return panel;
}

// Weekdays of 1 to 1.6, a promotion in every second week that sells 1.8 times as much, log-normal noise of 0.1.
DailyPanel promoted_shop(std::size_t series, std::size_t days) {
    auto panel = empty_panel(series, days);
    panel.drivers.push_back({"promotion", true, std::vector<float>(series * days)});
    std::mt19937_64 random(21);
    std::normal_distribution<double> noise(0, 0.1);
    for (std::size_t i = 0; i < series; ++i)
        for (std::size_t d = 0; d < days; ++d) {
            const bool promoted = (d / 7 + i * (d / 7 / 5)) % 2 == 0 && d % 7 < 5;
            panel.drivers[0].values[panel.at(i, d)] = promoted;
            panel.open[panel.at(i, d)] = d % 7 != 6;
            if (d % 7 == 6) continue;
            panel.sales[panel.at(i, d)] = (50 + 10 * static_cast<double>(i)) * (1 + 0.1 * static_cast<double>(d % 7)) *
                                          (promoted ? 1.8 : 1) * std::exp(noise(random));
        }
    return panel;
}

TEST(Features, KnowEaster) {
    EXPECT_EQ(easter_sunday(2013), day("2013-03-31"));
    EXPECT_EQ(easter_sunday(2015), day("2015-04-05"));
    EXPECT_EQ(easter_sunday(2025), day("2025-04-20"));
    EXPECT_EQ(easter_sunday(2038), day("2038-04-25"));  // the latest possible
}

TEST(Features, HaveTheSameWidthForEverySeries) {
    const auto panel = promoted_shop(3, 60);
    const auto rows = features_of(panel, 0);
    EXPECT_EQ(rows.begin.size(), 61U);
    EXPECT_EQ(rows.width, features_of(panel, 2).width);
    for (const auto index : rows.index) EXPECT_LT(index, rows.width);
}

TEST(DriverRegression, FindsThePromotionsAndLeavesTheNoise) {
    const auto panel = promoted_shop(20, 400);
    const double ridge[] = {30};
    const auto fit = *fit_drivers(panel, 350, ridge);
    double error = 0, sold = 0;
    for (std::size_t i = 0; i < 20; ++i)
        for (std::size_t d = 350; d < 400; ++d) {
            error += std::abs(panel.sales[panel.at(i, d)] - static_cast<double>(fit[0][panel.at(i, d)]));
            sold += panel.sales[panel.at(i, d)];
        }
    // The noise alone has 0.1 sqrt(2 / pi) = 0.080.
    EXPECT_LT(error / sold, 0.092);
}

TEST(DriverRegression, KnowsNothingOfWhatComesAfter) {
    auto panel = promoted_shop(4, 200);
    const double ridge[] = {30};
    const auto before = *fit_drivers(panel, 150, ridge);
    const auto sums = window_sums(panel, before[0], {150, 160, 8, 0.1});
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t d = 150; d < 200; ++d) panel.sales[panel.at(i, d)] *= 7;
    EXPECT_EQ(before, *fit_drivers(panel, 150, ridge));
    const auto later = window_sums(panel, before[0], {150, 160, 8, 0.1});
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(sums.expected[i * 10], later.expected[i * 10]);          // the first day knows no test day
        EXPECT_LT(sums.expected[i * 10 + 9], later.expected[i * 10 + 9]);  // later ones do
    }
}

TEST(DriverRegression, AnswersToOddSeries) {
    auto panel = empty_panel(5, 100);
    for (std::size_t d = 0; d < 100; ++d) {
        panel.sales[panel.at(1, d)] = 5;
        panel.sales[panel.at(2, d)] = d == 50 ? 5e9 : 1;
        panel.open[panel.at(3, d)] = 0;
        panel.sales[panel.at(4, d)] = d % 10 == 0 ? 3 : 0;
    }
    const auto levels = driver_levels(panel, {.lead_time = 3, .test_days = 20});
    ASSERT_TRUE(levels);
    for (const double level : levels->levels.at(2).levels) EXPECT_TRUE(std::isfinite(level) && level >= 0);
    EXPECT_NEAR(levels->levels.base[20], 20, 1);  // 5 a day over 4 days
    panel.sales[7] = NAN;
    EXPECT_FALSE(driver_levels(panel, {.lead_time = 3, .test_days = 20}));
    panel.sales[7] = -1;
    EXPECT_EQ(driver_levels(panel, {.lead_time = 3, .test_days = 20}).error().about, "s0");
    EXPECT_FALSE(driver_levels(empty_panel(1, 50), {.lead_time = 3, .test_days = 20}));
    EXPECT_FALSE(driver_levels(empty_panel(1, 100), {.lead_time = 30, .test_days = 20}));
}

// Demand 10 a day, up to 25, lead time 2. Ordered: 0, 10, 10, 5, …; on hand in the morning 25, 15, 5, 10, 10, 5.
TEST(Simulate, IsTheHandCalculation) {
    auto panel = empty_panel(1, 6);
    panel.sales.assign(6, 10);
    const auto result = simulate(panel, {.from = 0, .levels = std::vector<double>(6, 25)}, 2);
    EXPECT_NEAR(result.served, 50.0 / 60, 1e-12);
    EXPECT_NEAR(result.in_stock, 4.0 / 6, 1e-12);
    EXPECT_NEAR(result.stock_days, (15 + 5) / 6.0 / 10, 1e-12);
    EXPECT_EQ(result.settled_days, 0);
}

// Poisson demand: the chance to be in stock is that lead time plus a day's demand is at most S, for backlogged demand;
// where little is missed, lost sales are near it from above.
TEST(Simulate, ServiceIsThatOfTheTheory) {
    auto panel = empty_panel(200, 600);
    std::mt19937_64 random(4);
    std::poisson_distribution<int> demand(6);
    for (auto& sold : panel.sales) sold = demand(random);
    const auto theory = *DiscreteDemand::poisson(48);
    for (const std::int64_t S : {66, 70}) {
        const auto result =
            simulate(panel, {.from = 0, .levels = std::vector<double>(panel.sales.size(), static_cast<double>(S))}, 7);
        EXPECT_NEAR(result.in_stock, theory.at_most(S), 0.004);
        EXPECT_GE(result.in_stock, theory.at_most(S) - 0.001);
        EXPECT_NEAR(result.settled_days, theory.expected_leftover(S) / 6, 0.05);
    }
}

TEST(Policies, OursLiesInsideTheOthersWherePromotionsRule) {
    const auto panel = promoted_shop(40, 500);
    const ReplayOptions options{.lead_time = 7, .test_days = 60};
    const auto ours = driver_levels(panel, options);
    ASSERT_TRUE(ours);
    const auto curve = trade_off(panel, ours->levels, 7);
    const auto naive = trade_off(panel, seasonal_naive_levels(panel, options), 7);
    const auto mean = trade_off(panel, weekday_mean_levels(panel, options), 7);
    for (const double in_stock : {0.9, 0.95, 0.98, 0.99}) {
        EXPECT_LT(stock_days_at(curve, in_stock), stock_days_at(naive, in_stock)) << in_stock;
        EXPECT_LT(stock_days_at(curve, in_stock), stock_days_at(mean, in_stock)) << in_stock;
    }
    // The safety that conformal quantiles promise is about what comes.
    const auto at95 = simulate(panel, ours->levels.at(ours->levels.z_of(0.95)), 7);
    EXPECT_NEAR(at95.in_stock, 0.95, 0.03);
    EXPECT_EQ(stock_days_at(curve, 0.1), -1);
}

}  // namespace
}  // namespace suanpan::stock
