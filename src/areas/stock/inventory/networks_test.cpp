#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>

#include "areas/stock/inventory/guaranteed_service.h"
#include "areas/stock/inventory/joint_orders.h"
#include "areas/stock/inventory/service_class.h"
#include "areas/stock/inventory/substitution.h"
#include "areas/stock/inventory/supplier_minimum.h"
#include "areas/stock/inventory/transfers.h"

namespace suanpan::stock {
namespace {

// Snyder and Shen, example 6.5, solved by stockpyl 1.0.2's gsm_tree: promises 0, 0, 0, 1.
TEST(GuaranteedService, EqualsTheTextbooksTree) {
    const std::vector<Stage> stages = {
        {.processing_time = 2, .holding_cost = 1, .safety_factor = 1, .outside_supply = 1},
        {.processing_time = 1, .holding_cost = 3, .safety_factor = 1, .demand_deviation = 1, .promised_outside = 0},
        {.processing_time = 1, .holding_cost = 2, .safety_factor = 1},
        {.processing_time = 1, .holding_cost = 3, .safety_factor = 1, .demand_deviation = 1, .promised_outside = 1}};
    const auto plan = guaranteed_service(stages, {{0, 2}, {2, 1}, {2, 3}});
    ASSERT_TRUE(plan);
    EXPECT_NEAR(plan->cost, 8.277916867529369, 1e-9);
    std::vector<std::int64_t> promised;
    for (const auto& stage : plan->stages) promised.push_back(stage.outbound);
    EXPECT_EQ(promised, (std::vector<std::int64_t>{0, 0, 0, 1}));
    EXPECT_NEAR(*cost_of_promises(stages, {{0, 2}, {2, 1}, {2, 3}}, promised), plan->cost, 1e-12);
}

// Snyder and Shen, figure 6.14 (a digital camera's supply chain) and problem 6.7 (serial), solved by stockpyl.
TEST(GuaranteedService, EqualsStockpylOnLongerTrees) {
    const double z = 1.6448536269514722;
    const std::int64_t times[] = {2, 3, 2, 4, 2, 3, 6, 4, 3, 2};
    const double costs[] = {0.01, 0.03, 0.04, 0.06, 0.12, 0.13, 0.2, 0.08, 0.04, 0.5};
    std::vector<Stage> stages;
    for (int i = 0; i < 10; ++i)
        stages.push_back({.processing_time = times[i], .holding_cost = costs[i], .safety_factor = z});
    stages[9].demand_deviation = 10;
    stages[9].promised_outside = 2;
    const auto plan =
        guaranteed_service(stages, {{0, 1}, {1, 2}, {2, 4}, {3, 4}, {4, 5}, {5, 9}, {6, 9}, {7, 9}, {8, 9}});
    EXPECT_NEAR(plan->cost, 18.824004472592172, 1e-9);

    const std::vector<Stage> serial = {
        {.processing_time = 1, .holding_cost = 2, .safety_factor = 4, .outside_supply = 1},
        {.processing_time = 1, .holding_cost = 3, .safety_factor = 4},
        {.processing_time = 2, .holding_cost = 4, .safety_factor = 4, .demand_deviation = 10, .promised_outside = 0}};
    EXPECT_NEAR(guaranteed_service(serial, {{0, 1}, {1, 2}})->cost, 357.77087639996637, 1e-9);
}

// Problem 6.9: two customers behind one assembly.
TEST(GuaranteedService, EqualsStockpylWhereDemandsAdd) {
    const std::vector<Stage> stages = {
        {.processing_time = 7,
         .holding_cost = 0.12054794520547946,
         .safety_factor = 4,
         .demand_deviation = 4.1,
         .promised_outside = 3},
        {.processing_time = 7,
         .holding_cost = 0.07671232876712329,
         .safety_factor = 4,
         .demand_deviation = 6.2,
         .promised_outside = 3},
        {.processing_time = 21, .holding_cost = 0.049315068493150684, .safety_factor = 4},
        {.processing_time = 3, .holding_cost = 0.0027397260273972603, .safety_factor = 4},
        {.processing_time = 8, .holding_cost = 0.010958904109589041, .safety_factor = 4},
        {.processing_time = 2, .holding_cost = 0.00410958904109589, .safety_factor = 4}};
    const auto plan = guaranteed_service(stages, {{2, 0}, {2, 1}, {3, 2}, {4, 2}, {5, 4}});
    EXPECT_NEAR(plan->cost, 15.649530249501026, 1e-9);
}

// Every set of promises of small random trees, one by one.
TEST(GuaranteedService, NoPromisesAreCheaperOnRandomTrees) {
    std::mt19937_64 random(11);
    for (int trial = 0; trial < 6; ++trial) {
        std::vector<Stage> stages;
        std::vector<Link> links;
        for (std::size_t k = 0; k < 4; ++k) {
            stages.push_back({.processing_time = static_cast<std::int64_t>(random() % 4),
                              .holding_cost = 1 + static_cast<double>(random() % 5),
                              .safety_factor = 1,
                              .demand_deviation = 1 + static_cast<double>(random() % 3),
                              .outside_supply = static_cast<std::int64_t>(random() % 2)});
            if (random() % 2 == 0) stages[k].promised_outside = static_cast<std::int64_t>(random() % 3);
            if (k == 0) continue;
            const auto other = random() % k;
            links.push_back(random() % 2 == 0 ? Link{other, k} : Link{k, other});
        }
        double least = 1e300;
        std::vector<std::int64_t> promise(4);
        for (promise[0] = 0; promise[0] < 15; ++promise[0])
            for (promise[1] = 0; promise[1] < 15; ++promise[1])
                for (promise[2] = 0; promise[2] < 15; ++promise[2])
                    for (promise[3] = 0; promise[3] < 15; ++promise[3])
                        if (const auto cost = cost_of_promises(stages, links, promise)) least = std::min(least, *cost);
        EXPECT_NEAR(guaranteed_service(stages, links)->cost, least, 1e-9) << "trial " << trial;
    }
}

TEST(GuaranteedService, RefusesWhatIsNoTree) {
    const std::vector<Stage> three(3, Stage{.processing_time = 1, .holding_cost = 1, .demand_deviation = 1});
    EXPECT_EQ(guaranteed_service(three, {{0, 1}}).error().message,
              "3 stages with 1 links are no tree; every stage must be reached by one way");
    EXPECT_FALSE(guaranteed_service(three, {{0, 1}, {1, 0}}));
    EXPECT_FALSE(guaranteed_service(three, {{0, 1}, {1, 7}}));
    EXPECT_FALSE(guaranteed_service({}, {}));
    EXPECT_FALSE(guaranteed_service({{.processing_time = -1}}, {}));
    EXPECT_TRUE(guaranteed_service({Stage{.processing_time = 3}}, {}));
}

std::vector<JointItem> twelve_items() {
    std::vector<JointItem> items;
    for (int i = 0; i < 12; ++i) {
        const double mean = 20 + 7 * i;
        items.push_back({.demand = {.mean = mean,
                                    .levels = {0.05, 0.25, 0.5, 0.75, 0.95},
                                    .quantiles = {0.4 * mean, 0.8 * mean, mean, 1.25 * mean, 1.7 * mean}},
                         .position = static_cast<double>(i * 11 % 30),
                         .unit_cost = 3.0 + i * 5 % 7,
                         .unit_volume = 1.0 + i * 3 % 5,
                         .margin = 4.0 + i * 7 % 6,
                         .holding = 1.0 + i % 3,
                         .pack = 1 + i % 4 * 2,
                         .minimum = i % 3 == 0 ? 10 : 0});
    }
    return items;
}

// HiGHS 1.16 solved the same choice of packs as an integer program, to a gap of zero.
TEST(JointOrders, AreWithinTheCertifiedGapOfHighs) {
    struct Case {
        JointLimits limits;
        double optimum;
    };
    for (const auto& [limits, optimum] : {Case{{1e6, 0}, 3165.4413574540363}, Case{{3000, 0}, 2806.256588047641},
                                          Case{{1500, 0}, 1797.8505362588246}, Case{{3000, 1000}, 2370.912132112672},
                                          Case{{1e6, 900}, 2241.7764066428454}, Case{{300, 200}, 518.498139507482}}) {
        const auto orders = joint_orders(twelve_items(), limits);
        ASSERT_TRUE(orders);
        EXPECT_LE(orders->value, optimum + 1e-6);
        EXPECT_GE(orders->bound, optimum - 1e-6);
        EXPECT_GE(orders->value, 0.98 * optimum) << limits.budget << " " << limits.volume;
        EXPECT_LE(orders->gap(), 0.03);
        EXPECT_LE(orders->cost, limits.budget + 1e-6);
        EXPECT_LE(orders->volume, limits.volume > 0 ? limits.volume + 1e-6 : 1e300);
    }
}

TEST(JointOrders, WithoutAScarceLimitAreTheNewsvendors) {
    auto items = twelve_items();
    for (auto& item : items) item.pack = 1, item.minimum = 0;
    const auto orders = joint_orders(items, {1e9, 0});
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto level = quantile(items[i].demand, items[i].margin / (items[i].margin + items[i].holding));
        EXPECT_NEAR(static_cast<double>(orders->units[i]), std::max(0.0, level - items[i].position), 1.0);
    }
    EXPECT_EQ(orders->price_of_budget, 0);
}

TEST(JointOrders, ManyItemsLeaveAlmostNoGap) {
    std::vector<JointItem> items;
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> share(0, 1);
    double cost = 0, volume = 0;
    for (int i = 0; i < 5000; ++i) {
        const double mean = 1 + 200 * std::pow(share(random), 3);
        items.push_back({.demand = {mean, {0.05, 0.5, 0.95}, {0.3 * mean, mean, 2 * mean}},
                         .position = mean * share(random),
                         .unit_cost = 1 + 20 * share(random),
                         .unit_volume = 0.1 + share(random),
                         .margin = 1 + 9 * share(random),
                         .holding = 0.1 + share(random),
                         .pack = 1 + static_cast<std::int64_t>(12 * share(random)),
                         .minimum = static_cast<std::int64_t>(6 * share(random))});
        cost += mean * items.back().unit_cost;
        volume += mean * items.back().unit_volume;
    }
    const auto orders = joint_orders(items, {0.4 * cost, 0.3 * volume});
    EXPECT_LE(orders->cost, 0.4 * cost);
    EXPECT_LE(orders->volume, 0.3 * volume);
    EXPECT_LT(orders->gap(), 0.001);
    EXPECT_GT(orders->value, 0);
}

TEST(JointOrders, SaysWhichItemIsWrong) {
    auto items = twelve_items();
    items[7].unit_cost = NAN;
    EXPECT_EQ(joint_orders(items, {100, 0}).error().about, "item 7");
    EXPECT_FALSE(joint_orders(twelve_items(), {-1, 0}));
    EXPECT_EQ(joint_orders({}, {100, 0})->value, 0);
    const auto nothing = joint_orders(twelve_items(), {0, 0});
    EXPECT_EQ(std::accumulate(nothing->units.begin(), nothing->units.end(), std::int64_t{}), 0);
}

TEST(SupplierMinimum, IsReachedByWhatRunsOutFirst) {
    const std::vector<SupplierLine> lines = {{.units = 10, .pack = 5, .unit_cost = 2, .a_day = 1, .position = 0},
                                             {.units = 0, .pack = 4, .unit_cost = 5, .a_day = 2, .position = 8},
                                             {.units = 0, .pack = 1, .unit_cost = 1, .a_day = 0, .position = 0}};
    // 20 are wanted. Covers with a pack more: 15 days; 6 days, then 8. Two packs of the second bring 40.
    const auto order = reach_minimum(lines, {.value = 60});
    EXPECT_EQ(order->units, (std::vector<std::int64_t>{10, 8, 0}));
    EXPECT_EQ(order->value, 60);
    const auto out_of_reach = reach_minimum(lines, {.value = 1e6, .longest_cover = 30});
    EXPECT_FALSE(out_of_reach->reached);
    EXPECT_EQ(out_of_reach->units, (std::vector<std::int64_t>{10, 0, 0}));
    EXPECT_EQ(reach_minimum({{.units = 0, .unit_cost = 2, .a_day = 1}}, {.value = 50})->value, 0);
    EXPECT_FALSE(reach_minimum({{.units = 1, .pack = 0}}, {}));
}

TEST(ServiceClass, SplitsByValueAndVariation) {
    const auto classes = *classify({{.value = 70, .mean = 10, .deviation = 2},
                                    {.value = 20, .mean = 10, .deviation = 8},
                                    {.value = 6, .mean = 10, .deviation = 30},
                                    {.value = 4, .mean = 10, .deviation = 1},
                                    {.value = 0, .mean = 0, .deviation = 0}});
    std::vector<std::string> names;
    for (const auto& c : classes) names.push_back(c.name());
    EXPECT_EQ(names, (std::vector<std::string>{"AX", "AY", "BZ", "CX", "CZ"}));
    EXPECT_EQ(classes[0].service_level, 0.98);
    EXPECT_EQ(classes[2].service_level, 0.93);
    EXPECT_TRUE(classify({})->empty());
    EXPECT_FALSE(classify({{.value = NAN}}));
    EXPECT_FALSE(classify({}, {.a_share = 0.9, .b_share = 0.5}));
    EXPECT_FALSE(classify({}, {.service = {}}));
}

WindowDemand uniform(double most) {
    return {most / 2, {0, 1}, {0, most}};
}

double value_at(const std::vector<PlaceStock>& places, const std::vector<std::int64_t>& stock) {
    double value = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double served =  // of uniform demand: E[min(D, s)] = s - s^2 / (2 most)
            static_cast<double>(stock[i]) -
            static_cast<double>(stock[i] * stock[i]) / (2 * places[i].demand.quantiles.back());
        value += places[i].margin * served - places[i].holding * (static_cast<double>(stock[i]) - served);
    }
    return value;
}

