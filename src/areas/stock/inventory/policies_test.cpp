#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "areas/stock/inventory/base_stock.h"
#include "areas/stock/inventory/newsvendor.h"
#include "areas/stock/inventory/normal.h"
#include "areas/stock/inventory/order_quantity.h"
#include "areas/stock/inventory/reorder_point.h"

// "stockpyl" is stockpyl 1.0.2 (Snyder's own implementation of the textbook).
namespace suanpan::stock {
namespace {

TEST(Normal, EqualsTheTables) {
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
    EXPECT_NEAR(normal_quantile(1e-12), -7.034483825301131, 1e-12);
    EXPECT_NEAR(normal_cumulative(1), 0.8413447460685429, 1e-15);
    EXPECT_NEAR(normal_loss(0), 0.3989422804014327, 1e-15);
    EXPECT_NEAR(normal_loss(1.5), 0.0293, 5e-5);  // Silver, Pyke and Thomas, appendix II
    for (double z = -7; z < 7; z += 0.37) EXPECT_NEAR(normal_quantile(normal_cumulative(z)), z, 1e-6 + 1e-4 * (z > 5));
    EXPECT_TRUE(std::isinf(normal_quantile(0)));
}

// Snyder and Shen with h = 2, p = 18 and N(120, 10), and example 4.3; stockpyl's newsvendor_normal.
TEST(Newsvendor, OfNormalDemandEqualsTheTextbook) {
    const auto one = newsvendor({2, 18}, Normal{120, 10});
    ASSERT_TRUE(one);
    EXPECT_NEAR(one->units, 132.8155, 5e-5);
    EXPECT_NEAR(one->cost, 35.0997, 5e-5);
    const auto other = newsvendor({0.18, 0.70}, Normal{50, 8});
    EXPECT_NEAR(other->units, 56.60395592743389, 1e-9);
    EXPECT_NEAR(other->cost, 1.9976051931766445, 1e-9);
}

TEST(Newsvendor, OfDiscreteDemandEqualsStockpyl) {
    const auto poisson = newsvendor({1, 4}, *DiscreteDemand::poisson(6));
    EXPECT_EQ(poisson->units, 8);
    EXPECT_NEAR(poisson->cost, 3.5701069457709376, 1e-9);
    const auto large = newsvendor({0.18, 0.70}, *DiscreteDemand::poisson(50));
    EXPECT_EQ(large->units, 56);
    EXPECT_NEAR(large->cost, 1.7972352118091772, 1e-9);
    std::vector<double> custom(21);
    custom[0] = .1, custom[1] = .2, custom[2] = .3, custom[5] = .2, custom[9] = .15, custom[20] = .05;
    const auto stepped = newsvendor({1, 4}, *DiscreteDemand::of(custom));
    EXPECT_EQ(stepped->units, 5);
    EXPECT_NEAR(stepped->cost, 7.6, 1e-9);
}

TEST(Newsvendor, OfQuantilesIsTheirClosedForm) {
    // Uniform on 0 to 100, h = 1, p = 4: S = 80, cost = h S^2 / 200 + p (100 - S)^2 / 200.
    const WindowDemand uniform{.mean = 50, .levels = {0, 0.25, 1}, .quantiles = {0, 25, 100}};
    const auto level = newsvendor({1, 4}, uniform);
    EXPECT_NEAR(level->units, 80, 1e-9);
    EXPECT_NEAR(level->cost, 40, 1e-9);
}

TEST(Newsvendor, RefusesWhatIsNoCostOrDemand) {
    EXPECT_FALSE(newsvendor({0, 1}, Normal{1, 1}));
    EXPECT_FALSE(newsvendor({1, NAN}, Normal{1, 1}));
    EXPECT_FALSE(newsvendor({1, 1}, Normal{1, -1}));
    EXPECT_FALSE(DiscreteDemand::of({0.5, 0.4}));
    EXPECT_FALSE(DiscreteDemand::of({}));
    EXPECT_FALSE(DiscreteDemand::poisson(-1));
    EXPECT_FALSE(DiscreteDemand::poisson(1e9));
    EXPECT_FALSE(DiscreteDemand::of_samples({}));
    const std::int64_t negative[] = {3, -1};
    EXPECT_FALSE(DiscreteDemand::of_samples(negative));
    EXPECT_EQ(newsvendor({1, 1}, *DiscreteDemand::poisson(0))->units, 0);
}

TEST(DiscreteDemand, SumOfPoissonIsPoisson) {
    const auto both = *sum(*DiscreteDemand::poisson(3.5), *DiscreteDemand::poisson(2.5));
    const auto whole = *DiscreteDemand::poisson(6);
    for (std::int64_t d = 0; d < 20; ++d) EXPECT_NEAR(both.at_most(d), whole.at_most(d), 1e-11);
    EXPECT_NEAR(whole.expected_shortage(4) - whole.expected_leftover(4), 2, 1e-9);
    EXPECT_NEAR(whole.expected_shortage(-2), 8, 1e-9);
}

// Mean mu E[L]; variance E[L] sigma^2 + mu^2 Var(L).
TEST(DiscreteDemand, OverARandomLeadTimeHasTheMomentsOfARandomSum) {
    const double chance[] = {0, 0.25, 0.5, 0, 0.25};  // mean 2.25, variance 1.1875
    const auto demand = *over_random_periods(*DiscreteDemand::poisson(3), chance);
    double second = 0;
    for (std::int64_t d = 0; d <= demand.largest(); ++d) second += static_cast<double>(d * d) * demand.probability(d);
    EXPECT_NEAR(demand.mean(), 6.75, 1e-9);
    EXPECT_NEAR(second - 6.75 * 6.75, 2.25 * 3 + 9 * 1.1875, 1e-6);
}

TEST(BaseStock, OverALeadTimeEqualsStockpyl) {
    const auto level = base_stock({0.18, 0.70}, {.demand = {50, 8}, .lead_time = {4, 0}});
    EXPECT_NEAR(level->units, 264.76689437415484, 1e-8);
    EXPECT_NEAR(level->cost, 4.466781004149577, 1e-9);
}

TEST(BaseStock, ServesTheShareOfUnits) {
    // scipy's brentq on the same equation.
    EXPECT_NEAR(*base_stock_of_fill_rate(0.98, {.demand = {50, 8}, .lead_time = {4, 0}}), 271.49739424580235, 1e-4);
    EXPECT_NEAR(*base_stock_of_service(0.975, {.demand = {50, 8}, .lead_time = {3, 1}}),
                200 + 1.959963984540054 * std::sqrt(4 * 64 + 2500), 1e-9);
    EXPECT_FALSE(base_stock_of_service(1, {}));
    EXPECT_FALSE(base_stock_of_fill_rate(0, {}));
}

PeriodicDemand without_lead_time(double mean) {
    return {*DiscreteDemand::poisson(mean), *DiscreteDemand::poisson(mean)};
}

// stockpyl's s_s_discrete_exact; the first is Snyder and Shen's example 4.7.
TEST(ReorderUpTo, BestEqualsStockpyl) {
    struct Case {
        Costs costs;
        double mean, s, S, cost;
    };
    for (const auto& c : {Case{{1, 4, 5}, 6, 4, 10, 8.034111561471642}, Case{{1, 9, 64}, 10, 6, 40, 35.021555272320384},
                          Case{{1, 9, 64}, 50, 42, 108, 70.97521232954904}}) {
        const auto best = best_s_s(c.costs, without_lead_time(c.mean));
        ASSERT_TRUE(best);
        EXPECT_EQ(best->s, c.s);
        EXPECT_EQ(best->S, c.S);
        EXPECT_NEAR(best->cost, c.cost, 1e-8);
    }
}

TEST(ReorderUpTo, BestWithALeadTimeIsTheBestOfAll) {
    const Costs costs{1, 9, 24};
    const PeriodicDemand demand{*DiscreteDemand::poisson(4), *DiscreteDemand::poisson(12)};
    const auto best = best_s_s(costs, demand);
    double least = 1e300;
    for (std::int64_t s = 0; s < 20; ++s)
        for (std::int64_t S = s + 1; S < 50; ++S) least = std::min(least, cost_of_s_s(costs, demand, s, S)->cost);
    EXPECT_NEAR(best->cost, least, 1e-9);
}

// The average cost that the formula gives is that of simulated periods.
TEST(ReorderUpTo, CostIsThatOfASimulation) {
    const Costs costs{1, 4, 5};
    const auto formula = cost_of_s_s(costs, without_lead_time(6), 4, 10);
    std::mt19937_64 random(7);
    std::poisson_distribution<int> demand(6);
    double stock = 10, cost = 0;
    constexpr int periods = 400'000;
    for (int t = 0; t < periods; ++t) {
        if (stock <= 4) {
            stock = 10;
            cost += costs.fixed;
        }
        stock -= demand(random);
        cost += stock > 0 ? costs.holding * stock : -costs.shortage * stock;
    }
    EXPECT_NEAR(cost / periods, formula->cost, 0.03);
}

TEST(ReorderUpTo, PowerApproximationEqualsTheTextbook) {
    const auto policy = power_approximation({0.18, 0.70, 2.5}, {{50, 8}, {50, 8}});
    EXPECT_NEAR(policy->s, 40.19461695647407, 1e-9);
    EXPECT_NEAR(policy->S, 74.29017010980579, 1e-9);
    EXPECT_FALSE(power_approximation({1, 1, 0}, {{50, 8}, {50, 8}}));
    EXPECT_FALSE(power_approximation({1, 1, 1}, {{0, 8}, {0, 8}}));
}

TEST(ReorderUpTo, RefusesNoDemandAndTurnedLevels) {
    EXPECT_FALSE(best_s_s({1, 4, 5}, without_lead_time(0)));
    EXPECT_FALSE(cost_of_s_s({1, 4, 5}, without_lead_time(6), 10, 4));
}

// stockpyl's r_q_poisson_exact; the first is Snyder and Shen's example 5.x.
TEST(ReorderQuantity, BestEqualsStockpyl) {
    const auto one = best_r_q({20, 150, 100}, 1.5, *DiscreteDemand::poisson(3));
    EXPECT_EQ(one->r, 3);
    EXPECT_EQ(one->Q, 5);
    EXPECT_NEAR(one->cost, 107.92358063314975, 1e-8);
    const auto other = best_r_q({1, 10, 50}, 10, *DiscreteDemand::poisson(20));
    EXPECT_EQ(other->r, 17);
    EXPECT_EQ(other->Q, 35);
    EXPECT_NEAR(other->cost, 32.873994968351404, 1e-8);
    EXPECT_FALSE(best_r_q({1, 10, 50}, 0, *DiscreteDemand::poisson(20)));
}

// Snyder and Shen, examples 3.1, 3.4 and 3.5; stockpyl.
TEST(OrderQuantity, EqualsTheTextbook) {
    const auto plain = economic_order_quantity({.fixed = 8, .rate = 1300, .holding = 0.225});
    EXPECT_NEAR(plain->units, 304.0467800264368, 1e-9);
    EXPECT_NEAR(plain->cost, 68.41052550594829, 1e-9);
    const LotCosts costs{.fixed = 8, .rate = 1300, .holding_rate = 0.3};
    const PriceBreak breaks[] = {{0, 0.75}, {400, 0.72}, {800, 0.68}};
    const auto all = economic_order_quantity(costs, breaks, Discount::all_units);
    EXPECT_EQ(all->units, 800);
    EXPECT_EQ(all->tier, 2U);
    EXPECT_NEAR(all->cost, 978.6, 1e-9);
    const auto incremental = economic_order_quantity(costs, breaks, Discount::incremental);
    EXPECT_NEAR(incremental->units, 304.0467800264368, 1e-9);
    EXPECT_NEAR(incremental->cost, 1043.4105255059483, 1e-9);
}

TEST(OrderQuantity, IncrementalPricesBeyondTheFirstEqualStockpyl) {
    const PriceBreak breaks[] = {{0, 10}, {400, 9}, {800, 8}};
    const auto lot =
        economic_order_quantity({.fixed = 500, .rate = 5000, .holding_rate = 0.2}, breaks, Discount::incremental);
    EXPECT_NEAR(lot->units, 3259.6012026013245, 1e-8);
    EXPECT_EQ(lot->tier, 2U);
    EXPECT_NEAR(lot->cost, 45335.36192416212, 1e-8);
}

TEST(OrderQuantity, BuysMoreWhereThatCostsLess) {
    const PriceBreak breaks[] = {{0, 10}, {100, 8}};
    EXPECT_EQ(*cheapest_at_least(70, breaks, Discount::all_units), 70);   // 700 against 800
    EXPECT_EQ(*cheapest_at_least(90, breaks, Discount::all_units), 100);  // 900 against 800
    EXPECT_EQ(*cheapest_at_least(90, breaks, Discount::incremental), 90);
    EXPECT_EQ(*cheapest_at_least(0, breaks, Discount::all_units), 0);
    const PriceBreak turned[] = {{0, 10}, {100, 11}};
    EXPECT_FALSE(cheapest_at_least(90, turned, Discount::all_units));
    EXPECT_FALSE(cheapest_at_least(90, {}, Discount::all_units));
}

TEST(OrderQuantity, BuysAheadWhatSavesMoreThanItsHolding) {
    const PriceBreak breaks[] = {{0, 10}, {100, 9.9}};
    Need need{.units = 50, .a_day = 10, .review_days = 7, .holding_rate = 0.25, .most_units = 1000};
    // 50 more replace 50 later ones at 10, and wait for 3.5 and half of 5 days at 25 % of 9.90 a year.
    const auto ahead = *buy_ahead(need, breaks, Discount::all_units);
    EXPECT_EQ(ahead.units, 100);
    EXPECT_EQ(ahead.from, 100);
    EXPECT_NEAR(ahead.saving, 500 - 490 - 0.25 * 9.9 * 50 * (3.5 + 2.5) / 365, 1e-9);
    need.a_day = 0.5;  // half of 100 days is too long
    EXPECT_EQ(buy_ahead(need, breaks, Discount::all_units)->units, 50);
    need.a_day = 10;
    need.most_units = 99;
    EXPECT_EQ(buy_ahead(need, breaks, Discount::all_units)->units, 50);
    need.most_units = 1000;
    need.most_cost = 989;
    EXPECT_EQ(buy_ahead(need, breaks, Discount::all_units)->saving, 0);
    need.most_cost = 1e9;
    need.pack = 8;
    need.units = 56;
    EXPECT_EQ(buy_ahead(need, breaks, Discount::all_units)->units, 104);
    need.a_day = -1;
    EXPECT_FALSE(buy_ahead(need, breaks, Discount::all_units));
    EXPECT_FALSE(buy_ahead({}, {}, Discount::all_units));
    EXPECT_EQ(cost_of(90, breaks, Discount::all_units), 900);
    EXPECT_EQ(cost_of(110, breaks, Discount::incremental), 1000 + 99);
}

TEST(OrderQuantity, BuysAheadAsTheBestOfAllQuantities) {
    const PriceBreak breaks[] = {{0, 10}, {50, 9}, {300, 8.5}, {700, 8.4}};
    for (const auto discount : {Discount::all_units, Discount::incremental})
        for (const std::int64_t units : {10, 60, 100, 290, 800})
            for (const double a_day : {0.2, 1.0, 7.0})
                for (const std::int64_t pack : {1, 12}) {
                    const Need need{.units = units * pack,
                                    .pack = pack,
                                    .a_day = a_day,
                                    .review_days = 7,
                                    .holding_rate = 0.25,
                                    .most_units = 2000};
                    double best = 0;
                    for (auto more = need.units; more <= 2000; more += pack) {
                        const auto bought = static_cast<double>(more);
                        best = std::max(best, saving_of(need, bought, breaks, discount) / bought);
                    }
                    const auto ahead = *buy_ahead(need, breaks, discount);
                    EXPECT_NEAR(ahead.saving / static_cast<double>(ahead.units), best, 1e-9)
                        << units << " " << a_day << " " << pack;
                    EXPECT_EQ(ahead.saving, saving_of(need, static_cast<double>(ahead.units), breaks, discount));
                }
}

// Where what is needed sells in a review, the long run's cheapest order is that of the economic order quantity.
TEST(OrderQuantity, BuysAheadTheEconomicQuantity) {
    const PriceBreak breaks[] = {{0, 10}, {400, 9}, {800, 8}};
    const Need need{.units = 70, .a_day = 10, .review_days = 7, .holding_rate = 0.2, .most_units = 1e6};
    for (const auto discount : {Discount::all_units, Discount::incremental}) {
        const auto lot = *economic_order_quantity({.fixed = 1e-9, .rate = 3650, .holding_rate = 0.2}, breaks, discount);
        const auto ahead = *buy_ahead(need, breaks, discount);
        EXPECT_NEAR(static_cast<double>(ahead.units), lot.units, 0.51);
        EXPECT_EQ(ahead.from, breaks[lot.tier].from);
    }
}

}  // namespace
}  // namespace suanpan::stock
