#include "platform/engines/xgboost.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numeric>

#include "platform/engines/test_rows.h"
#include "platform/engines/xgboost_library.h"

namespace suanpan::engines {
namespace {

using testing::HasSubstr;

const BoostingOptions quick{
    .objective = "reg:squarederror", .rounds = 60, .learning_rate = 0.2, .feature_share = 1, .threads = 1};

class XgBoostingTest : public testing::Test {
  protected:
    void SetUp() override {
        if (const auto api = xg_boost(); !api) GTEST_SKIP() << api.error().text();
    }
};

TEST_F(XgBoostingTest, LearnsAStepAndSaysWhichColumnMadeIt) {
    const Steps steps(2000);
    const auto trees = XgBoosting::train(steps.rows(), quick).value();
    const std::vector<float> ask = {0.1F, 3, 0.9F, 3};
    const auto found = trees.predict({ask, 2}).value();
    EXPECT_NEAR(found[0], 1, 0.05);
    EXPECT_NEAR(found[1], 3, 0.05);
    const auto shares = trees.contributions({ask, 2}).value();
    ASSERT_EQ(shares.size(), 6);
    for (int row = 0; row < 2; ++row) {
        EXPECT_NEAR(shares[3 * row] + shares[3 * row + 1] + shares[3 * row + 2], found[row], 1e-4);
        EXPECT_GT(std::abs(shares[3 * row]), 20 * std::abs(shares[3 * row + 1]));
    }
}

TEST_F(XgBoostingTest, ComesBackFromItsBytes) {
    const Steps steps(500);
    const auto trees = XgBoosting::train(steps.rows(), quick).value();
    const auto again = XgBoosting::load(trees.bytes().value()).value();
    EXPECT_EQ(trees.predict(steps.rows().features).value(), again.predict(steps.rows().features).value());
    EXPECT_EQ(XgBoosting::train(steps.rows(), quick)->bytes().value(), trees.bytes().value());
}

TEST_F(XgBoostingTest, TakesAMissingValue) {
    const Steps steps(500);
    const auto trees = XgBoosting::train(steps.rows(), quick).value();
    const std::vector<float> ask = {std::nanf(""), 1};
    EXPECT_TRUE(std::isfinite(trees.predict({ask, 2}).value()[0]));
    EXPECT_TRUE(trees.predict({}).value().empty());
}

TEST_F(XgBoostingTest, SaysWhatIsWrong) {
    const Steps steps(100);
    auto rows = steps.rows();
    rows.labels = rows.labels.first(99);
    EXPECT_THAT(XgBoosting::train(rows, {}).error().text(), HasSubstr("100 rows have 99 labels"));
    EXPECT_THAT(XgBoosting::train({}, {}).error().text(), HasSubstr("0 rows to train on"));
    auto wrong = quick;
    wrong.objective = "guess";
    EXPECT_THAT(XgBoosting::train(steps.rows(), wrong).error().text(), HasSubstr("XGBoost cannot"));
    EXPECT_THAT(XgBoosting::load("no model").error().text(), HasSubstr("XGBoost cannot read the model"));
}

}  // namespace
}  // namespace suanpan::engines
