#pragma once

#include <gmock/gmock.h>

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "areas/demand/demand.h"
#include "areas/demand/run.h"
#include "platform/decisions/decisions.h"
#include "platform/models/models.h"
#include "platform/store/make_test_shop.h"

// For the tests of this folder: a shop that has of the data area what demand reads.
namespace suanpan::demand {

struct TestSale {
    std::string item_id;
    Day day;
    std::int64_t units = 0;
};

struct TestPlaceSale {
    std::string item_id, place_id;
    Day day;
    std::int64_t units = 0;
};

struct TestPromotion {
    std::string promotion_id, item_id;
    Day from_day, to_day;
};

inline constexpr std::string_view data_views = R"(-- version 1
    CREATE SCHEMA data;
    CREATE SCHEMA selection;
    CREATE TABLE data.sales_daily (item_id VARCHAR, day DATE, units BIGINT);
    CREATE TABLE data.calendar (day DATE, title VARCHAR, holiday BOOLEAN, closed BOOLEAN);
    CREATE TABLE data.price (item_id VARCHAR, day DATE, unit_price BIGINT);
    CREATE TABLE data.product (item_id VARCHAR, title VARCHAR, category VARCHAR, listed_on DATE);
    CREATE TABLE data.promotion (promotion_id VARCHAR, item_id VARCHAR, from_day DATE, to_day DATE, discount DOUBLE);
    CREATE TABLE data.stock_out_days (item_id VARCHAR, day DATE);
    CREATE TABLE data.stock_out_days_by_place (item_id VARCHAR, place_id VARCHAR, day DATE);
    CREATE TABLE data.stock (item_id VARCHAR, place_id VARCHAR, day DATE, on_hand BIGINT);
    CREATE TABLE data.place (place_id VARCHAR, title VARCHAR);
    CREATE TABLE data.weather (place_id VARCHAR, day DATE, temperature_c DOUBLE, temperature_max_c DOUBLE,
                               temperature_min_c DOUBLE, rain_mm DOUBLE);
    CREATE TABLE data.sales_by_place_daily (item_id VARCHAR, place_id VARCHAR, day DATE, units BIGINT, open BOOLEAN);
    CREATE VIEW data.sales_by_place_weekly AS
    SELECT item_id, place_id, date_trunc('week', day)::DATE AS week, sum(units)::BIGINT AS units
    FROM data.sales_by_place_daily GROUP BY ALL;
    CREATE TABLE selection.vector (as_of DATE, item_id VARCHAR, "values" DOUBLE[]);
    CREATE VIEW data.sales_weekly AS
    SELECT item_id, date_trunc('week', day)::DATE AS week, sum(units)::BIGINT AS units,
           sum(100 * units)::BIGINT AS revenue
    FROM data.sales_daily GROUP BY ALL;
    CREATE VIEW data.span AS SELECT min(day) AS first_day, max(day) AS last_day FROM data.sales_daily;
)";

inline const Day monday = parse_day("2026-03-02").value();

class DemandShopTest : public testing::Test {
  protected:
    void TearDown() override {
        shop.reset();
        std::filesystem::remove_all(folder);
    }
    void make_shop(const std::map<std::string, std::string>& options = {}) {
        shop.reset();
        folder =
            std::filesystem::temp_directory_path() / ("suanpan-demand-" + std::to_string(::getpid()) + "-" +
                                                      testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        const std::array schemas = {decisions::schema(), models::schema(), store::Schema{"data", data_views}, schema()};
        auto opened = store::make_test_shop(folder, {.name = "Test", .options = options}, schemas);
        ASSERT_TRUE(opened) << opened.error().text();
        shop = std::move(*opened);
    }
    template <class Function>
    auto write(Function&& function) {
        return shop->database().write(std::forward<Function>(function));
    }
    template <class Function>
    auto read(Function&& function) {
        return shop->database().read(std::forward<Function>(function));
    }
    std::int64_t count(std::string_view sql) {
        return read([&](store::Connection& c) { return c.count(sql); }).value();
    }
    operations::Context context(operations::Role role = operations::Role::admin) {
        return {*shop, registry, {"user:test", role}};
    }
    RunReport run_on(Day day) {
        auto asking = context();
        auto report = run(asking, day);
        EXPECT_TRUE(report) << report.error().text();
        return report.value_or(RunReport{});
    }

    std::filesystem::path folder;
    std::unique_ptr<store::Shop> shop;
    operations::Registry registry;
};

}  // namespace suanpan::demand
