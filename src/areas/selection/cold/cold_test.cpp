#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "areas/selection/cold/cold_start.h"
#include "areas/selection/selection_fixture.h"
#include "platform/engines/lightgbm_library.h"

namespace suanpan::selection {
namespace {

// One item begins every half day; what is called a lamp sells eight times what a nail sells.
History beginners() {
    History history{.first = test_begin, .last = test_begin + Days(299), .items = {}};
    std::mt19937 draw(9);
    for (int i = 0; i < 520; ++i) {
        const bool lamp = draw() % 4 == 0;
        Item item{.id = fmt::format("{:03}", i),
                  .title = fmt::format("{} {}", lamp ? "GLASS LAMP" : "IRON NAIL", i),
                  .category = "",
                  .unit_cost = 400,
                  .days = {},
                  .signs = {}};
        for (int d = i / 2; d < 300; ++d) {
            const auto units =
                static_cast<float>(d == i / 2 ? 1 : std::poisson_distribution<int>(lamp ? 2 : 0.25)(draw));
            if (units > 0)
                item.days.push_back({.day = test_begin + Days(d),
                                     .units = units,
                                     .revenue = 1000 * units,
                                     .orders = units,
                                     .settled_units = units,
                                     .settled_revenue = 1000 * units,
                                     .settled_profit = 600 * units});
        }
        history.items.push_back(std::move(item));
    }
    return history;
}

TEST(FirstDays, LeaveTheFirstDayOutAndEndWithTheHorizon) {
    auto history = beginners();
    history.items.resize(1);
    auto& days = history.items[0].days;
    days = {{.day = test_begin, .units = 1, .revenue = 900, .settled_profit = 5},
            {.day = test_begin + Days(28), .units = 1, .revenue = 900, .settled_profit = 7},
            {.day = test_begin + Days(29), .units = 1, .revenue = 900, .settled_profit = 11}};
    const auto first = first_days(history, test_begin, test_begin + Days(1), 28);
    ASSERT_EQ(first.size(), 1);
    EXPECT_EQ(first[0].profit, 7);
    EXPECT_EQ(first[0].candidate.price, 900);
    EXPECT_TRUE(first_days(history, test_begin + Days(1), test_begin + Days(9), 28).empty());
}

TEST(ColdModel, LearnsNothingFromTheOriginOn) {
    if (const auto api = engines::light_gbm(); !api) GTEST_SKIP() << api.error().text();
    const Day origin = test_begin + Days(150);
    const std::vector<Candidate> asked = {
        {"GLASS LAMP NEW", "", "", 1000}, {"IRON NAIL NEW", "", "", 1000}, {"", "", "", 0}};
    const auto history = beginners();
    const auto scores = ColdModel::train(history, origin, {.threads = 1}).value().scores(asked).value();
    EXPECT_GT(scores[0], scores[1] + 0.5);
    const auto other = corrupted_from(history, origin);
    EXPECT_EQ(scores, ColdModel::train(other, origin, {.threads = 1}).value().scores(asked).value());
    EXPECT_EQ(ColdModel::train(history, test_begin + Days(40), {}).error().code, ErrorCode::invalid_argument);
}

TEST(ColdModel, NamesTheLikestAndWhatTheyBrought) {
    if (const auto api = engines::light_gbm(); !api) GTEST_SKIP() << api.error().text();
    const auto model = ColdModel::train(beginners(), test_begin + Days(150), {.threads = 1}).value();
    const auto lamp = model.alike({"GLASS LAMP NEW", "", "", 1000});
    ASSERT_GE(lamp.ones.size(), 20);
    for (std::size_t i = 0; i < 10; ++i)
        EXPECT_TRUE(model.known()[lamp.ones[i].known].candidate.title.starts_with("GLASS LAMP"));
    // 28 days of two a day at 600 of profit, a standard deviation of 4,500: the middle 80 % is 1.28 of them wide.
    EXPECT_NEAR(lamp.median, 33600, 3000);
    EXPECT_NEAR(lamp.low, 33600 - 5760, 5000);
    EXPECT_NEAR(lamp.high, 33600 + 5760, 5000);
    const auto nail = model.alike({"IRON NAIL NEW", "", "", 1000});
    EXPECT_LT(nail.high, lamp.low);
}

TEST(ColdTest, TheModelBeatsChanceWhereTitlesTell) {
    if (const auto api = engines::light_gbm(); !api) GTEST_SKIP() << api.error().text();
    const auto tested = test_cold(beginners(), {.origins = 3, .cold = {.threads = 1}}).value();
    ASSERT_EQ(tested.methods.size(), 5);
    EXPECT_EQ(tested.methods[0].name, "model");
    EXPECT_GT(tested.methods[0].precision.low, tested.methods[4].precision.mean);
    EXPECT_GT(tested.methods[0].precision.mean, 0.5);
    // The middle 80 % of about twenty others: nominally 0.8, less the steps of so few.
    EXPECT_GT(tested.within, 0.65);
    EXPECT_LT(tested.within, 0.95);
}

}  // namespace
}  // namespace suanpan::selection
