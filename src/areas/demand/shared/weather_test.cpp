#include "areas/demand/shared/weather.h"

#include <cmath>

#include "areas/demand/shared/shared.h"
#include "areas/demand/simulated.h"
#include "areas/demand/test_shop.h"
#include "platform/engines/lightgbm_library.h"

namespace suanpan::demand {
namespace {

using store::Connection;

constexpr double untold_weather = std::numeric_limits<double>::quiet_NaN();

TEST(WithoutGaps, TakesTheSameTimeOfTheYearBefore) {
    std::vector<double> values(60, 10);
    values[7] = 16;  // 52 weeks before the gap, with its neighbours
    values[59] = untold_weather;
    EXPECT_DOUBLE_EQ(without_gaps(values, 7)[59], 12);
    EXPECT_EQ(without_gaps(values, 7)[7], 16) << "what is known stays";
}

TEST(WithoutGaps, ElseTheNewestWeeksElseWhatThereIs) {
    std::vector<double> values = {untold_weather, 1, 2, 3, 4, 5, untold_weather, untold_weather};
    const auto closed = without_gaps(values, 7);
    EXPECT_DOUBLE_EQ(closed[6], 3.5);
    EXPECT_DOUBLE_EQ(closed[7], 3.5);
    EXPECT_DOUBLE_EQ(closed[0], 3) << "nothing is before it";
    EXPECT_TRUE(std::isnan(without_gaps({untold_weather}, 7)[0]));
}

// 30 items of which half sell three times as much in warm weeks; which weeks are warm
// nobody could know from sales. The two that come are.
class WeatherTest : public DemandShopTest {
  protected:
    static constexpr int weeks = 60, ahead = 8;

    void SetUp() override {
        if (!engines::light_gbm()) GTEST_SKIP() << "LightGBM is not here";
        make_shop();
        Draws draws(8);
        std::vector<TestSale> sales;
        for (int week = 0; week < weeks + ahead; ++week) {
            const Day start = monday + Days(7 * (week - weeks));
            const bool warm = draws.uniform() < 0.4 || (week >= weeks && week < weeks + 2);
            ASSERT_TRUE(write([&](Connection& c) -> Result<> {
                TRY(c.query(
                    "INSERT INTO data.weather VALUES ('north', ?, ?, NULL, NULL, NULL), ('south', ?, NULL, ?, ?, NULL)",
                    start, warm ? 24.0 : 8.0, start + Days(3), warm ? 30.0 : 14.0, warm ? 22.0 : 6.0));
                return {};
            }));
            for (int i = 0; i < 30; ++i) {
                const double rate = (15 + double(i % 7) * 4) * (warm && i % 2 == 0 ? 3 : 1);
                if (week < weeks)
                    sales.push_back(
                        {"item " + std::to_string(i), start, static_cast<std::int64_t>(draws.poisson(rate))});
                else if (week < weeks + 2)
                    truth["item " + std::to_string(i)] += rate;
            }
        }
        ASSERT_TRUE(write([&](Connection& c) { return c.append<TestSale>("data", "sales_daily", sales); }));
        ASSERT_TRUE(write([&](Connection& c) -> Result<> {
            TRY(c.query(
                "INSERT INTO data.product SELECT DISTINCT item_id, item_id, "
                "CASE WHEN item_id[6:]::INTEGER % 2 = 0 THEN 'ice' ELSE 'tea' END, NULL FROM data.sales_daily"));
            return {};
        }));
    }
    double error_of_run() {
        run_on(monday);
        double error = 0;
        for (const auto& [item, units] : truth) {
            const auto forecast = read([&](Connection& c) {
                return c.count("SELECT round(1000 * window_mean)::BIGINT FROM demand.latest WHERE item_id = ?", item);
            });
            error += std::abs(double(forecast.value()) / 1000 - units);
        }
        return error;
    }
    std::vector<std::string> columns() {
        const auto period = period_of(shop->settings()).value();
        return read([&](Connection& c) -> Result<std::vector<std::string>> {
                   const auto history = TRY(read_history(c, period, monday));
                   return names_of(TRY(read_covariates(c, history, {period, 8, 2})));
               })
            .value();
    }

    std::map<std::string, double> truth;
};

TEST_F(WeatherTest, IsLearnedWhereItIsKnownForTheWindow) {
    EXPECT_THAT(columns(), testing::ElementsAre("temperature", "category"));
    const double with = error_of_run();
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(c.query("DELETE FROM data.weather WHERE day >= ?", monday + Days(7)));
        return {};
    }));
    EXPECT_THAT(columns(), testing::ElementsAre("category")) << "of the window's second week nothing is known";
    EXPECT_LT(with, 0.6 * error_of_run());
}

TEST_F(WeatherTest, AColumnIsTheMeanOfPlacesAndItsGapsAreClosed) {
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(c.query("DELETE FROM data.weather WHERE day >= ?", monday));
        TRY(
            c.query("INSERT INTO data.weather VALUES ('north', ?, 10, NULL, NULL, 3), ('south', ?, 20, NULL, NULL, 1), "
                    "('north', ?, 30, NULL, NULL, NULL)",
                    monday, monday + Days(1), monday + Days(13)));
        return {};
    }));
    const auto period = period_of(shop->settings()).value();
    const auto covariates = read([&](Connection& c) -> Result<Covariates> {
                                const auto history = TRY(read_history(c, period, monday));
                                return read_covariates(c, history, {period, 4, 2});
                            }).value();
    const auto temperature = known_place(covariates.dataset, "temperature");
    ASSERT_TRUE(temperature);
    EXPECT_FALSE(known_place(covariates.dataset, "rain")) << "not known to the end of the window";
    const auto& values = covariates.dataset.series[0].known[*temperature];
    ASSERT_EQ(values.size(), std::size_t{weeks} + 4);
    EXPECT_EQ(values[weeks], 15);
    EXPECT_EQ(values[weeks + 1], 30);
    const auto year_before = (values[weeks + 1 - 52] + values[weeks + 2 - 52] + values[weeks + 3 - 52]) / 3;
    EXPECT_NEAR(values[weeks + 2], year_before, 1e-5);
}

}  // namespace
}  // namespace suanpan::demand
