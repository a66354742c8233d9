#include <cmath>

#include "areas/demand/simulated.h"
#include "areas/demand/test_shop.h"
#include "platform/operations/declare.h"
#include "platform/operations/json.h"

namespace suanpan::demand {

struct NewcomerProduct {
    std::string item_id, title, category;
    std::optional<Day> listed_on;
};

struct NewcomerVector {
    Day as_of;
    std::string item_id;
    std::vector<double> values;
};

struct NewcomerForecastRow {
    std::string method;
    double window_mean = 0, base_part = 0, alike_part = 0;
    std::vector<double> mean, window_quantiles;
};

struct NoRequest {};
struct TestDimension {
    std::string name;
    std::int64_t window = 0;
};
struct TestDimensions {
    std::vector<TestDimension> dimensions;
};

namespace {

using store::Connection;

// 160 items that began in 40 weeks, listed on the day of their first sale: even ones sell 40 in each of their first
// three weeks and 8 afterwards, odd ones 4 a week. One old item, one that began last week, and one listed and never
// sold.
class RunNewcomersTest : public DemandShopTest {
  protected:
    void SetUp() override {
        make_shop();
        add_operations(registry);
        for (int week = 50; week > 0; --week) sales.push_back({"old", monday - Days(7 * week), 10});
        for (int i = 0; i < 160; ++i) {
            const int began = 44 - i / 4;
            const auto id = "item " + std::to_string(i);
            add(id, i % 2 == 0, monday - Days(7 * began));
            for (int week = 0; week < began; ++week) sell(id, began - week, i % 2 == 0 ? (week < 3 ? 40 : 8) : 4);
        }
        add("fresh", true, monday - Days(21));
        for (int week = 3; week > 0; --week) sell("fresh", week, 40);
        add("unsold", true, monday);
        add("forgotten", true, monday - Days(200));
    }
    void add(const std::string& id, bool large, Day listed) {
        products.push_back({id, "title of " + id, "all", listed});
        // The third place is of history, and would say that all are alike.
        vectors.push_back({monday - Days(7), id, {large ? 0.3 : 0.0, large ? 0.0 : 0.3, 9}});
    }
    void sell(const std::string& id, int weeks_ago, std::int64_t units) {
        sales.push_back({id, monday - Days(7 * weeks_ago), units + static_cast<std::int64_t>(draws.poisson(2)) - 2});
    }
    void add_vectors() {
        registry.add(operations::declare<NoRequest, TestDimensions>(
            {.name = "selection.dimensions", .summary = {"test", "测试"}},
            [](operations::Context&, const NoRequest&) -> Result<TestDimensions> {
                return TestDimensions{{{"title_0", 0}, {"title_1", 0}, {"units", 28}}};
            }));
    }
    RunReport run_day() {
        EXPECT_TRUE(write([&](Connection& c) -> Result<> {
            TRY(c.append<TestSale>("data", "sales_daily", sales));
            TRY(c.append<NewcomerProduct>("data", "product", products));
            TRY(c.append<NewcomerVector>("selection", "vector", vectors));
            return {};
        }));
        return run_on(monday);
    }
    std::vector<NewcomerForecastRow> row(const std::string& item) {
        return read([&](Connection& c) {
                   return c.rows<NewcomerForecastRow>("FROM demand.latest WHERE item_id = ?", item);
               })
            .value();
    }
    operations::Json call(const std::string& operation, const std::string& request) {
        auto asking = context(operations::Role::viewer);
        const auto reply = registry.call(asking, operation, request);
        EXPECT_TRUE(reply) << reply.error().text();
        return operations::parse_json(reply.value_or("{}")).value();
    }

    Draws draws{7};
    std::vector<TestSale> sales;
    std::vector<NewcomerProduct> products;
    std::vector<NewcomerVector> vectors;
};

TEST_F(RunNewcomersTest, TheDayForecastsNewItemsFromTheirNeighbours) {
    add_vectors();
    const auto report = run_day();
    // Its own average says 40 a week; those like it fell to 8.
    const auto fresh = row("fresh");
    ASSERT_EQ(fresh.size(), 1u);
    EXPECT_EQ(fresh[0].method, "neighbours");
    EXPECT_NEAR(fresh[0].window_mean, 16, 4);
    EXPECT_NEAR(fresh[0].base_part + fresh[0].alike_part, fresh[0].window_mean, 1e-9);
    EXPECT_NEAR(fresh[0].base_part, 80, 6);
    EXPECT_EQ(fresh[0].mean.size(), 8u);
    EXPECT_EQ(count("SELECT count(*) FROM demand.beginning WHERE item_id = 'fresh'"), 20);
    EXPECT_EQ(count("SELECT count(*) FROM demand.beginning WHERE item_id = 'fresh' AND TRY_CAST(substr(other_id, 6) AS "
                    "INT) % 2 = 1"),
              0);
    // Listed, not sold: it will begin as the others did. Listed long ago without a sale: not new.
    const auto unsold = row("unsold");
    ASSERT_EQ(unsold.size(), 1u);
    EXPECT_NEAR(unsold[0].window_mean, 80, 12);
    EXPECT_EQ(unsold[0].base_part, 0);
    EXPECT_TRUE(row("forgotten").empty());
    EXPECT_EQ(report.items, 163);
    auto explained = call("demand.explain", R"({"item":"fresh"})");
    EXPECT_EQ(explained["neighbours"].get_array().size(), 20u);
    EXPECT_THAT(explained["sentence_en"].get_string(), testing::HasSubstr("how items like it began"));
}

TEST_F(RunNewcomersTest, WithoutVectorsTheCategoryStandsIn) {
    run_day();
    const auto fresh = row("fresh");
    ASSERT_EQ(fresh.size(), 1u);
    EXPECT_THAT(fresh[0].method, testing::AnyOf("category", "all_items"));
    EXPECT_LT(fresh[0].window_mean, 60);
}

TEST_F(RunNewcomersTest, VectorsOfALaterMorningAreNotRead) {
    add_vectors();
    for (auto& one : vectors) one.as_of = monday + Days(1);
    run_day();
    EXPECT_NE(row("fresh").at(0).method, "neighbours");
}

TEST_F(RunNewcomersTest, TheReportComparesTheWaysAfterASplit) {
    add_vectors();
    run_day();
    auto reply = call("demand.new_items", R"({"as_of":"2026-03-02"})");
    EXPECT_EQ(reply["with_vector"].as<double>(), 163);
    ASSERT_EQ(reply["ages"].get_array().size(), 9u);
    auto& third = reply["ages"].get_array()[3];
    EXPECT_EQ(third["chosen"].get_string(), "neighbours");
    EXPECT_GT(third["windows"].as<double>(), 20);
    EXPECT_LT(third["neighbours_wape"].as<double>(), 0.3 * third["today_wape"].as<double>());
    EXPECT_LT(third["neighbours_wape"].as<double>(), third["category_wape"].as<double>());
    EXPECT_GT(third["coverage"].as<double>(), 0.8);
}

}  // namespace
}  // namespace suanpan::demand
