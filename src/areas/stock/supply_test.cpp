#include <gtest/gtest.h>

#include <cmath>

#include "areas/stock/inventory/substitution.h"
#include "areas/stock/plan.h"
#include "areas/stock/test_candidate.h"
#include "areas/stock/together.h"

namespace suanpan::stock {
namespace {

Candidate with_breaks(std::vector<double> from, std::vector<double> cost) {
    auto item = uniform_item("a");
    item.break_from = std::move(from);
    item.break_cost = std::move(cost);
    return item;
}

Planned only(const Candidate& item, PlanOptions options = {}) {
    static std::vector<Candidate> items;  // outlives what points into it
    items = {item};
    options.service_level = 0.9;
    return plan_orders(items, {}, options)->items[0];
}

TEST(PriceBreaks, AreOrderedUpToWhereThatSaves) {
    const auto planned = only(with_breaks({100}, {190}));
    EXPECT_EQ(planned.order.units, 100);
    EXPECT_EQ(planned.unit_cost, 1.9);
    EXPECT_EQ(planned.wanted_units, 100);
    EXPECT_EQ(planned.limit, Limit::none);
    EXPECT_EQ(planned.ahead.from, 100);
    EXPECT_EQ(planned.ahead.units_without, 70);
    EXPECT_EQ(planned.ahead.cost_without, 2);
    const double a_day = 50.0 / 14;
    EXPECT_NEAR(planned.ahead.saving, 30 * 2 - (190 - 140) - 0.25 * 1.9 * 30 * (3.5 + 15 / a_day) / 365, 1e-9);
    EXPECT_NEAR(planned.order.days_of_cover, 120 / a_day, 1e-9);
    EXPECT_EQ(only(with_breaks({100}, {190}), {.holding_rate = 5}).order.units, 100);
    EXPECT_EQ(only(with_breaks({300}, {199})).order.units, 70) << "a cent less is not worth months of stock";
}

TEST(PriceBreaks, StayWithinWhatAnOrderMayBe) {
    EXPECT_EQ(only(with_breaks({100}, {190}), {.largest_cover_days = 33}).order.units, 70);
    EXPECT_EQ(only(with_breaks({100}, {190}), {.budget = 189}).order.units, 70);
    EXPECT_EQ(only(with_breaks({100}, {190}), {.largest_order_value = 189}).order.units, 70);
    auto item = with_breaks({100}, {190});
    item.largest = 19;
    EXPECT_EQ(only(item).order.units, 70);
    EXPECT_EQ(only(item, {.outlier_times = 6}).order.units, 100);
    item.largest = 0;
    item.unit_volume = 2;
    EXPECT_EQ(only(item, {.room = 199}).order.units, 70);
    EXPECT_EQ(only(item, {.room = 200}).order.units, 100);
    // In 28 days the 10 % quantile is 100 - 40 sqrt 2, so that 30 may lie there.
    item.shelf_life_days = 21;
    const auto milk = only(item);
    EXPECT_EQ(milk.order.units, 23);
    EXPECT_EQ(milk.ahead.from, 0);
    EXPECT_EQ(milk.unit_cost, 2);
}

TEST(PriceBreaks, HoldAsTheTableSaysThem) {
    EXPECT_EQ(only(with_breaks({0, 1000}, {180, 179})).unit_cost, 1.8) << "told from the first unit on";
    EXPECT_EQ(only(with_breaks({1}, {180})).unit_cost, 1.8);
    EXPECT_EQ(only(with_breaks({50, 60}, {190, 195})).unit_cost, 1.9) << "what is dearer than before is left out";
    EXPECT_EQ(only(with_breaks({50}, {210})).unit_cost, 2);
    auto item = with_breaks({30, 60}, {190, 180});
    item.break_incremental = true;  // 30 at 2.00, 30 at 1.90, the others at 1.80
    const auto planned = only(item, {.holding_rate = 100});
    EXPECT_EQ(planned.order.units, 70);
    EXPECT_NEAR(planned.unit_cost, (60 + 57 + 18) / 70.0, 1e-12);
    item.unit_cost.reset();
    item.unit_price.reset();
    EXPECT_EQ(only(item, {.holding_rate = 100}).breaks.front().price, 1.9) << "nothing else is known";
}

TEST(PriceBreaks, AreCountedInBudgetsAndMinimums) {
    auto other = uniform_item("b");
    std::vector<Candidate> items = {with_breaks({100}, {190}), other};
    const auto cut = *plan_orders(items, {}, {.service_level = 0.9, .budget = 250});
    EXPECT_LE(cut.value, 250);
    EXPECT_GT(cut.value, 230);
    const auto& a = cut.items[0];
    EXPECT_EQ(a.unit_cost, a.order.units >= 100 ? 1.9 : 2);
    EXPECT_EQ(a.ahead.from, a.order.units >= 100 ? 100 : 0);
    // 70 at 2.00 are less than the minimum of 170, and so are 85 to 89 of them from the break on.
    items = {with_breaks({85}, {199})};
    items[0].supplier_id = "s";
    items[0].minimum_value = 17000;
    const auto least = *plan_orders(items, {}, {.service_level = 0.9, .holding_rate = 100});
    EXPECT_EQ(least.items[0].order.units, 86);
    EXPECT_NEAR(least.value, 86 * 1.99, 1e-9);
}

TEST(Together, LevelsFollowTheSubstitutes) {
    const std::vector<Candidate> items = {uniform_item("a"), uniform_item("b"), uniform_item("c")};
    const PlanOptions options{.service_level = 0.9};
    const auto plan = *plan_orders(items, {}, options, {{"a", "b", 0.8}});
    const auto &a = plan.items[0], &b = plan.items[1], &c = plan.items[2];
    EXPECT_EQ(a.together.level_alone, 90);
    EXPECT_EQ(a.together.stand_ins, "b");
    EXPECT_EQ(b.together.stands_in_for, "a");
    EXPECT_LT(a.order.order_up_to, 90);
    EXPECT_GE(a.order.order_up_to, 80) << "its own demand is met with at least 80 %";
    EXPECT_GE(b.order.order_up_to, 90);
    EXPECT_EQ(a.order.units, a.order.order_up_to - 20);
    EXPECT_GT(a.together.gain, 0);
    EXPECT_EQ(c.order.order_up_to, 90);
    EXPECT_EQ(c.together.level_alone, 0);
    // Without a floor it may fall further, and the same numbers give the same plan.
    const auto free = *plan_orders(items, {}, {.service_level = 0.9, .substitute_level = 0}, {{"a", "b", 0.8}});
    EXPECT_LE(free.items[0].order.order_up_to, a.order.order_up_to);
    EXPECT_GE(free.items[0].together.gain, a.together.gain);
    EXPECT_EQ(plan_orders(items, {}, options, {{"a", "b", 0.8}})->items[0].order.units, a.order.units);
}

// Two uniform demands and one way of substitution, by integrating over the first; the second is in closed form.
TEST(Together, FindsTheLevelsOfTheIntegral) {
    const std::vector<Candidate> items = {uniform_item("a"), uniform_item("b")};
    const double share = 0.8;
    const auto plan = *plan_orders(items, {}, {.service_level = 0.9, .substitute_level = 0}, {{"a", "b", share}});
    const auto value = [&](double x, double y) {
        double total = 0;
        const int steps = 400;
        for (int i = 0; i < steps; ++i) {
            const double wanted = 100 * (i + 0.5) / steps, spilled = share * std::max(0.0, wanted - x);
            const double left = std::max(0.0, y - spilled);  // for b's own uniform demand
            const double of_b =
                std::min(y, spilled) + std::min(left, 100.0) - std::min(left, 100.0) * std::min(left, 100.0) / 200;
            const double of_a = std::min(x, wanted);
            total += of_a + of_b - (x - of_a + y - of_b) / 9;
        }
        return total / steps;
    };
    double best = 0;
    for (int x = 0; x <= 100; ++x)
        for (int y = 0; x + y <= 180 && y <= 100; ++y) best = std::max(best, value(x, y));
    const auto found = value(static_cast<double>(plan.items[0].order.order_up_to),
                             static_cast<double>(plan.items[1].order.order_up_to));
    EXPECT_NEAR(found, best, 0.002 * best);
    EXPECT_GT(found, value(90, 90));
}

TEST(Together, BindNoMoreMoneyThanAlone) {
    auto dear = uniform_item("dear"), cheap = uniform_item("cheap");
    dear.unit_cost = 2000;
    dear.unit_price = 5000;
    const SubstituteShares shares = {{"cheap", "dear", 0.5}, {"dear", "cheap", 0.1}};
    const auto plan = *plan_orders({dear, cheap}, {}, {.service_level = 0.9}, shares);
    const auto up_to = [&](std::size_t i) { return plan.items[i].order.order_up_to; };
    EXPECT_LE(20 * up_to(0) + 2 * up_to(1), 20 * 90 + 2 * 90);
    EXPECT_GE(up_to(1), 80);
    EXPECT_LE(up_to(0), 91) << "a cheap item's customers are no reason to fill the shelf with the dear one";
    EXPECT_GE(plan.items[0].together.gain, 0);
}

TEST(Together, WhatLiesThereStandsIn) {
    auto full = uniform_item("b");
    full.on_hand = 500;
    const auto plan = *plan_orders({uniform_item("a"), full}, {}, {.service_level = 0.9}, {{"a", "b", 1}});
    EXPECT_EQ(plan.items[0].order.order_up_to, 80);
    EXPECT_EQ(plan.items[1].order.units, 0);
    EXPECT_EQ(plan.items[1].order.order_up_to, 90);
}

TEST(Together, SharesThatDoNotFitAreLeftOut) {
    const std::vector<Candidate> items = {uniform_item("a"), uniform_item("b"), uniform_item("c")};
    const auto plan =
        *plan_orders(items, {}, {.service_level = 0.9}, {{"a", "b", 0.8}, {"a", "x", 0.3}, {"b", "c", -1}});
    for (const auto& planned : plan.items) EXPECT_EQ(planned.order.order_up_to, 90);
    EXPECT_EQ(plan.items[0].together.left_out, "shares");
    EXPECT_EQ(plan.items[1].together.left_out, "shares");
    EXPECT_EQ(plan.items[2].together.left_out, "");
    std::vector<Candidate> many;
    SubstituteShares chain;
    for (std::size_t i = 0; i <= most_together; ++i) {
        many.push_back(uniform_item("i" + std::to_string(i)));
        if (i > 0) chain.push_back({many[i - 1].item_id, many[i].item_id, 0.5});
    }
    for (const auto& planned : plan_orders(many, {}, {.service_level = 0.9}, chain)->items) {
        EXPECT_EQ(planned.together.left_out, "too many");
        EXPECT_EQ(planned.order.order_up_to, 90);
    }
    many.pop_back();
    chain.pop_back();
    EXPECT_LT(plan_orders(many, {}, {.service_level = 0.9}, chain)->items[0].order.order_up_to, 90);
}

}  // namespace
}  // namespace suanpan::stock
