#include "areas/demand/shared/shared.h"

#include <gmock/gmock.h>

#include "areas/demand/shared/shared_file.h"
#include "areas/demand/simulated.h"
#include "areas/demand/test_shop.h"
#include "areas/demand/train.h"
#include "platform/engines/lightgbm_library.h"
#include "platform/models/safetensors.h"
#include "platform/operations/json.h"

namespace suanpan::demand {

struct SharedRow {
    std::string item_id, method;
    double window_mean = 0, base_part = 0, trend_part = 0, cut_part = 0, shared_part = 0;
    std::optional<double> promotion_part;
    std::optional<std::vector<double>> season_part;
    std::vector<double> mean, levels, window_quantiles;
};

namespace {

using store::Connection;

constexpr std::size_t item_count = 36, week_count = 40, ahead = 2;

// 36 items with a level each; in a quarter of the weeks an item is promoted, and sells three times as much. Two more
// weeks are what comes.
class SharedModelTest : public DemandShopTest {
  protected:
    void SetUp() override {
        if (!engines::light_gbm()) GTEST_SKIP() << "LightGBM is not here";
        make({});
    }
    void make(const std::map<std::string, std::string>& options) {
        make_shop(options);
        add_operations(registry);
        Draws draws(5);
        std::vector<TestSale> sales;
        std::vector<TestPromotion> promotions;
        truth.clear();
        for (std::size_t i = 0; i < item_count; ++i) {
            const auto id = "item " + std::to_string(i);
            double coming = 0;
            for (std::size_t week = 0; week < week_count + ahead; ++week) {
                const Day start = monday - Days(7) * static_cast<int>(week_count) + Days(7) * static_cast<int>(week);
                const bool promoted = draws.uniform() < 0.25;
                const double rate = (20 + 3 * double(i % 9)) * (promoted ? 3 : 1);
                if (promoted) promotions.push_back({"p", id, start, start + Days(6)});
                if (week < week_count)
                    sales.push_back({id, start, static_cast<std::int64_t>(draws.poisson(rate))});
                else
                    coming += rate;
            }
            truth.emplace(id, coming);
        }
        ASSERT_TRUE(write([&](Connection& c) -> Result<> {
            TRY(c.append<TestSale>("data", "sales_daily", sales));
            return c.append<TestPromotion>("data", "promotion", promotions);
        }));
    }
    std::vector<SharedRow> rows(Day day) {
        return read([&](Connection& c) {
                   return c.rows<SharedRow>("FROM demand.forecast WHERE as_of = ? ORDER BY item_id", day);
               })
            .value();
    }
    double error_of(const std::vector<SharedRow>& all) const {
        double error = 0;
        for (const auto& row : all) error += std::abs(row.window_mean - truth.at(row.item_id));
        return error;
    }

    std::map<std::string, double> truth;  // expected demand of the two weeks to come
};

TEST_F(SharedModelTest, KnowsThePromotionsThatArePlanned) {
    const auto report = run_on(monday);
    const auto with = rows(monday);
    EXPECT_EQ(report.shared_items, std::ssize(with)) << report.shared;
    EXPECT_LT(report.error, report.baseline_error);
    make({{"demand.shared", "off"}});
    const auto off = run_on(monday);
    EXPECT_EQ(off.shared_items, 0);
    EXPECT_LT(report.error, 0.6 * off.error) << "of the backtest";
    EXPECT_LT(error_of(with), 0.4 * error_of(rows(monday))) << "of what comes";
}

TEST_F(SharedModelTest, PartsAddUpAndTellThePromotion) {
    run_on(monday);
    const auto all = rows(monday);
    double promoted_units = 0, promoted_truth = 0;
    for (const auto& row : all) {
        ASSERT_TRUE(row.promotion_part);
        double sum = row.base_part + row.trend_part + row.cut_part + row.shared_part + *row.promotion_part;
        for (const double one : row.season_part.value_or(std::vector<double>{})) sum += one;
        EXPECT_NEAR(sum, row.window_mean, 1e-9 * row.window_mean);
        EXPECT_NEAR(row.mean[0] + row.mean[1], row.window_mean, 1e-9 * row.window_mean);
        EXPECT_TRUE(std::ranges::is_sorted(row.window_quantiles));
        const double level = 20 + 3 * double(std::stoi(row.item_id.substr(5)) % 9);
        promoted_units += *row.promotion_part;
        promoted_truth += truth.at(row.item_id) - 2 * level;
    }
    EXPECT_NEAR(promoted_units / promoted_truth, 1, 0.15);
    auto asking = context(operations::Role::viewer);
    const auto most = std::ranges::max_element(all, {}, [](const auto& row) { return *row.promotion_part; });
    auto reply = operations::parse_json(
                     registry.call(asking, "demand.explain", R"({"item":")" + most->item_id + R"("})").value())
                     .value();
    EXPECT_EQ(reply["planned"]["days"].as<double>(), 0) << "it is in the number already";
    EXPECT_THAT(reply["sentence_en"].get_string(), testing::HasSubstr("promotions that are planned"));
}

TEST_F(SharedModelTest, IsKeptUntilItIsDueAndServesFromItsFiles) {
    run_on(monday - Days(14));
    const auto second = run_on(monday - Days(7));
    EXPECT_EQ(second.shared, "") << "learned again a week later";
    EXPECT_EQ(second.shared_items, std::int64_t{item_count});
    EXPECT_NE(run_on(monday + Days(14)).shared, "") << "four weeks later it is due";
}

TEST_F(SharedModelTest, WithoutPromotionsThereIsNone) {
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(c.query("DELETE FROM data.promotion"));
        return {};
    }));
    EXPECT_EQ(run_on(monday).shared_items, 0);
    EXPECT_FALSE(rows(monday)[0].promotion_part);
}