// All ways to send 0 to 12 units over six arrows, with the cheap way from 0 to 2 over 1.
TEST(Transfers, AreTheBestOfAllWays) {
    const std::vector<PlaceStock> places = {
        {uniform(20), 12, 2, 0.1}, {uniform(30), 3, 3, 0.1}, {uniform(40), 0, 4, 0}};
    const std::vector<std::vector<double>> cost = {{0, 0.2, 1.5}, {0.3, 0, 0.4}, {-1, 0.5, 0}};
    const auto plan = *plan_transfers(places, cost);
    const double before = value_at(places, {12, 3, 0});
    double best = 0;
    for (std::int64_t a = 0; a <= 12; ++a)
        for (std::int64_t b = 0; a + b <= 12; ++b)
            for (std::int64_t c = 0; c <= 3 + a; ++c)
                best = std::max(best, value_at(places, {12 - a - b, 3 + a - c, b + c}) - before -
                                          0.2 * static_cast<double>(a) - 1.5 * static_cast<double>(b) -
                                          0.4 * static_cast<double>(c));
    EXPECT_NEAR(plan.gain, best, 1e-9);
    EXPECT_GT(plan.gain, 0);
    std::vector<std::int64_t> stock = {12, 3, 0};
    double paid = 0;
    for (const auto& move : plan.transfers) {
        stock[move.from] -= move.units;
        stock[move.to] += move.units;
        paid += cost[move.from][move.to] * static_cast<double>(move.units);
    }
    EXPECT_NEAR(value_at(places, stock) - before - paid, plan.gain, 1e-9);
}

