#include <cmath>

#include "areas/demand/planner/accuracy.h"
#include "areas/demand/planner/overrides.h"
#include "areas/demand/planner/value_added.h"
#include "areas/demand/test_shop.h"

namespace suanpan::demand {

struct PlannedRow {
    std::vector<double> mean, model_mean, window_quantiles;
    double window_mean = 0, model_window_mean = 0;
    std::optional<std::int64_t> override_id;
};

namespace {

using store::Connection;
using testing::DoubleEq;
using testing::ElementsAre;
using testing::HasSubstr;

// Item a: 10 a week; item b: nothing. The window is two weeks, its quantiles 10, 20 and 30.
class PlannerTest : public DemandShopTest {
  protected:
    void SetUp() override { make_shop(); }
    void forecast(Day day, double a, double b) {
        ASSERT_TRUE(write([&](Connection& c) -> Result<> {
            for (const auto& [item, units] : {std::pair{"a", a}, std::pair{"b", b}})
                TRY(c.query(R"(
                    INSERT INTO demand.forecast (as_of, item_id, method, first_period, mean, window_periods, window_mean,
                                                 levels, window_quantiles, baseline_mean, error, baseline_error, periods)
                    SELECT $1::DATE, $2, 'ets', $1::DATE, [$3, $3, $3, $3], 2, 2 * $3::DOUBLE, [0.05, 0.5, 0.95],
                           [$3, 2 * $3, 3 * $3], 30, 1, 2, 50)",
                            day, std::string(item), units));
            return apply_overrides(c, day);
        }));
    }
    void sell(const std::string& item, Day from, int days, std::int64_t units) {
        ASSERT_TRUE(write([&](Connection& c) -> Result<> {
            for (int day = 0; day < days; ++day)
                TRY(c.query("INSERT INTO data.sales_daily VALUES (?, ?, ?)", item, from + Days(day), units));
            return {};
        }));
    }
    Result<std::int64_t> say(const Override& one) {
        std::int64_t id = 0;
        TRY(write([&](Connection& c) -> Result<> {
            auto made = one;
            made.made_on = TRY(newest_day(c));
            id = TRY(add_override(c, made));
            return {};
        }));
        return id;
    }
    PlannedRow planned(Day day, const std::string& item) {
        return shop->database()
            .read([&](Connection& c) {
                return c.row<PlannedRow>("FROM demand.planned WHERE as_of = ? AND item_id = ?", day, item);
            })
            .value();
    }
};

Override raise(Day from, Day until, double factor) {
    return {
        .item_id = "a", .from_day = from, .until_day = until, .factor = factor, .reason = "fair", .made_by = "ming"};
}

TEST_F(PlannerTest, AnOverrideStandsBesideTheModelsNumber) {
    forecast(monday, 10, 0);
    const auto id = say(raise(monday + Days(7), monday + Days(13), 4)).value();
    const auto row = planned(monday, "a");
    EXPECT_THAT(row.mean, ElementsAre(10, 40, 10, 10));
    EXPECT_THAT(row.model_mean, ElementsAre(10, 10, 10, 10));
    EXPECT_EQ(row.window_mean, 50);
    EXPECT_EQ(row.model_window_mean, 20);
    EXPECT_EQ(row.override_id, id);
    // 10 units below and above the mean, times the root of 50 / 20.
    const double away = 10 * std::sqrt(2.5);
    EXPECT_THAT(row.window_quantiles, ElementsAre(DoubleEq(50 - away), DoubleEq(50), DoubleEq(50 + away)));
    EXPECT_FALSE(planned(monday, "b").override_id);
    EXPECT_EQ(say(raise(monday + Days(7), monday + Days(13), 4)).value(), id);  // not kept twice
}

TEST_F(PlannerTest, APeriodInPartIsMovedInPart) {
    forecast(monday, 14, 0);
    ASSERT_TRUE(say(raise(monday + Days(5), monday + Days(8), 2)));  // 2 days of a week, 2 of the next
    EXPECT_THAT(planned(monday, "a").mean, ElementsAre(DoubleEq(18), DoubleEq(18), 14, 14));
}

TEST_F(PlannerTest, TheNewestCountsAndItEnds) {
    forecast(monday, 10, 0);
    ASSERT_TRUE(say(raise(monday, monday + Days(13), 2)));
    auto units = raise(monday + Days(7), monday + Days(13), 0);
    units.factor.reset();
    units.units = 70;
    ASSERT_TRUE(say(units));
    EXPECT_THAT(planned(monday, "a").mean, ElementsAre(20, 70, 10, 10));
    forecast(monday + Days(7), 10, 0);  // it goes on to hold for what is forecast later
    EXPECT_THAT(planned(monday + Days(7), "a").mean, ElementsAre(70, 10, 10, 10));
    forecast(monday + Days(14), 10, 0);
    EXPECT_FALSE(planned(monday + Days(14), "a").override_id);
    forecast(monday - Days(7), 10, 0);  // a day forecast once more, before the override was made
    EXPECT_FALSE(planned(monday - Days(7), "a").override_id);
}

TEST_F(PlannerTest, WithdrawnTheModelCountsAgainAndThePastStays) {
    forecast(monday, 10, 0);
    const auto id = say(raise(monday, monday + Days(27), 3)).value();
    forecast(monday + Days(7), 10, 0);
    const auto withdraw = [&](std::int64_t one) {
        return write([&](Connection& c) { return withdraw_override(c, one); });
    };
    ASSERT_TRUE(withdraw(id));
    EXPECT_THAT(planned(monday + Days(7), "a").mean, ElementsAre(10, 10, 10, 10));
    EXPECT_THAT(planned(monday, "a").mean, ElementsAre(30, 30, 30, 30));
    EXPECT_THAT(withdraw(id).error().text(), HasSubstr("was withdrawn on 2026-03-09"));
    EXPECT_THAT(withdraw(99).error().text(), HasSubstr("no override of this number"));
}

TEST_F(PlannerTest, NothingForecastCanBeRaised) {
    forecast(monday, 10, 0);
    auto one = raise(monday, monday + Days(13), 0);
    one.item_id = "b";
    one.factor.reset();
    one.units = 6;
    ASSERT_TRUE(say(one));
    EXPECT_EQ(planned(monday, "b").window_mean, 12);
    EXPECT_THAT(planned(monday, "b").window_quantiles, ElementsAre(12, 12, 12));
}

TEST_F(PlannerTest, SaysWhatIsWrongWithAnOverride) {
    const auto error = [&](const Override& one) { return say(one).error().text(); };
    EXPECT_THAT(error(raise(monday, monday, 2)), HasSubstr("there is no forecast yet"));
    forecast(monday, 10, 0);
    const auto with = [](auto change) {
        auto one = raise(monday, monday + Days(6), 2);
        change(one);
        return one;
    };
    EXPECT_THAT(error(with([](Override& o) { o.units = 3; })), HasSubstr("either units a period or a factor"));
    EXPECT_THAT(error(with([](Override& o) { o.factor = std::nan(""); })), HasSubstr("factor: write a number from 0"));
    EXPECT_THAT(error(with([](Override& o) { o.factor = -1; })), HasSubstr("factor: write a number from 0"));
    EXPECT_THAT(error(with([](Override& o) { o.until_day = monday - Days(1); })), HasSubstr("before it begins"));
    EXPECT_THAT(error(with([](Override& o) { o.until_day = monday + Days(366); })), HasSubstr("at most 366 days"));
    EXPECT_THAT(error(with([](Override& o) { o.reason = " \n"; })), HasSubstr("reason: say why"));
    EXPECT_THAT(error(with([](Override& o) { o.item_id = "'; DROP TABLE x"; })), HasSubstr("no forecast of this item"));
    EXPECT_EQ(planned(monday, "a").window_mean, 20);
}

// Sold 5 a day, so 70 in the window: the naive says 30, the model 20, the planner 60.
TEST_F(PlannerTest, ValueAddedComparesNaiveModelAndPlanner) {
    forecast(monday, 10, 0);
    ASSERT_TRUE(say(raise(monday, monday + Days(13), 3)));
    const auto added = [&] {
        return shop->database().read([&](Connection& c) { return value_added(c, monday - Days(30)); }).value();
    };
    EXPECT_EQ(added().all.windows, 0);  // nothing was sold at all
    sell("a", monday, 13, 5);
    EXPECT_EQ(added().all.windows, 0);  // a day is still to come
    sell("a", monday + Days(13), 1, 5);
    sell("a", monday - Days(3), 1, 900);  // before the window
    const auto found = added();
    EXPECT_EQ(found.all.windows, 2);
    EXPECT_EQ(found.all.sold, 70);
    EXPECT_EQ(found.all.naive, 40 + 30);
    EXPECT_EQ(found.all.model, 50 + 0);
    EXPECT_EQ(found.all.planned, 10 + 0);
    EXPECT_DOUBLE_EQ(found.all.model_added(), 1 - 50.0 / 70);
    EXPECT_DOUBLE_EQ(found.all.planned_added(), 0.8);
    ASSERT_EQ(found.methods.size(), 1u);
    EXPECT_EQ(found.methods[0].name, "ets");
    ASSERT_EQ(found.overrides.size(), 1u);
    EXPECT_EQ(found.overrides[0].reason, "fair");
    EXPECT_EQ(found.overrides[0].model, 50);
    EXPECT_EQ(found.overrides[0].planned, 10);
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(c.query("INSERT INTO data.stock_out_days VALUES ('a', ?)", monday + Days(4)));
        return {};
    }));
    EXPECT_EQ(added().left_out, 1);
    EXPECT_EQ(added().all.windows, 1);
    EXPECT_TRUE(added().overrides.empty());
}

