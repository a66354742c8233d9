#include "areas/selection/what_if.h"

#include <gmock/gmock.h>

#include <cmath>
#include <random>

#include "areas/selection/selection_fixture.h"
#include "platform/engines/lightgbm_library.h"
#include "platform/engines/xgboost_library.h"

namespace suanpan::selection {
namespace {

// A shop in which margins decide: half of the items cost 1.00 and half 9.00 of the 10.00 that they sell for.
History shop_of_margins() {
    auto history = small_shop(60, 200);
    for (std::size_t i = 0; i < history.items.size(); ++i) {
        history.items[i].unit_cost = i % 4 < 2 ? 100 : 900;
        for (auto& d : history.items[i].days)
            d.settled_profit = d.settled_revenue - static_cast<float>(history.items[i].unit_cost) * d.settled_units;
    }
    return history;
}

class WhatIf : public testing::Test {
  protected:
    void SetUp() override {
        if (const auto api = engines::light_gbm(); !api) GTEST_SKIP() << api.error().text();
        if (const auto api = engines::xg_boost(); !api) GTEST_SKIP() << api.error().text();
        TrainOptions training{.horizon = 14, .trials = 1, .top = 10};
        training.learn.rounds = 60;
        training.learn.threads = 1;
        options.list.slots = 20;
        options.list.exploration_share = 0;
        options.most_explained = 0;
        history = shop_of_margins();
        scorer.emplace(train_scorer(history, day, training).value().scorer);
        scoring = score_items(history, day, *scorer, options).value();
    }
    const Day day = test_begin + Days(100);
    History history;
    ScoreOptions options;
    std::optional<Scorer> scorer;
    Scoring scoring;
};

TEST_F(WhatIf, FindsChangesThatTheModelConfirms) {
    int moved = 0;
    for (std::size_t row = 0; row < scoring.now.count(); ++row)
        for (const auto& change : smallest_changes(scoring, row, *scorer, options).value()) {
            EXPECT_EQ(change.found, change.verdict != scoring.plan.items[row].action);
            if (change.lever == Lever::returns) {
                EXPECT_LT(change.to, change.from);
            }
            if (change.lever == Lever::margin) {
                EXPECT_GT(change.to, change.from);
            }
            moved += change.found;
        }
    EXPECT_GT(moved, 0) << "nothing moves anything";
}

// Asked again with the found value written into the item's row, the list says the same; with a step less it does not.
TEST_F(WhatIf, ChangesAreTheSmallest) {
    int tried = 0;
    for (std::size_t row = 0; row < scoring.now.count(); ++row)
        for (const auto& change : smallest_changes(scoring, row, *scorer, options).value()) {
            if (change.lever != Lever::margin || !change.found) continue;
            const auto verdict_at = [&](double share) {
                auto members_said = scorer->learners.predict(scoring.now).value();
                Snapshot one{scoring.now.origin, {scoring.now.items[row]}, {}};
                const auto width = static_cast<std::ptrdiff_t>(columns().size());
                const auto begin = scoring.now.values.begin() + static_cast<std::ptrdiff_t>(row) * width;
                one.values.assign(begin, begin + width);
                one.values[column("margin_share")] = static_cast<float>(share);
                const auto said = scorer->learners.predict(one).value();
                for (std::size_t m = 0; m < members; ++m) members_said[m][row] = said[m][0];
                const auto scores = blended(members_said, scorer->weights);
                auto candidates = scoring.candidates;
                for (std::size_t i = 0; i < scores.size(); ++i) candidates[i].score = scores[i];
                candidates[row].expected = expected_profit(said, scorer->learners.unit)[0];
                return plan_list(candidates, options.list).items[row].action;
            };
            EXPECT_EQ(verdict_at(change.to), change.verdict);
            EXPECT_EQ(verdict_at(change.to - 0.05), scoring.plan.items[row].action);
            ++tried;
        }
    EXPECT_GT(tried, 0) << "margins move nothing in a shop where they decide";
}

TEST_F(WhatIf, NearestAreOfTheSameKind) {
    const auto near = nearest(scoring.now, 0, scorer->learners.linear, 5);
    ASSERT_EQ(near.size(), 5);
    for (std::size_t i = 1; i < near.size(); ++i) EXPECT_GE(near[i].distance, near[i - 1].distance);
    const auto category = [&](std::size_t row) { return history.items[scoring.now.items[row]].category; };
    for (const auto& one : near) {
        EXPECT_NE(one.row, 0);
        EXPECT_EQ(category(one.row), category(0));
    }
}

}  // namespace
}  // namespace suanpan::selection
