#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>
#include <map>

#include "areas/selection/backtest.h"
#include "areas/selection/item_features.h"
#include "areas/selection/rivals.h"
#include "areas/selection/selection_fixture.h"
#include "areas/selection/title_words.h"
#include "platform/engines/lightgbm_library.h"
#include "platform/engines/xgboost_library.h"

namespace suanpan::selection {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

Item sold_once(Day day, float units, float revenue) {
    Item item{.id = "1", .title = "", .category = "", .days = {}, .signs = {}};
    item.days.push_back({.day = day, .units = units, .revenue = revenue, .orders = 1, .customers = 1, .basket = 3});
    return item;
}

double value(const Snapshot& taken, std::size_t row, std::string_view name) {
    EXPECT_LT(column(name), columns().size()) << name;
    return double(taken.at(row, column(name)));
}

TEST(Snapshot, WindowsEndTheDayBeforeTheOrigin) {
    History history{.first = test_begin, .last = test_begin + Days(60), .items = {}};
    history.items.push_back(sold_once(test_begin + Days(30), 2, 500));
    history.items.push_back(sold_once(test_begin + Days(29), 2, 500));
    const auto taken = snapshot(history, test_begin + Days(30), 28);
    ASSERT_EQ(taken.count(), 1) << "what is first sold on the origin's day is not known on its morning";
    EXPECT_EQ(taken.items[0], 1);
    EXPECT_NEAR(value(taken, 0, "revenue_7"), std::log1p(500), 1e-5);
    EXPECT_NEAR(value(taken, 0, "days_since_sale"), 1, 1e-9);
    EXPECT_EQ(taken.values.size(), columns().size());
}

TEST(Snapshot, ReturnsCountOnTheirOwnDay) {
    History history{.first = test_begin, .last = test_begin + Days(60), .items = {}};
    auto item = sold_once(test_begin, 10, 1000);
    item.days.push_back({.day = test_begin + Days(10), .returned_units = 10, .returned_value = 1000});
    history.items.push_back(item);
    EXPECT_NEAR(value(snapshot(history, test_begin + Days(10), 28), 0, "revenue_28"), std::log1p(1000), 1e-5);
    const auto later = snapshot(history, test_begin + Days(11), 28);
    EXPECT_NEAR(value(later, 0, "revenue_28"), 0, 1e-9);
    EXPECT_NEAR(value(later, 0, "return_share"), 1, 1e-9);
}

TEST(Snapshot, WordsTellOfOtherItemsAlone) {
    const auto history = small_shop(20, 240);
    const auto taken = snapshot(history, test_begin + Days(240), 28);
    for (std::size_t row = 0; row < taken.count(); ++row) {
        const bool comet = taken.items[row] % 2 == 0;
        EXPECT_EQ(value(taken, row, "words_least_rise") > 0, comet) << row;
        EXPECT_EQ(value(taken, row, "category_rise") > 0, comet) << row;
    }
    History alone{.first = test_begin, .last = test_begin + Days(60), .items = {}};
    alone.items.push_back(sold_once(test_begin, 1, 100));
    alone.items[0].title = "ONLY ONE";
    EXPECT_TRUE(std::isnan(value(snapshot(alone, test_begin + Days(5), 28), 0, "words_rise")));
}

TEST(Snapshot, AForecastCountsFromItsMorningOnForFourWeeks) {
    History history{.first = test_begin, .last = test_begin + Days(60), .items = {}};
    history.items.push_back(sold_once(test_begin + Days(25), 4, 800));
    history.items[0].signs = {{.day = test_begin + Days(29), .sign = Sign::forecast, .value = 10, .count = 1}};
    const auto at = [&](int days, std::string_view name) {
        return value(snapshot(history, test_begin + Days(days), 28), 0, name);
    };
    EXPECT_TRUE(std::isnan(at(29, "forecast_units")));
    EXPECT_NEAR(at(30, "forecast_units"), std::log1p(10), 1e-6);
    EXPECT_NEAR(at(30, "forecast_rise"), std::log(12.0 / 6), 1e-6);
    EXPECT_NEAR(at(30, "forecast_revenue"), std::log1p(2000), 1e-5) << "at the price that it sold for";
    EXPECT_TRUE(std::isnan(at(58, "forecast_units"))) << "four weeks old";
}

TEST(Snapshot, AnItemOfWhichNothingIsKnownIsUnknownEverywhere) {
    History history{.first = test_begin, .last = test_begin + Days(60), .items = {}};
    history.items.push_back({.id = "x", .title = "", .category = "", .listed = true, .listed_on = test_begin});
    const auto taken = snapshot(history, test_begin + Days(30), 28);
    ASSERT_EQ(taken.count(), 1);
    for (const auto* name : {"price", "return_share", "days_since_sale", "price_to_rival", "rating", "stock"})
        EXPECT_TRUE(std::isnan(value(taken, 0, name))) << name;
    EXPECT_NEAR(value(taken, 0, "age_days"), 30, 1e-9);
    EXPECT_EQ(snapshot({}, test_begin, 28).count(), 0);
}

TEST(Outcomes, AreTheProfitOfTheWindow) {
    const auto history = small_shop(4, 100);
    const auto taken = snapshot(history, test_begin + Days(50), 28);
    double units = 0;
    for (const auto& d : history.items[2].days)
        if (d.day >= test_begin + Days(50) && d.day < test_begin + Days(78)) units += d.units;
    EXPECT_NEAR(outcomes(history, taken, 28)[2], 600 * units, 1e-9);
}

TEST(TitleWords, AreShortenedWithoutCuttingASign) {
    EXPECT_EQ(shortened(std::string(300, 'a')), std::string(300, 'a'));
    EXPECT_EQ(shortened(std::string(301, 'a')), std::string(300, 'a'));
    std::string cups = "a";
    for (int i = 0; i < 100; ++i) cups += "杯";
    EXPECT_EQ(shortened(cups), cups.substr(0, 298));
}

TEST(TitleWords, SplitsLatinByWordsAndChineseByNeighbours) {
    EXPECT_THAT(title_words("RED Mug, 12cm"), ElementsAre("red", "mug", "12cm"));
    EXPECT_THAT(title_words("红茶杯 set"), ElementsAre("红茶", "茶杯", "set"));
    EXPECT_THAT(title_words(""), ElementsAre());
    EXPECT_EQ(title_words(std::string(100'000, '\xF0')).size(), most_words);
    EXPECT_EQ(title_words("a\xE7").size(), 0) << "a sign that ends too soon";
    const auto same = title_vector("Red Mug"), again = title_vector("RED MUG"), other = title_vector("Blue Kettle");
    EXPECT_EQ(same, again);
    EXPECT_NE(same, other);
}

TEST(Rivals, TheBuyersRulesPutWhatFailsBehind) {
    History history{.first = test_begin, .last = test_begin + Days(200), .items = {}};
    for (int i = 0; i < 2; ++i) {
        Item item{.id = std::to_string(i), .title = "", .category = "", .days = {}, .signs = {}};
        for (int d = 0; d < 100; d += 4)
            item.days.push_back({.day = test_begin + Days(d), .units = 1, .revenue = 100, .orders = 1});
        history.items.push_back(item);
    }
    history.items[1].days.push_back({.day = test_begin + Days(99), .units = 50, .revenue = 5000, .orders = 1});
    const auto at = [&] { return buyer_scores(snapshot(history, test_begin + Days(100), 28), {}); };
    EXPECT_GT(at()[1], at()[0]);
    history.items[1].days.back().returned_value = 2000;  // 27 % of its last 91 days
    EXPECT_LT(at()[1], at()[0]);
}

TEST(Judge, CountsTheBestAndTheirProfit) {
    const std::vector<double> scores = {5, 4, 3, 2, 1}, outcomes = {10, 0, 20, 30, -5};
    const auto two = judge(scores, outcomes, {.top = 2, .success_share = 0.6});
    EXPECT_NEAR(two.precision, 0, 1e-12);     // the best are 3 and 2
    EXPECT_NEAR(two.recall, 1.0 / 3, 1e-12);  // of 3, 2 and 0 the list has 0
    EXPECT_NEAR(two.captured, 0.2, 1e-12);    // 10 of 50
    EXPECT_NEAR(judge(outcomes, outcomes, {.top = 3}).precision, 1, 1e-12);
    EXPECT_NEAR(judge(scores, {outcomes.begin(), 5}, {.top = 99}).precision, 1, 1e-12);
    EXPECT_EQ(judge({}, {}, {}).captured, 0);
}

TEST(Judge, BootstrapHoldsTheMeanAndTheSpread) {
    std::vector<double> values;
    for (int i = 0; i < 100; ++i) values.push_back(i % 2);  // mean 0.5, standard error 0.05
    const auto interval = bootstrap(values, 1);
    EXPECT_NEAR(interval.mean, 0.5, 1e-12);
    EXPECT_NEAR(interval.low, 0.5 - 1.96 * 0.05, 0.015);
    EXPECT_NEAR(interval.high, 0.5 + 1.96 * 0.05, 0.015);
    const std::vector<double> twice = {2, 4, 6}, once = {1, 2, 3};
    const auto ratio = bootstrap_ratio(twice, once, 1);
    EXPECT_THAT((std::vector{ratio.mean, ratio.low, ratio.high}), Each(2.0));
}

TEST(Blend, GivesWeightToWhoIsRight) {
    std::vector<Trial> trials(3);
    for (std::size_t t = 0; t < trials.size(); ++t) {
        for (std::size_t i = 0; i < 200; ++i) {
            trials[t].outcomes.push_back(static_cast<double>((i * 37 + t) % 200));
            for (auto& member : trials[t].scores) member.push_back(static_cast<double>((i * 53) % 200));
        }
        trials[t].scores[1] = trials[t].outcomes;  // the linear one is right
    }
    const auto weights = choose_weights(trials, {20});
    EXPECT_GT(weights[1], 0.5);
    EXPECT_NEAR(judge(blended(trials[0].scores, weights), trials[0].outcomes, {.top = 20}).precision, 0.85, 0.101);
    EXPECT_LT(judge(blended(trials[0].scores, choose_weights({}, {})), trials[0].outcomes, {.top = 20}).precision, 0.5);
    EXPECT_NEAR(choose_weights({}, {20})[2], 0.25, 1e-12);
    EXPECT_THAT(normal_scores({3, 3, 3}), Each(testing::DoubleNear(0, 1e-3)));
}

TEST(Linear, FindsThePlaneAndTakesUnknowns) {
    std::vector<float> features, labels;
    for (int i = 0; i < 300; ++i) {
        const float a = float(i % 17), b = float(i % 11);
        features.insert(features.end(), {a, b});
        labels.push_back(3 + 2 * a - b);
    }
    const auto model =
        fit_linear({.features = {features, 2}, .labels = labels, .weights = {}, .categorical = {}}, 1e-9);
    ASSERT_TRUE(model);
    const std::vector<float> ask = {5, 4, NAN, 4};
    EXPECT_NEAR(model->predict({ask, 2})[0], 9, 1e-3);
    EXPECT_NEAR(model->predict({ask, 2})[1], 3 + 2 * 8 - 4, 0.3) << "an unknown counts as the column's mean";
    EXPECT_FALSE(fit_linear({}, 1));
}

class BacktestTest : public testing::Test {
  protected:
    void SetUp() override {
        if (const auto api = engines::light_gbm(); !api) GTEST_SKIP() << api.error().text();
        if (const auto api = engines::xg_boost(); !api) GTEST_SKIP() << api.error().text();
    }
    static Result<Backtest> run(const History& history) {
        BacktestOptions options{.origins = 2, .horizon = 14, .step = 14, .warm_up = 2, .tops = {20}};
        options.learn.rounds = 20;
        options.learn.threads = 1;
        return backtest(history, options, [](int) {});
    }
};

// Whatever happens from an origin's morning on must not change that origin's list, nor the weights behind it.
TEST_F(BacktestTest, NothingOfTheFutureReachesAList) {
    const auto history = small_shop();
    const auto honest = run(history).value();
    const std::size_t first = std::getenv("SUANPAN_FAST") == nullptr ? 0 : 1;
    for (std::size_t i = first; i < honest.origins.size(); ++i) {
        const auto other = run(corrupted_from(history, honest.origins[i].origin)).value();
        for (std::size_t j = 0; j <= i; ++j) {
            EXPECT_EQ(honest.origins[j].scores, other.origins[j].scores) << i << " " << j;
            EXPECT_EQ(honest.origins[j].weights, other.origins[j].weights) << i << " " << j;
        }
        if (i + 1 < honest.origins.size()) {
            EXPECT_NE(honest.origins[i + 1].scores, other.origins[i + 1].scores);
        }
    }
}

// Comets rise and anvils sink, so that the truth's best are not those of the last weeks.
TEST_F(BacktestTest, TheEnsembleFindsWhatRises) {
    const auto tested = run(small_shop()).value();
    std::map<std::string, double> precision;
    for (const auto& s : summarise(tested)) precision[s.method] = s.precision.mean;
    EXPECT_GT(precision["ensemble"], precision["random"] + 0.2);
    EXPECT_GE(precision["ensemble"] + 0.1, precision["last 4 weeks"]);
    EXPECT_FALSE(precision.contains("last year")) << "260 days have no year to look back on";
}

TEST_F(BacktestTest, SaysWhereHistoryIsTooShort) {
    const auto refused = run(small_shop(5, 60));
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text(), HasSubstr("can judge"));
    EXPECT_THAT(refused.error().text(), HasSubstr("ask for fewer"));
}

}  // namespace
}  // namespace suanpan::selection
