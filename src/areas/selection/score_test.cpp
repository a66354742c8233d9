#include "areas/selection/score.h"

#include <gmock/gmock.h>

#include <cmath>
#include <random>

#include "areas/selection/explain.h"
#include "areas/selection/interval.h"
#include "areas/selection/selection_fixture.h"
#include "platform/engines/lightgbm_library.h"
#include "platform/engines/xgboost_library.h"

namespace suanpan::selection {
namespace {

using testing::HasSubstr;

std::vector<Action> actions(const ListPlan& plan) {
    std::vector<Action> all;
    for (const auto& p : plan.items) all.push_back(p.action);
    return all;
}

TEST(PlanList, GivesPlacesByScoreWithinCategories) {
    const std::vector<Scored> items = {{.score = 4, .expected = 9, .quiet_days = 1, .category = "a"},
                                       {.score = 3, .expected = 8, .quiet_days = 1, .category = "a"},
                                       {.score = 2, .expected = 7, .quiet_days = -1, .category = "b"},
                                       {.score = 1, .expected = 6, .quiet_days = 1, .category = "b"}};
    EXPECT_EQ(actions(plan_list(items, {.slots = 2, .category_share = 0.5, .exploration_share = 0})),
              (std::vector{Action::push, Action::keep, Action::list, Action::keep}));
    EXPECT_EQ(actions(plan_list(items, {.slots = 2, .exploration_share = 0})),
              (std::vector{Action::push, Action::push, Action::drop, Action::keep}));
}

TEST(PlanList, SetsPlacesAsideForWhatMightBringMuch) {
    const std::vector<Scored> items = {{.score = 3, .expected = 5, .high = 6, .quiet_days = 1},
                                       {.score = 2, .expected = 5, .high = 6, .quiet_days = 1},
                                       {.score = 1, .expected = 1, .high = 99, .quiet_days = 1}};
    const auto plan = plan_list(items, {.slots = 2, .exploration_share = 0.5});
    EXPECT_EQ(actions(plan), (std::vector{Action::push, Action::keep, Action::push}));
    EXPECT_TRUE(plan.items[2].explores);
    EXPECT_FALSE(plan.items[0].explores);
}

TEST(PlanList, ClearsWhatLiesThereAndDropsWhatDoesNot) {
    const std::vector<Scored> items = {
        {.quiet_days = 200, .stock = 5}, {.quiet_days = 200, .stock = 0}, {.quiet_days = 5}};
    EXPECT_EQ(actions(plan_list(items, {.slots = 3})), (std::vector{Action::clear, Action::drop, Action::keep}));
    EXPECT_TRUE(plan_list({}, {}).items.empty());
}

// Outcomes are exp(noise) times the prediction; 90 % of new ones must lie inside, whatever the group.
TEST(Intervals, HoldNinetyPercentOfWhatTheyDidNotSee) {
    std::mt19937 draw(5);
    std::normal_distribution<double> noise(0, 0.5);
    const auto outcome = [&](double predicted) {
        return predicted * std::exp(noise(draw) * (predicted > 500 ? 1 : 2));
    };
    std::vector<double> predicted, outcomes;
    for (int i = 0; i < 2000; ++i) {
        predicted.push_back(10 + i);
        outcomes.push_back(outcome(predicted.back()));
    }
    const Intervals intervals(predicted, outcomes, 1);
    for (const double at : {100.0, 1500.0}) {
        int inside = 0;
        for (int i = 0; i < 4000; ++i) {
            const double happened = outcome(at);
            const auto bounds = intervals.around(at);
            inside += happened >= bounds.low && happened <= bounds.high;
        }
        EXPECT_NEAR(inside / 4000.0, 0.9, 0.04) << at;
    }
    EXPECT_TRUE(std::isinf(Intervals({}, {}, 1).around(5).high)) << "who has seen nothing knows nothing";
}

TEST(Reasons, SumTopicsAndSpeakOfTheItem) {
    const auto history = small_shop(10, 120);
    const auto taken = snapshot(history, test_begin + Days(120), 28);
    std::vector<double> shares(columns().size() + 1, 0);
    shares[column("units_28")] = 0.3;
    shares[column("revenue_28")] = 0.2;
    shares[column("age_days")] = -0.4;
    shares.back() = 100;  // the base
    const auto by = by_topic(shares.data());
    EXPECT_NEAR(by[static_cast<std::size_t>(Topic::sales)], 0.5, 1e-12);
    const auto why = reasons(taken, 0, by);
    const double units = std::expm1(double(taken.at(0, column("units_28"))));
    EXPECT_THAT(why.en, HasSubstr(fmt::format("For it: {:.0f} units in 28 days.", units)));
    EXPECT_THAT(why.en, HasSubstr("Against it: known for 120 days."));
    EXPECT_THAT(why.zh, HasSubstr("不利：上架 120 天。"));
    EXPECT_EQ(reasons(taken, 0, {}).en, "Nothing known sets it apart.");
}

class ScoreItems : public testing::Test {
  protected:
    void SetUp() override {
        if (const auto api = engines::light_gbm(); !api) GTEST_SKIP() << api.error().text();
        if (const auto api = engines::xg_boost(); !api) GTEST_SKIP() << api.error().text();
        training.horizon = 14;
        training.trials = 1;
        training.top = 10;
        training.learn.rounds = 20;
        training.learn.threads = 1;
        options.list.slots = 10;
    }
    Result<std::vector<ItemScore>> score(const History& history, Day day) const {
        const auto trained = TRY(train_scorer(history, day, training));
        return TRY(score_items(history, day, trained.scorer, options)).items;
    }
    TrainOptions training;
    ScoreOptions options;
};

// Until day 114 the rates stand still and rise with the item's number: expected profits must add up to what came, the
// intervals hold about nine of ten, and the list is of the better half.
TEST_F(ScoreItems, ExpectsAboutWhatHappens) {
    const auto history = small_shop();
    const Day day = test_begin + Days(100);
    training.learn.rounds = 80;
    options.list.exploration_share = 0;
    const auto scored = score(history, day).value();
    const auto happened = outcomes(history, snapshot(history, day, 14), 14);
    double expected = 0, actual = 0;
    int inside = 0, better = 0, placed = 0;
    for (const auto& s : scored) {
        const double profit = happened[s.item];  // every item is known, so places agree
        expected += s.expected;
        actual += profit;
        inside += profit >= s.low && profit <= s.high;
        placed += s.action == Action::push;
        better += s.action == Action::push && s.item >= 40;
        EXPECT_FALSE(s.reasons_en.empty());
    }
    EXPECT_EQ(scored.size(), 80);
    EXPECT_NEAR(expected / actual, 1, 0.2);
    EXPECT_GE(inside, 64);
    EXPECT_LT(inside, 80);
    EXPECT_EQ(placed, 10);
    EXPECT_GE(better, 9);
}

TEST_F(ScoreItems, LooksAtNothingFromTheDayOn) {
    const auto history = small_shop();
    const Day day = test_begin + Days(230);
    const auto honest = score(history, day).value();
    const auto other = score(corrupted_from(history, day), day).value();
    ASSERT_EQ(honest.size(), other.size());
    for (std::size_t i = 0; i < honest.size(); ++i) {
        EXPECT_EQ(honest[i].item, other[i].item);
        EXPECT_EQ(honest[i].expected, other[i].expected);
        EXPECT_EQ(honest[i].high, other[i].high);
    }
    EXPECT_THAT(score(history, test_begin + Days(40)).error().text(), HasSubstr("are too few to score"));
}

}  // namespace
}  // namespace suanpan::selection
