#include <numeric>

#include "areas/demand/places/run_places.h"
#include "areas/demand/simulated.h"
#include "areas/demand/test_shop.h"
#include "platform/operations/json.h"

namespace suanpan::demand {

struct KeptPlace {
    std::string item_id, place_id, method;
    std::vector<double> mean, window_quantiles;
    double window_mean = 0, own_window_mean = 0, error = 0, baseline_error = 0;
};

struct KeptItem {
    std::string item_id;
    std::vector<double> mean;
    double window_mean = 0;
};

namespace {

using store::Connection;
using testing::DoubleNear;
using testing::ElementsAre;

PlaceForecast at(const std::string& place, std::vector<double> mean, std::vector<double> quantiles, double share = 0) {
    const double window = std::accumulate(mean.begin(), mean.end(), 0.0);
    return {.item_id = "a",
            .place_id = place,
            .method = "ses",
            .mean = std::move(mean),
            .window_mean = window,
            .window_quantiles = std::move(quantiles),
            .share = share};
}

ItemNumbers numbers(std::vector<double> mean, std::vector<double> quantiles) {
    const double window = std::accumulate(mean.begin(), mean.end(), 0.0);
    return {"a", std::move(mean), window, std::move(quantiles)};
}

TEST(AddUp, ScalesEveryPeriodAndTheWindow) {
    const auto item = numbers({12, 30}, {30, 42, 60});
    const std::vector own = {at("x", {1, 8}, {5, 9, 14}, 0.5), at("y", {3, 2}, {2, 5, 9}, 0.5)};
    const auto parts = add_up(own, item, Spread::own, {});
    EXPECT_THAT(parts[0].mean, ElementsAre(3, 24));
    EXPECT_THAT(parts[1].mean, ElementsAre(9, 6));
    EXPECT_DOUBLE_EQ(parts[0].window_mean, 27);
    EXPECT_DOUBLE_EQ(parts[1].window_mean, 15);
    EXPECT_THAT(parts[0].window_quantiles,
                ElementsAre(DoubleNear(15, 1e-9), DoubleNear(27, 1e-9), DoubleNear(42, 1e-9)))
        << "three times its own";
    EXPECT_DOUBLE_EQ(parts[0].own_window_mean, 9);
    EXPECT_THAT(add_up(own, item, Spread::share, {})[0].mean, ElementsAre(6, 15));
    EXPECT_THAT(add_up(own, item, Spread::both, {})[0].mean, ElementsAre(4.5, 19.5));
    EXPECT_DOUBLE_EQ(add_up(own, item, Spread::both, {})[0].window_mean, 24);
}

TEST(AddUp, TakesWhatIsThereWhereOneSideIsNothing) {
    const auto item = numbers({10}, {5, 10, 20});
    const auto unshared = add_up({at("x", {3}, {1, 3, 6}), at("y", {1}, {0, 1, 3})}, item, Spread::share, {});
    EXPECT_DOUBLE_EQ(unshared[0].window_mean, 7.5) << "sold nothing in eight weeks";
    const auto unexpected = add_up({at("x", {0}, {0, 0, 0}, 0.8), at("y", {0}, {0, 0, 0}, 0.2)}, item, Spread::own, {});
    EXPECT_DOUBLE_EQ(unexpected[0].window_mean, 8) << "expected nothing";
    EXPECT_GT(unexpected[0].window_quantiles[2], 8);
}

TEST(AddUp, SpreadsWhatNoPlaceExpectsAndThinsItsVariance) {
    const auto item = numbers({100}, {100 - 1.6449 * 20, 100, 100 + 2.3263 * 20});
    const std::map<std::string, double> shop = {{"x", 0.25}, {"y", 0.75}, {"shut", 0}};
    const auto parts = add_up({}, item, Spread::both, shop);
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(parts[0].method, "share");
    EXPECT_DOUBLE_EQ(parts[0].window_mean, 25);
    // Of each unit a coin decides: the variance is 0.25^2 400 + 0.25 0.75 100.
    EXPECT_NEAR((parts[0].window_quantiles[2] - 25) / 2.3263, std::sqrt(25 + 18.75), 0.05);
    const auto known = add_up({at("y", {0}, {0, 0, 0}), at("shut", {0}, {0, 0, 0})}, item, Spread::both, shop);
    ASSERT_EQ(known.size(), 2u);
    EXPECT_DOUBLE_EQ(known[0].window_mean, 100) << "among the places that sold it";
}

TEST(SumOfPlaces, KeepsTheQuantilesDistance) {
    const auto sum =
        sum_of_places(std::vector{at("x", {10, 30}, {}), at("y", {20, 40}, {})}, numbers({10, 15}, {15, 25, 45}));
    EXPECT_THAT(sum.mean, ElementsAre(30, 70));
    EXPECT_DOUBLE_EQ(sum.window_mean, 100);
    EXPECT_THAT(sum.window_quantiles, ElementsAre(80, 100, 140)) << "four times the units, twice the distance";
}

// Ten items; the north sells less each week and the south more, so that a shop's sums stay nearly as they are.
class DemandPlacesTest : public DemandShopTest {
  protected:
    static constexpr int weeks = 60, ahead = 2;