TEST_F(SharedModelTest, ColumnsAreOfTheirPeriods) {
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        TRY(c.query("DELETE FROM data.promotion"));
        TRY(c.query("INSERT INTO data.promotion VALUES ('p', 'item 3', ?, ?, 0.2), ('q', 'item 3', ?, ?, 0.3)",
                    monday - Days(2), monday + Days(1), monday - Days(1), monday - Days(1)));
        TRY(c.query("INSERT INTO data.calendar VALUES (?, 'Fair', true, false), (?, 'Rest', true, true)",
                    monday - Days(7), monday + Days(8)));
        TRY(c.query("INSERT INTO data.price VALUES ('item 3', ?, 400), ('item 3', ?, 600), ('item 3', ?, 900)",
                    monday - Days(21), monday - Days(20), monday));
        TRY(c.query("INSERT INTO data.product VALUES ('item 3', 'Three', 'cups', NULL), ('x', 'X', 'bowls', NULL)"));
        return {};
    }));
    const auto period = period_of(shop->settings()).value();
    auto covariates = read([&](Connection& c) -> Result<Covariates> {
                          const auto history = TRY(read_history(c, period, monday));
                          return read_covariates(c, history, {period, 3});
                      }).value();
    EXPECT_THAT(names_of(covariates),
                testing::ElementsAre("promoted", "discount", "holidays", "closed", "event", "price", "category"));
    const auto& data = covariates.dataset;
    const auto three = std::ranges::find(data.series, "item 3", &SeriesRecord::id);
    ASSERT_EQ(three->values.size(), week_count);
    const auto last = [&](std::size_t column, std::size_t count) {
        const auto& values = three->known[column];
        return std::vector<float>(values.end() - static_cast<std::ptrdiff_t>(count), values.end());
    };
    EXPECT_THAT(last(0, 4), testing::ElementsAre(2, 2, 0, 0));
    EXPECT_THAT(last(1, 4), testing::ElementsAre(0.3F, 0.2F, 0, 0));
    EXPECT_THAT(last(2, 4), testing::ElementsAre(1, 0, 1, 0));
    EXPECT_THAT(last(3, 4), testing::ElementsAre(0, 0, 1, 0));
    EXPECT_THAT(last(4, 4), testing::ElementsAre(1, 0, 2, 0));
    const auto& price = three->observed[0];
    EXPECT_TRUE(std::isnan(price[week_count - 4]));
    EXPECT_EQ(price[week_count - 3], 500);
    EXPECT_EQ(price[week_count - 1], 500) << "it holds until the next, and what comes after the history is not seen";
    EXPECT_EQ(three->category[0], 1);
    EXPECT_EQ(data.series[0].category[0], 2) << "without a category";
    ASSERT_TRUE(number_by(covariates, {{"category", {"bowls", "vases"}}}));
    EXPECT_EQ(three->category[0], 2) << "not among these";
    EXPECT_EQ(number_by(covariates, {}).error().code, ErrorCode::conflict);
}

TEST_F(SharedModelTest, ABrokenFileIsSaid) {
    run_on(monday);
    const auto version = read([&](Connection& c) -> Result<models::Version> {
                             const auto serving = TRY(models::serving(c, "demand.weekly"));
                             return models::load(c, *shop, "demand.weekly", serving->version);
                         }).value();
    const auto model = shared_of(version.files).value();
    ASSERT_TRUE(model);
    models::Files files;
    ASSERT_TRUE(add_shared(files, *model));
    EXPECT_EQ(files["shared.safetensors"], version.files.at("shared.safetensors"));
    EXPECT_EQ(files["shared.txt"], version.files.at("shared.txt"));
    auto all = models::read_safetensors(files["shared.safetensors"], "test").value();
    for (const auto* name : {"classes", "scores", "errors"}) {
        auto broken = all;
        std::get<std::vector<double>>(broken.tensors[name].values).push_back(0);
        broken.tensors[name].shape = {std::ssize(std::get<std::vector<double>>(broken.tensors[name].values))};
        files["shared.safetensors"] = models::write_safetensors(broken).value();
        EXPECT_EQ(shared_of(files).error().code, ErrorCode::invalid_argument) << name;
    }
    all.metadata["format"] = "3";
    files["shared.safetensors"] = models::write_safetensors(all).value();
    EXPECT_THAT(shared_of(files).error().text(), testing::HasSubstr("newer program"));
    EXPECT_FALSE(shared_of({}).value());
    std::vector<ItemForecast> none;
    EXPECT_EQ(put_shared(none, *model, {}, {.levels = {0.5}}).error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace suanpan::demand
