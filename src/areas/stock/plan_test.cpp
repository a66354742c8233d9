#include "areas/stock/plan.h"

#include <gtest/gtest.h>

#include <cmath>

#include "areas/stock/exceptions.h"
#include "areas/stock/projection.h"
#include "areas/stock/test_candidate.h"

namespace suanpan::stock {
namespace {

std::int64_t units(const OrderPlan& plan, std::size_t item) {
    return plan.items[item].order.units;
}

TEST(Plan, OrdersUpToTheQuantileOfTheSameNumbers) {
    const std::vector<Candidate> items = {uniform_item("a")};
    const auto plan = plan_orders(items, {}, {.service_level = 0.9});
    ASSERT_TRUE(plan);
    EXPECT_EQ(units(*plan, 0), 70);
    EXPECT_EQ(plan->items[0].input.demand.quantiles, items[0].window_quantiles);
    EXPECT_EQ(plan->value, 140);
}

TEST(Plan, LearnsLeadTimesFromReceipts) {
    auto item = uniform_item("a");
    item.supplier_id = "s";
    item.lead_time_days = 7;
    const std::vector<Candidate> items = {item};
    const auto stated = *plan_orders(items, {}, {.service_level = 0.9});
    EXPECT_EQ(units(stated, 0), 70);
    // 96 receipts of 21 days and 4 of the stated 7: demand lasts twice as long.
    const auto late = *plan_orders(items, {{"s", std::vector<std::int64_t>(96, 21)}}, {.service_level = 0.9});
    EXPECT_NEAR(late.items[0].input.lead_time_days, 20.44, 1e-9);
    EXPECT_NEAR(late.items[0].input.demand.mean, 50 * 27.44 / 14, 1e-9);
    // 100 + 40 sqrt 2, less the few short ones.
    EXPECT_NEAR(static_cast<double>(units(late, 0)), 100 + 40 * std::sqrt(2) - 20, 4);
    EXPECT_EQ(late.items[0].lead_time.receipts, 96);
}

TEST(Plan, BudgetIsSharedByValue) {
    auto dear = uniform_item("dear");
    dear.unit_cost = 450;  // earns 50 a unit, the other 300
    const std::vector<Candidate> items = {dear, uniform_item("good")};
    const auto free = *plan_orders(items, {}, {.service_level = 0.9});
    EXPECT_EQ(free.value, 70 * 4.5 + 70 * 2);
    const auto cut = *plan_orders(items, {}, {.service_level = 0.9, .budget = 160});
    EXPECT_LE(cut.value, 160);
    EXPECT_GE(units(cut, 1), 60);
    EXPECT_LT(units(cut, 0), 10);
    EXPECT_EQ(cut.items[0].limit, Limit::budget);
    EXPECT_EQ(cut.items[0].wanted_units, 70);
    EXPECT_LT(cut.budget_gap, 0.02);
    // What is cut lasts less long.
    EXPECT_LT(cut.items[0].order.days_of_cover, free.items[0].order.days_of_cover);
}

TEST(Plan, RoomIsALimitToo) {
    auto large = uniform_item("large");
    large.unit_volume = 10;
    auto small = uniform_item("small");
    small.unit_volume = 1;
    const auto plan = *plan_orders({large, small}, {}, {.service_level = 0.9, .room = 200});
    EXPECT_LE(10 * units(plan, 0) + units(plan, 1), 200);
    EXPECT_GE(units(plan, 1), 65);
}

TEST(Plan, ShelfLifeKeepsTheOrderSellable) {
    auto item = uniform_item("milk");
    item.shelf_life_days = 7;
    // Over 7 + 7 days the 10 % quantile is 10, and 20 are there.
    const auto none = *plan_orders({item}, {}, {.service_level = 0.9});
    EXPECT_EQ(units(none, 0), 0);
    EXPECT_EQ(none.items[0].limit, Limit::shelf_life);
    item.shelf_life_days = 21;
    const double most = 100 - 40 * std::sqrt(2);
    const auto some = *plan_orders({item}, {}, {.service_level = 0.9});
    EXPECT_EQ(units(some, 0), static_cast<std::int64_t>(most - 20));
}

TEST(Plan, SupplierMinimumIsReachedOrNothingIsOrdered) {
    auto a = uniform_item("a"), b = uniform_item("b");
    a.supplier_id = b.supplier_id = "s";
    a.minimum_value = b.minimum_value = 20000;  // 200.00
    b.on_hand = 95;                             // nothing wanted: up to 90
    const auto plan = *plan_orders({a, b}, {}, {.service_level = 0.9});
    EXPECT_GE(plan.value, 200);
    EXPECT_LT(plan.value, 204);
    EXPECT_GT(units(plan, 0), 70);
    EXPECT_EQ(plan.items[0].limit, Limit::supplier_minimum);
    a.minimum_value = b.minimum_value = 100'000'000;
    const auto out_of_reach = *plan_orders({a, b}, {}, {.service_level = 0.9});
    EXPECT_EQ(out_of_reach.value, 0);
}

TEST(Plan, ServiceByClass) {
    std::vector<Candidate> items = {uniform_item("a"), uniform_item("b")};
    items[1].window_mean = 1;
    items[1].window_quantiles = {0, 0.5, 40};
    const auto plan = *plan_orders(items, {}, {.by_class = true});
    EXPECT_EQ(plan.items[0].service_class, "AY");  // (90 - 10) / 2.563 / 50 = 0.62
    EXPECT_EQ(plan.items[0].input.service_level, 0.97);
    EXPECT_EQ(plan.items[1].service_class, "CZ");
}

TEST(Plan, NothingAtAll) {
    EXPECT_TRUE(plan_orders({}, {}, {.budget = 5})->items.empty());
    Candidate bare{.item_id = "x", .levels = {0.5}, .window_quantiles = {0}, .window_periods = 2};
    const auto plan = *plan_orders({bare}, {}, {.budget = 1, .room = 1});
    EXPECT_EQ(units(plan, 0), 0);
    EXPECT_TRUE(std::isfinite(plan.items[0].order.days_of_cover));
}

TEST(Projection, FollowsDemandAndArrivals) {
    const WindowDemand certain{.mean = 20, .levels = {0.05, 0.5, 0.95}, .quantiles = {20, 20, 20}};
    const auto days = project({.on_hand = 5,
                               .arrivals = {{4, 6}},
                               .daily_mean = std::vector<double>(10, 2),
                               .window = certain,
                               .window_days = 10});
    std::vector<double> expected;
    for (const auto& day : days) expected.push_back(day.expected);
    // The unit missed on day 2 and the two of day 3 are lost; of the six that come, two sell a day.
    EXPECT_EQ(expected, (std::vector<double>{3, 1, 0, 0, 4, 2, 0, 0, 0, 0}));
    EXPECT_EQ(days[4].arriving, 6);
    EXPECT_EQ(days[0].chance_of_empty, 0);
    EXPECT_EQ(days[3].chance_of_empty, 1);
}

// Demand of N(10, 4) a day from 100: after 4 days N(40, 8), so 60 with a band of 1.645 x 8.
TEST(Projection, BandIsThatOfTheSum) {
    WindowDemand window{.mean = 160, .levels = {0.05, 0.5, 0.95}, .quantiles = {160 - 26.32, 160, 160 + 26.32}};
    const auto days =
        project({.on_hand = 100, .daily_mean = std::vector<double>(16, 10), .window = window, .window_days = 16});
    EXPECT_NEAR(days[3].expected, 60, 1e-9);
    EXPECT_NEAR(days[3].low, 60 - 1.645 * 8, 1e-9);
    EXPECT_NEAR(days[3].high, 60 + 1.645 * 8, 1e-9);
    EXPECT_TRUE(project({}).empty());
}

Planned planned(const Candidate& item) {
    Planned p{.item = &item, .lead_time = lead_time_of(item, {}, {})};
    p.input = input_of(item, p.lead_time, {});
    p.order = plan_order(p.input);
    return p;
}

TEST(Exceptions, WorstFirstAndEachForItsReason) {
    auto out = uniform_item("out"), worse = uniform_item("worse"), slow = uniform_item("slow"),
         fine = uniform_item("fine");
    out.on_hand = 5;
    worse.on_hand = 0;
    slow.on_hand = 5000;
    fine.on_hand = 60;
    const std::vector<Planned> plans = {planned(out), planned(worse), planned(slow), planned(fine)};
    const std::vector<CountedStock> stock = {
        {"out", "Out", 5, 0, 200, 500, 1},      {"worse", "Worse", 0, 0, 200, 500, 1},
        {"slow", "Slow", 5000, 0, 200, 500, 1}, {"fine", "Fine", 60, 0, 200, 500, 1},
        {"dead", "Dead", 40, 0, 300, 500, -1},  {"quiet", "Quiet", 7, 0, 300, 500, 120},
        {"new", "New", 9, 0, 300, 500, -1, 10}, {"gone", "Gone", 0, 0, 300, 500, -1}};
    const auto found = find_exceptions(stock, plans, {});
    std::vector<std::string> items;
    for (const auto& e : found) items.push_back(e.item_id);
    EXPECT_EQ(items, (std::vector<std::string>{"worse", "out", "dead", "quiet", "slow"}));
    EXPECT_EQ(found[2].at_stake, 40 * 300);
    EXPECT_EQ(found[2].text_en, "Dead has never sold; 40 lie on the shelf.");
    EXPECT_EQ(found[3].text_zh, "Quiet 已 120 天未售出，库存 7 件。");
    EXPECT_EQ(found[4].trouble, Trouble::overstock);
    EXPECT_NEAR(found[4].days_until_empty, 1400, 1e-9);
    EXPECT_TRUE(find_exceptions({}, {}, {}).empty());
}

}  // namespace
}  // namespace suanpan::stock
