#include "areas/demand/shared/challenger.h"

#include <gmock/gmock.h>

#include "areas/demand/shared/shared.h"
#include "areas/demand/shared/shared_file.h"
#include "areas/demand/simulated.h"
#include "areas/demand/test_shop.h"
#include "platform/engines/lightgbm_library.h"
#include "platform/models/safetensors.h"

namespace suanpan::demand {
namespace {

using store::Connection;

constexpr std::size_t things = 24, weeks = 60;

// Items that rise or fall on a line of their own, which a trend follows and trees over ratios do in part; a fifth of
// the weeks is promoted and sells 80 more, which own methods cannot know.
class ChallengerTest : public DemandShopTest {
  protected:
    void SetUp() override {
        if (!engines::light_gbm()) GTEST_SKIP() << "LightGBM is not here";
#ifdef __SANITIZE_THREAD__
        GTEST_SKIP() << "libtorch is not built for the thread sanitizer";
#endif
    }
    void make(const std::string& challengers) {
        make_shop({{"demand.challengers", challengers}, {"demand.shared", "on"}});
        Draws draws(8);
        std::vector<TestSale> sales;
        std::vector<TestPromotion> promotions;
        for (std::size_t i = 0; i < things; ++i) {
            const auto id = "thing " + std::to_string(i);
            for (std::size_t week = 0; week < weeks; ++week) {
                const Day start = monday - Days(7) * static_cast<int>(weeks - week);
                const bool promoted = draws.uniform() < 0.2;
                const double rate = 200 + 10 * double(i) + (double(i % 5) - 2) * double(week) + (promoted ? 80 : 0);
                if (promoted) promotions.push_back({"p", id, start, start + Days(6)});
                sales.push_back({id, start, static_cast<std::int64_t>(rate + 0.5)});
            }
        }
        ASSERT_TRUE(write([&](Connection& c) -> Result<> {
            TRY(c.append<TestSale>("data", "sales_daily", sales));
            return c.append<TestPromotion>("data", "promotion", promotions);
        }));
    }
    models::Files served_files() {
        return read([&](Connection& c) -> Result<models::Files> {
                   const auto serving = TRY(models::serving(c, "demand.weekly"));
                   return TRY(models::load(c, *shop, "demand.weekly", serving->version)).files;
               })
            .value();
    }
    std::string methods(Day day) {
        return read([&](Connection& c) -> Result<std::string> {
                   const auto table = TRY(c.query(
                       "SELECT string_agg(DISTINCT method, ', ' ORDER BY method) FROM demand.forecast WHERE as_of = ?",
                       day));
                   return std::string(table.text(0, 0, 0));
               })
            .value();
    }
};

TEST_F(ChallengerTest, ServesTheItemsThatItForecastsBetter) {
    make("prophet");
    const auto with = run_on(monday);
    EXPECT_THAT(with.shared, testing::HasSubstr("prophet in 1 of 6 classes"));
    EXPECT_THAT(methods(monday), testing::HasSubstr("prophet"));
    const auto model = shared_of(served_files()).value();
    ASSERT_TRUE(model);
    ASSERT_EQ(model->challengers.size(), 1u);
    make("none");
    const auto without = run_on(monday);
    EXPECT_THAT(methods(monday), testing::Not(testing::HasSubstr("prophet")));
    EXPECT_LT(with.error, 0.98 * without.error) << "of the backtest";
}

TEST_F(ChallengerTest, ServesAWeekLaterFromItsFilesAndIsNotLearnedAgain) {
    make("prophet");
    run_on(monday - Days(7));
    EXPECT_EQ(run_on(monday).shared, "");
    EXPECT_THAT(methods(monday), testing::HasSubstr("prophet"));
}

// Two classes' shares, a network and a model without one.
SharedModel made_model(const Dataset& dataset, const std::vector<Kind>& kinds) {
    const RunOptions run{.threads = 1, .rounds = 20, .trees = {.is_small = true}};
    const auto choice = choose_trees(dataset, run).value();
    SharedModel model{.trees = learn_trees(choice, dataset, run).value(), .choice = choice.text(), .end = monday};
    for (const auto challenger : {Challenger::tcn, Challenger::prophet})
        model.challengers.push_back(learn_challenger(challenger, dataset, kinds, run).value());
    model.kinds = kinds;
    model.classes.resize(class_count);
    for (auto& one : model.classes)
        one = {.weight = 1, .mix = {0.5, 0.5, 0}, .scores = {0.0}, .promoted_scores = {0.0}};
    model.classes[1].mix = {};
    return model;
}

Dataset growing() {
    Dataset dataset{.step_days = 7};
    dataset.category_names = {"category"};
    Draws draws(3);
    for (int s = 0; s < 12; ++s) {
        SeriesRecord series{.id = "s" + std::to_string(s), .first = monday, .season = 52};
        for (int t = 0; t < 60; ++t) series.values.push_back(draws.poisson(10 + s + 0.2 * t));
        series.actual.assign(4, 20);
        series.weight.assign(4, 1);
        series.category = {s % 2};
        dataset.series.push_back(std::move(series));
    }
    return dataset;
}

TEST_F(ChallengerTest, IsKeptInFilesAndSaysTheSame) {
    if (const auto made = engines::make_network({}, {}); !made) GTEST_SKIP() << made.error().text();
    const auto dataset = growing();
    const std::vector<Kind> kinds = {{"category", {"bowls", "cups", "vases"}}};
    const auto model = made_model(dataset, kinds);
    models::Files files;
    ASSERT_TRUE(add_shared(files, model));
    EXPECT_TRUE(files.contains("tcn.safetensors"));
    auto again = shared_of(files);
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ((*again)->challengers, model.challengers);
    EXPECT_EQ((*again)->classes[0].mix, model.classes[0].mix);
    EXPECT_TRUE((*again)->classes[1].mix.empty()) << "the trees alone";
    for (std::size_t k = 0; k < 2; ++k) {
        const auto said = ask_challenger(model.challengers[k], dataset, 1).value();
        EXPECT_EQ(ask_challenger((*again)->challengers[k], dataset, 1).value(), said);
        for (const auto& series : said) EXPECT_EQ(series.size(), 4u);
    }
    // A category that came later has a place; files that lack the network or hold odd shares are refused.
    auto later = dataset;
    later.series[0].category = {3};
    EXPECT_TRUE(ask_challenger(model.challengers[0], later, 1));
    auto broken = files;
    broken.erase("tcn.safetensors");
    EXPECT_THAT(shared_of(broken).error().text(), testing::HasSubstr("tcn.safetensors is missing"));
    auto all = models::read_safetensors(files["shared.safetensors"], "test").value();
    std::get<std::vector<double>>(all.tensors["mixes"].values)[0] = -1;
    broken = files;
    broken["shared.safetensors"] = models::write_safetensors(all).value();
    EXPECT_THAT(shared_of(broken).error().text(), testing::HasSubstr("share"));
    all.metadata["challengers"] = R"(["oracle","prophet"])";
    broken["shared.safetensors"] = models::write_safetensors(all).value();
    EXPECT_THAT(shared_of(broken).error().text(), testing::HasSubstr("oracle"));
}

TEST(Challengers, AreNamedBySetting) {
    const auto of = [](const std::string& text) { return challengers_of({.options = {{"demand.challengers", text}}}); };
    EXPECT_THAT(of("none"), testing::IsEmpty());
    EXPECT_THAT(of("lstm"), testing::ElementsAre(Challenger::lstm));
    EXPECT_EQ(of("all").size(), 3u);
    for (const auto one : of("all")) EXPECT_EQ(challenger_named(name(one)), one);
    EXPECT_FALSE(challenger_named("oracle"));
}

}  // namespace
}  // namespace suanpan::demand