// Over four weeks a sells 12, 8, 20 and 20 where 10 are forecast; b 90 a week where 100 are, and has most of the
// revenue.
TEST_F(PlannerTest, AccuracyIsToldByClassAndByHowFarAhead) {
    forecast(monday, 10, 100);
    forecast(monday + Days(2), 10, 100);  // begins with the same period in a shop by weeks: the newest counts
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(c.query("UPDATE demand.forecast SET first_period = ?", monday));
        TRY(c.query("UPDATE demand.forecast SET mean = [99, 99, 99, 99] WHERE as_of = ?", monday));
        TRY(c.query("INSERT INTO data.product VALUES ('a', 'A', 'cups', NULL), ('b', 'B', NULL, NULL)"));
        return {};
    }));
    for (const auto& [week, units] : {std::pair{0, 12}, {1, 8}, {2, 20}, {3, 20}}) {
        sell("a", monday + Days(7 * week + 1), 1, units);
        sell("b", monday + Days(7 * week), 1, 90);
    }
    sell("b", monday + Days(27), 1, 0);
    const auto by = [&](GroupBy group) {
        auto done = read([&](Connection& c) { return accuracy(c, monday - Days(3), group); });
        EXPECT_TRUE(done) << done.error().text();
        return done.value_or(Accuracy{});
    };
    const auto found = by(GroupBy::abc);
    EXPECT_EQ(found.items, 2);
    EXPECT_EQ(found.all.windows, 2);
    EXPECT_EQ(found.all.sold, 200);
    EXPECT_EQ(found.all.model, 0 + 20);
    EXPECT_EQ(found.all.naive, 10 + 150);
    EXPECT_EQ(found.all.held, 2);
    ASSERT_EQ(found.groups.size(), 2u);
    EXPECT_EQ(found.groups[0].name, "A");
    EXPECT_EQ(found.groups[0].sold, 180);
    EXPECT_EQ(found.groups[1].name, "B") << "b brings 86 %";
    ASSERT_EQ(found.ahead.size(), 4u);
    EXPECT_EQ(found.ahead[0].model, 2 + 10);
    EXPECT_EQ(found.ahead[2].model, 10 + 10);
    EXPECT_EQ(found.ahead[2].forecast, 110);
    EXPECT_EQ(by(GroupBy::method).groups[0].name, "ets");
    EXPECT_EQ(by(GroupBy::category).groups[1].name, "cups");
    EXPECT_THAT(group_by("colour").error().text(), HasSubstr("class, category or method"));
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(c.query("INSERT INTO data.stock_out_days VALUES ('a', ?)", monday + Days(9)));
        return {};
    }));
    EXPECT_EQ(by(GroupBy::abc).all.windows, 1);
    EXPECT_EQ(by(GroupBy::abc).ahead[1].periods, 1);
    EXPECT_EQ(by(GroupBy::abc).ahead[0].periods, 2);
}