    void SetUp() override { make({{"demand.by_place", "on"}}); }
    void make(const std::map<std::string, std::string>& options) {
        make_shop(options);
        add_operations(registry);
        truth.clear();
        Draws draws(3);
        std::vector<TestPlaceSale> sales;
        for (int i = 0; i < 10; ++i)
            for (int week = 0; week < weeks + ahead; ++week)
                for (const std::string place : {"north", "south"}) {
                    const double turned = double(week) / (weeks + ahead);
                    const double rate = (20 + 4 * i) * (place == "north" ? 1.1 - turned : 0.1 + turned);
                    const auto id = "item " + std::to_string(i);
                    if (week < weeks)
                        sales.push_back({id, place, monday - Days(7 * (weeks - week)),
                                         static_cast<std::int64_t>(draws.poisson(rate))});
                    else
                        truth[{id, place}] += rate;
                }
        ASSERT_TRUE(write([&](Connection& c) -> Result<> {
            TRY(c.append<TestPlaceSale>("data", "sales_by_place_daily", sales));
            TRY(c.query("INSERT INTO data.place VALUES ('north', 'The north')"));
            TRY(c.query(
                "INSERT INTO data.product SELECT DISTINCT item_id, item_id, "
                "CASE WHEN item_id < 'item 4' THEN 'cups' ELSE 'bowls' END, NULL FROM data.sales_by_place_daily"));
            TRY(
                c.query("INSERT INTO data.sales_daily SELECT item_id, day, sum(units)::BIGINT "
                        "FROM data.sales_by_place_daily GROUP BY ALL"));
            return {};
        }));
    }
    std::vector<KeptPlace> places() {
        return read([](Connection& c) {
                   return c.rows<KeptPlace>("FROM demand.latest_place_planned ORDER BY item_id, place_id");
               })
            .value_or(std::vector<KeptPlace>{});
    }
    std::vector<KeptItem> items() {
        return read([](Connection& c) { return c.rows<KeptItem>("FROM demand.latest_planned ORDER BY item_id"); })
            .value();
    }
    void expect_that_places_add_up() {
        const auto all = places();
        for (const auto& item : items()) {
            double window = 0;
            std::vector<double> mean(item.mean.size());
            for (const auto& one : all) {
                if (one.item_id != item.item_id) continue;
                window += one.window_mean;
                for (std::size_t h = 0; h < mean.size(); ++h) mean[h] += one.mean[h];
            }
            EXPECT_THAT(window, DoubleNear(item.window_mean, 1e-9 * item.window_mean));
            for (std::size_t h = 0; h < mean.size(); ++h) EXPECT_NEAR(mean[h], item.mean[h], 1e-9 * item.mean[h]);
        }
    }
    operations::Json call(const std::string& operation, const std::string& request) {
        auto asking = context();
        auto reply = registry.call(asking, operation, request);
        EXPECT_TRUE(reply) << reply.error().text();
        return operations::parse_json(reply.value_or("{}")).value();
    }

