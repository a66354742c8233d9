#include <gmock/gmock.h>

#include <cmath>

#include "areas/demand/contributions.h"
#include "areas/demand/explain/words.h"
#include "areas/demand/planner/overrides.h"
#include "areas/demand/simulated.h"
#include "areas/demand/test_shop.h"
#include "platform/operations/json.h"

namespace suanpan::demand {

namespace {

using store::Connection;

TEST(Contributions, AddUpToTheForecastOfEveryMethod) {
    const auto seasonal = simulate({1.4, 1.0, 0.7, 1.0, 1.5, 1.4, 0.2}, 9, 84, 0).past;
    const std::vector<double> falling = {90, 80, 72, 61, 50, 42, 30, 22, 11, 3, 1, 0};
    std::vector<std::vector<double>> all = {falling, {5}, {0, 0, 0}, std::vector<double>(30, 7)};
    for (const auto& series : seasonal) all.push_back(series.values);
    for (const auto& y : all)
        for (const auto& method : methods())
            for (const int window : {1, 2, 9}) {
                const auto path = method.fit(y, 7);
                double whole = 0;
                for (const double value : mean(path, window)) whole += value;
                EXPECT_NEAR(contributions(path, window).sum(), whole, 1e-9 * (1 + whole)) << path.method;
            }
}

TEST(Contributions, TellLevelTrendAndSeasonApart) {
    const Path adds{.level = 10, .trend = 2, .phi = 1, .season = {4, -4}};
    const auto one = contributions(adds, 2);
    EXPECT_DOUBLE_EQ(one.base, 20);
    EXPECT_DOUBLE_EQ(one.trend, 6);
    EXPECT_THAT(one.season, testing::ElementsAre(4, -4));
    const Path times{.level = 10, .season = {1.5, 0.5}, .multiplicative = true};
    const auto two = contributions(times, 1);
    EXPECT_DOUBLE_EQ(two.base, 10);
    EXPECT_THAT(two.season, testing::ElementsAre(5));
    // The seasonal naive is all season; its base is the mean of the cycle.
    const std::vector<double> y = {1, 2, 3, 10};
    const auto naive = contributions(seasonal_naive(y, 4), 4);
    EXPECT_DOUBLE_EQ(naive.base, 16);
    EXPECT_THAT(naive.season, testing::ElementsAre(-3, -2, -1, 6));
    const Path sinks{.level = 3, .trend = -2, .phi = 1};
    EXPECT_DOUBLE_EQ(contributions(sinks, 3).cut, 1 + 3);
}

TEST(Uplift, IsSoldOverExpectedWithAnInterval) {
    std::vector<PromotionEpisode> episodes;
    Draws draws(3);
    for (int i = 0; i < 40; ++i) episodes.push_back({"a", std::to_string(i), 7, draws.poisson(40), 20});
    const auto found = uplift(episodes, 7);
    EXPECT_EQ(found.of, "item");
    EXPECT_NEAR(found.factor, 2, 0.1);
    EXPECT_LT(found.low, found.factor);
    EXPECT_GT(found.high, found.factor);
    EXPECT_LT(found.high - found.low, 0.3);
    EXPECT_EQ(uplift(std::span(episodes).first(1), 7).of, "") << "one promotion says nothing of the next";
    EXPECT_EQ(uplift(episodes, 281).of, "");
    EXPECT_EQ(uplift({}, 1).of, "");
}

TEST(Uplift, OfAPlannedPromotionAddsToDaysWithoutOne) {
    const Uplift twice{.of = "item", .factor = 2, .low = 1.5, .high = 3};
    // 140 units in 14 days without promotions: 10 a day, and 7 more days of 10.
    const auto planned = planned_promotion(twice, {.units = 140, .days = 14, .promoted = 7, .usual_share = 0});
    EXPECT_DOUBLE_EQ(planned.units, 70);
    EXPECT_DOUBLE_EQ(planned.low, 35);
    EXPECT_DOUBLE_EQ(planned.high, 140);
    // Half of the days that were learned from were promoted, half of the window is: nothing to add.
    EXPECT_DOUBLE_EQ(planned_promotion(twice, {.units = 140, .days = 14, .promoted = 7, .usual_share = 0.5}).units, 0);
    EXPECT_LT(planned_promotion(twice, {.units = 140, .days = 14, .promoted = 0, .usual_share = 0.5}).units, 0);
    EXPECT_DOUBLE_EQ(planned_promotion({}, {.units = 140, .days = 14, .promoted = 7, .usual_share = 0}).units, 0);
}

// Item "mug" sells 10 a day for 60 weeks, 30 a day in the first half of every fifth week, when it is promoted.
class DemandExplainTest : public DemandShopTest {
  protected:
    void SetUp() override {
        make_shop();
        add_operations(registry);
        std::vector<TestSale> sales;
        std::vector<TestPromotion> promotions;
        for (int week = 60; week > 0; --week) {
            const Day start = monday - Days(7 * week);
            const bool promoted = week % 5 == 0;
            if (promoted) promotions.push_back({"p" + std::to_string(week), "mug", start, start + Days(2)});
            for (int day = 0; day < 7; ++day)
                sales.push_back({"mug", start + Days(day), promoted && day < 3 ? 30 : 10});
        }
        sales.push_back({"cup", monday - Days(3), 2});
        promotions.push_back({"ahead", "mug", monday + Days(7), monday + Days(13)});
        promotions.push_back({"ahead", "cup", monday, parse_day("9999-12-31").value()});
        ASSERT_TRUE(write([&](Connection& c) -> Result<> {
            TRY(c.append<TestSale>("data", "sales_daily", sales));
            TRY(c.append<TestPromotion>("data", "promotion", promotions));
            TRY(
                c.query("INSERT INTO data.product VALUES ('mug', 'Blue mug', 'china', NULL), "
                        "('cup', 'Cup', 'china', NULL)"));
            return {};
        }));
        run_on(monday);
    }
    Result<std::string> call(const std::string& item) {
        auto asking = context(operations::Role::viewer);
        return registry.call(asking, "demand.explain", R"({"item":")" + item + R"("})");
    }
    operations::Json explain(const std::string& item) {
        const auto reply = call(item);
        EXPECT_TRUE(reply) << reply.error().text();
        return operations::parse_json(reply.value_or("{}")).value();
    }
    static double sum_of_parts(operations::Json& reply) {
        double sum = 0;
        for (auto& part : reply["parts"].get_array()) sum += part["units"].as<double>();
        return sum;
    }
};

TEST_F(DemandExplainTest, PartsAddUpBesideOtherTimesAndPromotions) {
    auto reply = explain("mug");
    EXPECT_NEAR(sum_of_parts(reply), reply["units"].as<double>(), 1e-9);
    EXPECT_EQ(reply["last_year_units"].as<double>(), 70 + 70) << "52 and 51 weeks before, without a promotion";
    EXPECT_EQ(reply["last_weeks_units"].as<double>(), 140);
    EXPECT_EQ(reply["uplift"]["of"].get_string(), "item");
    EXPECT_DOUBLE_EQ(reply["uplift"]["factor"].as<double>(), 3);
    EXPECT_EQ(reply["planned"]["days"].as<double>(), 7);
    EXPECT_GT(reply["planned"]["units"].as<double>(), 50);
    EXPECT_THAT(reply["sentence_en"].get_string(), testing::HasSubstr("Blue mug"));
    EXPECT_THAT(reply["sentence_en"].get_string(), testing::HasSubstr("7 promoted days lie ahead"));
    EXPECT_THAT(reply["sentence_zh"].get_string(), testing::HasSubstr("去年同期"));
}

TEST_F(DemandExplainTest, AnOverrideIsAPartOfItsOwn) {
    const auto model = explain("mug")["units"].as<double>();
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(add_override(c, {.item_id = "mug",
                             .made_on = monday,
                             .from_day = monday,
                             .until_day = monday + Days(13),
                             .factor = 1.5,
                             .reason = "fair",
                             .made_by = "user:ming",
                             .made_at = now()}));
        return {};
    }));
    auto reply = explain("mug");
    EXPECT_NEAR(reply["units"].as<double>(), 1.5 * model, 1e-9);
    EXPECT_NEAR(sum_of_parts(reply), reply["units"].as<double>(), 1e-9);
    EXPECT_EQ(reply["parts"].get_array().back()["name"].get_string(), "override");
    EXPECT_NEAR(reply["parts"].get_array().back()["units"].as<double>(), 0.5 * model, 1e-9);
}