TEST(Transfers, NothingMovesWhereItDoesNotPay) {
    EXPECT_TRUE(plan_transfers({{uniform(20), 5}, {uniform(20), 5}}, {{0, 0.1}, {0.1, 0}})->transfers.empty());
    EXPECT_TRUE(plan_transfers({{uniform(20), 9}, {uniform(20), 0}}, {{0, -1}, {-1, 0}})->transfers.empty());
    EXPECT_TRUE(plan_transfers({}, {})->transfers.empty());
    EXPECT_FALSE(plan_transfers({{uniform(20), 5}}, {}));
    EXPECT_FALSE(plan_transfers({{uniform(20), -5}}, {{0}}));
}

TEST(Substitution, FindsTheBestLevelsTogether) {
    Substitutes items{.samples = {}, .takes = {{0, 0.7}, {0.2, 0}}, .margin = {6, 5}, .holding = {3, 1}};
    std::mt19937_64 random(5);
    for (int n = 0; n < 200; ++n)
        items.samples.push_back({static_cast<double>(random() % 15), static_cast<double>(random() % 12)});
    const auto plan = *plan_substitution(items);
    double best = -1e300;
    for (std::int64_t a = 0; a < 20; ++a)
        for (std::int64_t b = 0; b < 25; ++b) best = std::max(best, value_of_levels(items, {a, b}));
    EXPECT_NEAR(plan.value, best, 1e-9);
    // The item that takes the other's customers holds more than alone, the other less.
    items.takes = {{0, 0}, {0, 0}};
    const auto alone = *plan_substitution(items);
    EXPECT_GT(plan.levels[1], alone.levels[1]);
    EXPECT_LT(plan.levels[0], alone.levels[0]);
}