    std::map<std::pair<std::string, std::string>, double> truth;
};

TEST_F(DemandPlacesTest, EachPlaceHasItsOwnCourseAndTheyAddUp) {
    const auto report = run_on(monday);
    EXPECT_EQ(report.place_forecasts, 20);
    expect_that_places_add_up();
    double error = 0, split = 0, own = 0, naive = 0;
    const auto all = items();
    for (const auto& one : places()) {
        const double true_units = truth.at({one.item_id, one.place_id});
        const auto item = std::ranges::find(all, one.item_id, &KeptItem::item_id)->window_mean;
        // What a fixed split by all that was ever sold would say.
        const double share =
            double(count("SELECT sum(units)::BIGINT FROM data.sales_by_place_daily WHERE item_id = '" + one.item_id +
                         "' AND place_id = '" + one.place_id + "'")) /
            double(count("SELECT sum(units)::BIGINT FROM data.sales_daily WHERE item_id = '" + one.item_id + "'"));
        error += std::abs(one.window_mean - true_units);
        split += std::abs(share * item - true_units);
        own += one.error;
        naive += one.baseline_error;
        EXPECT_TRUE(std::ranges::is_sorted(one.window_quantiles));
    }
    EXPECT_LT(error, 0.3 * split);
    EXPECT_LT(own, naive);
    EXPECT_EQ(count("SELECT count(*) FROM models.version WHERE name = 'demand.weekly_places'"), 1);
}

// Where the sums of places were better, items become these sums; the parts of the number say so.
TEST_F(DemandPlacesTest, ChoosesByWhatHappened) {
    for (int weeks_before = 10; weeks_before >= 2; weeks_before -= 2) run_on(monday - Days(7 * weeks_before));
    auto ways = run_on(monday).ways;
    EXPECT_EQ(ways.windows, 5);
    EXPECT_EQ(ways.spread, Spread::own) << "shares of eight weeks are late where places move apart";
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(c.query("UPDATE demand.forecast SET window_mean = 3 * window_mean WHERE as_of < ?", monday));
        return {};
    }));
    ways = run_on(monday).ways;
    EXPECT_TRUE(ways.bottom_up) << ways.item_error << " " << ways.places_error;
    EXPECT_GT(ways.item_error, 1);
    expect_that_places_add_up();
    double moved = 0;
    for (const auto& part : call("demand.explain", R"({"item":"item 5"})")["parts"].get_array())
        if (part["name"].get_string() == "places") moved = part["units"].as<double>();
    EXPECT_NE(moved, 0);
    EXPECT_EQ(
        read([&](Connection& c) { return choose_ways(c, period_of(shop->settings()).value(), monday - Days(56)); })
            .value()
            .windows,
        1)
        << "what was not over by then says nothing";
}

TEST_F(DemandPlacesTest, AutoFollowsWhereStockIsCounted) {
    make({});
    EXPECT_EQ(run_on(monday).place_forecasts, 0);
    for (const auto* place : {"north", "south"}) {
        ASSERT_TRUE(write([&](Connection& c) -> Result<> {
            TRY(c.query("INSERT INTO data.stock VALUES ('item 1', ?, ?, 5)", std::string(place), monday - Days(9)));
            return {};
        }));
        EXPECT_EQ(run_on(monday).place_forecasts, std::string_view(place) == "south" ? 20 : 0);
    }
    EXPECT_EQ(places().size(), 20u) << "an earlier run's are replaced";
    make({{"demand.by_place", "off"}});
    EXPECT_EQ(run_on(monday).place_forecasts, 0);
    EXPECT_TRUE(call("demand.places", R"({"item":"item 1"})")["places"].get_array().empty());
}