TEST_F(DemandExplainTest, AnItemWithoutPromotionsTakesItsCategorys) {
    auto reply = explain("cup");
    EXPECT_EQ(reply["uplift"]["of"].get_string(), "category");
    EXPECT_DOUBLE_EQ(reply["uplift"]["factor"].as<double>(), 3);
    EXPECT_EQ(reply["planned"]["days"].as<double>(), 14) << "a promotion without an end covers the window";
    EXPECT_NEAR(sum_of_parts(reply), reply["units"].as<double>(), 1e-9);
}

// What is sold from the day of forecasting on changes nothing that was learned.
TEST_F(DemandExplainTest, LearnsNothingFromTheDayOn) {
    const auto before = call("mug").value();
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(c.query("INSERT INTO data.sales_daily SELECT 'mug', ?::DATE + i::INTEGER, 900 FROM range(14) AS t(i)",
                    monday));
        return {};
    }));
    EXPECT_EQ(call("mug").value(), before);
}

TEST_F(DemandExplainTest, SaysWhatItCannotExplain) {
    EXPECT_EQ(call("nothing").error().code, ErrorCode::not_found);
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(c.query("UPDATE demand.forecast SET base_part = NULL"));
        return {};
    }));
    EXPECT_EQ(call("mug").error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace suanpan::demand
