#include "areas/demand/run.h"

#include "areas/demand/simulated.h"
#include "areas/demand/test_shop.h"
#include "areas/demand/train.h"

namespace suanpan::demand {

struct Kept {
    std::string item_id, method, model, model_version;
    std::vector<double> mean, window_quantiles;
    std::int64_t period_days = 0, window_periods = 0;

    bool operator==(const Kept&) const = default;
};

namespace {

namespace fs = std::filesystem;
using store::Connection;

class DemandRunTest : public DemandShopTest {
  protected:
    void SetUp() override { make({}); }
    void make(const std::map<std::string, std::string>& options) {
        make_shop(options);
        sell(simulate({1.4, 1.0, 0.7, 1.0, 1.5, 1.4, 0.0}, 12, 140, 0).past, monday - Days(140));
    }
    void sell(const std::vector<Series>& days, Day first) {
        std::vector<TestSale> rows;
        for (const auto& series : days)
            for (std::size_t t = 0; t < series.values.size(); ++t)
                if (series.values[t] > 0)
                    rows.push_back({series.id, first + Days(int(t)), static_cast<std::int64_t>(series.values[t])});
        ASSERT_TRUE(
            shop->database().write([&](Connection& c) { return c.append<TestSale>("data", "sales_daily", rows); }));
    }
    std::vector<Kept> kept(Day day) {
        return shop->database()
            .read([&](Connection& c) {
                return c.rows<Kept>("FROM demand.forecast WHERE as_of = ? ORDER BY item_id", day);
            })
            .value();
    }
};

TEST_F(DemandRunTest, TheSameDataAreTheSameVersionAndWrittenOnce) {
    const auto first = run_on(monday);
    const auto rows = kept(monday);
    ASSERT_EQ(rows.size(), 12u);
    EXPECT_EQ(rows[0].model, "demand.weekly");
    EXPECT_EQ(rows[0].model_version, first.model_version);
    EXPECT_TRUE(first.model_version.starts_with("20260302-")) << first.model_version;
    const auto written = fs::last_write_time(folder / "models/demand.weekly" / first.model_version / "card.json");
    // Thursday has the same whole weeks before it.
    for (const Day day : {monday, monday + Days(3)}) {
        EXPECT_EQ(run_on(day).model_version, first.model_version);
        EXPECT_EQ(kept(day), rows);
    }
    EXPECT_EQ(fs::last_write_time(folder / "models/demand.weekly" / first.model_version / "card.json"), written);
    EXPECT_EQ(count("SELECT count(*) FROM models.version"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM decisions.decision"), 0);
}

TEST_F(DemandRunTest, OtherDataAreAnotherVersionThatServesByDecision) {
    const auto first = run_on(monday);
    sell({{"item 3", {40}}}, monday - Days(5));
    const auto second = run_on(monday);
    EXPECT_NE(second.model_version, first.model_version);
    EXPECT_EQ(second.promotion, "acted");
    EXPECT_EQ(kept(monday)[0].model_version, second.model_version);
    EXPECT_EQ(count("SELECT count(*) FROM decisions.current WHERE kind = 'models.promote' AND state = 'acted'"), 1);
}

// Until a person decides, the old version serves, and what was sold since moves it.
TEST_F(DemandRunTest, TheVersionThatServesIsBroughtUpToTheDay) {
    make({{"models.promotions", "by a person"}, {"models.tolerance", "10"}});
    const auto first = run_on(monday);
    std::vector<Series> week;
    for (int i = 0; i < 12; ++i) week.push_back({"item " + std::to_string(i), std::vector<double>(7, 30)});
    week.push_back({"new item", std::vector<double>(7, 5)});
    sell(week, monday);
    const auto second = run_on(monday + Days(7));
    EXPECT_EQ(second.promotion, "pending");
    EXPECT_NE(second.trained_version, first.model_version);
    EXPECT_EQ(second.model_version, first.model_version);
    const auto before = kept(monday), after = kept(monday + Days(7));
    ASSERT_EQ(after.size(), 13u);
    double rise = 0;
    for (std::size_t i = 0; i < 12; ++i) rise += after[i].mean[0] - before[i].mean[0];
    EXPECT_GT(rise, 12);
    EXPECT_EQ(after[12].item_id, "new item");
    EXPECT_EQ(after[12].mean[0], 35);
}

// A week unlike all others makes the new version worse than the old one was: it is kept, and does not serve.
TEST_F(DemandRunTest, AWorseVersionIsRefusedAndTheOldOneServes) {
    const auto first = run_on(monday);
    std::vector<Series> week;
    for (int i = 0; i < 12; ++i) week.push_back({"item " + std::to_string(i), std::vector<double>(7, 30)});
    sell(week, monday);
    const auto second = run_on(monday + Days(7));
    EXPECT_EQ(second.promotion, "refused");
    EXPECT_THAT(second.promotion_message, testing::HasSubstr("serving version"));
    EXPECT_EQ(second.model_version, first.model_version);
    EXPECT_EQ(run_on(monday + Days(7)).promotion, "refused");
    EXPECT_EQ(count("SELECT count(*) FROM models.version"), 2);
}

TEST_F(DemandRunTest, AnEarlierDayIsNotForecastByAModelThatSawItsFuture) {
    const auto later = run_on(monday);
    const auto earlier = run_on(monday - Days(14));
    EXPECT_EQ(earlier.promotion, "older");
    EXPECT_NE(earlier.model_version, later.model_version);
    EXPECT_EQ(kept(monday - Days(14))[0].model_version, earlier.model_version);
    EXPECT_EQ(run_on(monday).model_version, later.model_version);
}

TEST_F(DemandRunTest, ADamagedModelIsNotServed) {
    const auto first = run_on(monday);
    const auto file = folder / "models/demand.weekly" / first.model_version / "weights.safetensors";
    auto bytes = store::read_file(file).value();
    bytes.back() ^= 1;
    ASSERT_TRUE(store::write_file(file, bytes));
    auto asking = context();
    const auto report = run(asking, monday);
    ASSERT_FALSE(report);
    EXPECT_THAT(report.error().text(), testing::HasSubstr("weights.safetensors"));
}

TEST_F(DemandRunTest, DaysWhereTheShopSaysSo) {
    make({{"demand.period", "day"}, {"stock.lead_time_days", "3"}, {"stock.review_days", "2"}});
    const auto report = run_on(monday + Days(2));
    EXPECT_EQ(report.model, "demand.daily");
    EXPECT_EQ(report.periods, 142);
    const auto rows = kept(monday + Days(2));
    EXPECT_EQ(rows[0].period_days, 1);
    EXPECT_EQ(rows[0].window_periods, 5);
    EXPECT_EQ(rows[0].mean.size(), 28u);
    make({{"demand.period", "month"}});
    auto asking = context();
    EXPECT_EQ(run(asking, monday).error().about, "demand.period");
}

TEST_F(DemandRunTest, AClosedDayIsNoLackOfDemand) {
    make({{"demand.period", "day"}});
    const Day holiday = monday - Days(10);  // a Friday
    const auto read = [&] {
        const auto period = period_of(shop->settings()).value();
        return shop->database().read([&](Connection& c) { return read_history(c, period, monday); }).value();
    };
    ASSERT_TRUE(shop->database().write([&](Connection& c) -> Result<> {
        TRY(c.query("DELETE FROM data.sales_daily WHERE day = ?", holiday));
        return {};
    }));
    const auto at = [&](const History& history, Day day) {
        const auto& values = history.series.front().values;
        return values[values.size() - static_cast<std::size_t>((monday - day).count())];
    };
    EXPECT_EQ(at(read(), holiday), 0);
    ASSERT_TRUE(shop->database().write([&](Connection& c) -> Result<> {
        TRY(c.query("INSERT INTO data.calendar VALUES (?, NULL, NULL, true)", holiday));
        return {};
    }));
    EXPECT_GT(at(read(), holiday), 0);
    EXPECT_EQ(at(read(), holiday), at(read(), holiday - Days(7)));
}

// A day without stock is no day without demand, by days and by weeks.
TEST_F(DemandRunTest, DaysOutOfStockAreCensored) {
    const auto history = [&](const std::string& name) {
        make({{"demand.period", name}});
        const auto period = period_of(shop->settings()).value();
        return [this, period] {
            return shop->database().read([&](Connection& c) { return read_history(c, period, monday); }).value();
        };
    };
    const auto mark = [&](Day day, int days) {
        ASSERT_TRUE(shop->database().write([&](Connection& c) -> Result<> {
            for (int i = 0; i < days; ++i) {
                TRY(c.query("DELETE FROM data.sales_daily WHERE item_id = 'item 8' AND day = ?", day + Days(i)));
                TRY(c.query("INSERT INTO data.stock_out_days VALUES ('item 8', ?)", day + Days(i)));
            }
            TRY(c.query("INSERT INTO data.stock_out_days VALUES ('never sold', ?)", day));
            return {};
        }));
    };
    const auto item = [](const History& all) { return std::ranges::find(all.series, "item 8", &Series::id)->values; };
    const auto days = history("day");
    const auto before = item(days());
    mark(monday - Days(10), 2);
    const auto after = item(days());
    const auto end = before.size();
    EXPECT_EQ(after[end - 10], before[end - 17]);
    EXPECT_EQ(after[end - 9], before[end - 16]);
    EXPECT_EQ(after[end - 8], before[end - 8]);
    const auto weeks = history("week");
    const auto whole = item(weeks());
    double lost = before[end - 14] + before[end - 13];
    mark(monday - Days(14), 2);
    EXPECT_DOUBLE_EQ(item(weeks())[whole.size() - 2], (whole[whole.size() - 2] - lost) * 7 / 5);
    mark(monday - Days(7), 7);
    EXPECT_EQ(item(weeks()).back(), item(weeks())[whole.size() - 2]);
}

}  // namespace
}  // namespace suanpan::demand