// a sells 14 a week where 10 are forecast, every week; b now 3 more, now 3 less.
TEST_F(PlannerTest, BiasIsAlarmedAndNoiseIsNot) {
    for (int week = 0; week < 8; ++week) {
        forecast(monday + Days(7 * week), 10, 10);
        sell("a", monday + Days(7 * week), 7, 2);
        sell("b", monday + Days(7 * week), 1, week % 2 == 0 ? 13 : 7);
    }
    sell("b", monday + Days(55), 1, 0);
    const auto report = [&](std::int64_t least) {
        auto done = shop->database().read([&](Connection& c) { return bias(c, {.since = monday, .least = least}); });
        EXPECT_TRUE(done) << done.error().text();
        return done.value_or(BiasReport{});
    };
    const auto found = report(6);
    EXPECT_EQ(found.items, 2);
    ASSERT_EQ(found.alarms.size(), 1u);
    EXPECT_EQ(found.alarms[0].item_id, "a");
    EXPECT_EQ(found.alarms[0].periods, 8);
    EXPECT_EQ(found.alarms[0].sold, 8 * 14);
    EXPECT_DOUBLE_EQ(found.alarms[0].deviation, 4);
    EXPECT_DOUBLE_EQ(found.alarms[0].signal, 8);  // always on one side: as many as there are periods
    EXPECT_EQ(report(9).items, 0);
}

}  // namespace
}  // namespace suanpan::demand