TEST_F(DemandPlacesTest, AnOverrideChangesThePlacesAlike) {
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(c.query(
            "INSERT INTO demand.override VALUES (1, 'item 2', ?, ?, ?, 90, NULL, 'fair', 'user:p', now(), NULL)",
            monday, monday, monday + Days(13)));
        return {};
    }));
    run_on(monday);
    expect_that_places_add_up();
    const auto reply = call("demand.places", R"({"item":"item 2"})");
    EXPECT_NEAR(reply["units"].as<double>(), 180, 1e-9);
    ASSERT_EQ(reply["places"].get_array().size(), 2u);
    const auto& south = reply["places"][0];
    EXPECT_EQ(south["place"].get_string(), "south") << "what sells most comes first";
    EXPECT_LT(south["low"].as<double>(), south["units"].as<double>());
    EXPECT_GT(south["high"].as<double>(), south["units"].as<double>());
    EXPECT_EQ(reply["places"][1]["title"].get_string(), "The north");
    auto asking = context();
    EXPECT_EQ(registry.call(asking, "demand.places", R"({"item":"nothing"})").error().code, ErrorCode::not_found);
}

TEST_F(DemandPlacesTest, SumsOfAnyKindAreTheSameTotal) {
    run_on(monday);
    const auto total = call("demand.sums", R"({"by":"total"})")["sums"][0];
    EXPECT_EQ(total["items"].as<int>(), 10);
    EXPECT_EQ(
        total["sold"].as<std::int64_t>(),
        count("SELECT sum(units)::BIGINT FROM data.sales_daily WHERE day >= '2026-02-16' AND day < '2026-03-02'"));
    for (const std::string by : {"place", "category"}) {
        const auto sums = call("demand.sums", R"({"by":")" + by + R"("})");
        ASSERT_EQ(sums["sums"].get_array().size(), 2u) << by;
        for (const std::string key : {"units", "model_units", "sold"})
            EXPECT_NEAR(sums["sums"][0][key].as<double>() + sums["sums"][1][key].as<double>(), total[key].as<double>(),
                        1e-6)
                << by << " " << key;
    }
    auto asking = context();
    EXPECT_THAT(registry.call(asking, "demand.sums", R"({"by":"colour"})").error().text(),
                testing::HasSubstr("category, place or total"));
}

// A place without stock says nothing of what is wanted there; another one that had some does.
TEST_F(DemandPlacesTest, DaysWithoutStockCountAtTheirPlace) {
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(
            c.query("UPDATE data.sales_by_place_daily SET units = 0 WHERE item_id = 'item 3' AND place_id = 'south' "
                    "AND day >= ?",
                    monday - Days(14)));
        TRY(
            c.query("INSERT INTO data.stock_out_days_by_place SELECT 'item 3', 'south', "
                    "CAST(unnest(range(?::DATE, ?::DATE, INTERVAL 1 DAY)) AS DATE)",
                    monday - Days(14), monday));
        return {};
    }));
    const auto period = by_place(period_of(shop->settings()).value());
    const auto history = read([&](Connection& c) { return read_place_history(c, period, monday); }).value_or(History{});
    ASSERT_EQ(history.series.size(), 20u);
    const auto series_at = [&](const std::string& place) {
        for (std::size_t i = 0; i < history.spots.size(); ++i)
            if (history.spots[i].item_id == "item 3" && history.spots[i].place_id == place)
                return history.series[i].values;
        return std::vector<double>{};
    };
    const auto south = series_at("south");
    ASSERT_EQ(south.size(), std::size_t{weeks});
    EXPECT_GT(south[weeks - 3], 0);
    EXPECT_EQ(south[weeks - 2], south[weeks - 3]);
    EXPECT_EQ(south[weeks - 1], south[weeks - 3]);
    EXPECT_GT(series_at("north")[weeks - 1], 0);
}

}  // namespace
}  // namespace suanpan::demand
