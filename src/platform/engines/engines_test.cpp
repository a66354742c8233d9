#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>

#include "platform/engines/boosting.h"
#include "platform/engines/lightgbm_library.h"
#include "platform/engines/test_rows.h"

namespace suanpan::engines {
namespace {

using testing::HasSubstr;

class BoostingTest : public testing::Test {
  protected:
    void SetUp() override {
        if (const auto api = light_gbm(); !api) GTEST_SKIP() << api.error().text();
    }
};

TEST_F(BoostingTest, LearnsAStep) {
    const Steps steps(2000);
    // With both columns in each tree: one that sees only the second must make do with it.
    const auto trees =
        Boosting::train(steps.rows(), {.rounds = 60, .learning_rate = 0.2, .feature_share = 1, .threads = 1}).value();
    const std::vector<float> ask = {0.1F, 3, 0.9F, 3};
    const auto found = trees.predict({ask, 2}).value();
    EXPECT_NEAR(found[0], 1, 0.05);
    EXPECT_NEAR(found[1], 3, 0.05);
    const auto gains = trees.gains(2).value();
    EXPECT_GT(gains[0], 100 * gains[1]);
    const auto shares = trees.contributions({ask, 2}).value();
    ASSERT_EQ(shares.size(), 6);
    EXPECT_NEAR(shares[3] + shares[4] + shares[5], found[1], 1e-9);
    EXPECT_GT(shares[3], 20 * std::abs(shares[4]));
}

TEST_F(BoostingTest, AQuantileLiesWhereItShould) {
    std::vector<float> features, labels;
    for (int i = 0; i < 5000; ++i) {
        features.push_back(float(i % 3));
        labels.push_back(float((i / 3) % 100));
    }
    const TrainingRows rows{.features = {features, 1}, .labels = labels};
    const auto trees = Boosting::train(rows, {.objective = "quantile", .quantile = 0.9, .rounds = 200, .threads = 1});
    ASSERT_TRUE(trees) << trees.error().text();
    const std::vector<float> ask = {1};
    EXPECT_NEAR(trees->predict({ask, 1}).value()[0], 90, 3);
}

TEST_F(BoostingTest, ComesBackFromItsText) {
    const Steps steps(500);
    const auto trees = Boosting::train(steps.rows(), {.rounds = 20, .threads = 1}).value();
    const auto again = Boosting::load(trees.text().value()).value();
    EXPECT_EQ(trees.predict(steps.rows().features).value(), again.predict(steps.rows().features).value());
    const auto same = Boosting::train(steps.rows(), {.rounds = 20, .threads = 1}).value();
    EXPECT_EQ(trees.text().value(), same.text().value());
}

TEST_F(BoostingTest, SaysWhatIsWrong) {
    const Steps steps(100);
    auto rows = steps.rows();
    rows.labels = rows.labels.first(99);
    EXPECT_THAT(Boosting::train(rows, {}).error().text(), HasSubstr("100 rows have 99 labels"));
    EXPECT_THAT(Boosting::train({}, {}).error().text(), HasSubstr("0 rows to train on"));
    EXPECT_THAT(Boosting::train(steps.rows(), {.objective = "guess"}).error().text(), HasSubstr("LightGBM cannot"));
    EXPECT_THAT(Boosting::load("no model").error().text(), HasSubstr("LightGBM cannot read the model"));
}

}  // namespace
}  // namespace suanpan::engines