TEST(Substitution, KeepsToLeastLevelsAndCost) {
    Substitutes items{.samples = {}, .takes = {{0, 0.7}, {0.2, 0}}, .margin = {6, 5}, .holding = {3, 1}};
    std::mt19937_64 random(5);
    for (int n = 0; n < 200; ++n)
        items.samples.push_back({static_cast<double>(random() % 15), static_cast<double>(random() % 12)});
    auto apart = items;
    apart.takes = {{0, 0}, {0, 0}};
    const auto alone = plan_substitution(apart)->levels;
    items.least = {8, 0};
    items.cost = {3, 2};
    items.most = {30, alone[1] + 1};
    const auto plan = *plan_substitution(items);
    double best = -1e300;
    for (std::int64_t a = 8; a < 20; ++a)
        for (std::int64_t b = 0; b <= alone[1] + 1; ++b)
            if (3 * a + 2 * b <= 3 * alone[0] + 2 * alone[1]) best = std::max(best, value_of_levels(items, {a, b}));
    EXPECT_NEAR(plan.value, best, 1e-9);
    EXPECT_GE(plan.levels[0], 8);
    items.least = {8};
    EXPECT_FALSE(plan_substitution(items));
    items.least = {};
    items.cost = {1, -1};
    EXPECT_FALSE(plan_substitution(items));
}

TEST(Substitution, RefusesSharesThatDoNotFit) {
    EXPECT_FALSE(
        plan_substitution({.samples = {{1, 1}}, .takes = {{0, 0.8}, {1.2, 0}}, .margin = {1, 1}, .holding = {1, 1}}));
    EXPECT_FALSE(
        plan_substitution({.samples = {{1}}, .takes = {{0, 0.8}, {0, 0}}, .margin = {1, 1}, .holding = {1, 1}}));
    EXPECT_FALSE(plan_substitution({}));
}

}  // namespace
}  // namespace suanpan::stock
