#include "areas/demand/network/network.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>

#include "areas/demand/evaluate/evaluate.h"
#include "areas/demand/network/network_file.h"
#include "areas/demand/simulated.h"

namespace suanpan::demand {
namespace {

using testing::HasSubstr;

class NetworkForecast : public testing::Test {
  protected:
    void SetUp() override {
#if defined(__SANITIZE_THREAD__)
        GTEST_SKIP() << "libtorch is not built for the thread sanitizer";
#endif
        const auto made = engines::make_network({}, {});
        if (!made && made.error().code == ErrorCode::unavailable) GTEST_SKIP() << made.error().text();
        ASSERT_TRUE(made) << made.error().text();
    }
};

// Weekly demand: a cycle of 13 weeks times a level of its own, doubled by a promotion known ahead.
Dataset seasonal(std::size_t items, std::size_t seen, std::size_t horizon) {
    Draws draws(5);
    Dataset data{.step_days = 7, .known_names = {"promo"}, .category_names = {"kind"}};
    for (std::size_t i = 0; i < items; ++i) {
        SeriesRecord series{.id = std::to_string(i), .first = parse_day("2024-01-01").value(), .season = 13};
        series.category = {static_cast<int>(i % 2)};
        series.known.emplace_back();
        for (std::size_t t = 0; t < seen + horizon; ++t) {
            const bool promo = draws.uniform() < 0.2;
            series.known[0].push_back(promo ? 1 : 0);
            const double rate =
                (8 + double(i % 5) * 4) * (1 + 0.6 * std::sin(2 * std::numbers::pi * double(t % 13) / 13));
            (t < seen ? series.values : series.actual).push_back(draws.poisson(rate * (promo ? 2 : 1)));
        }
        series.weight.assign(horizon, 1);
        data.series.push_back(std::move(series));
    }
    return data;
}

// Items sold in a chain of regions: the first sells at random, each other one what the one before it sold a week ago.
Dataset chains(int items, std::size_t regions, std::size_t seen) {
    Draws draws(9);
    Dataset data{.step_days = 7, .category_names = {"region", "item"}};
    for (int item = 0; item < items; ++item) {
        std::vector<double> sold(seen + regions);  // by the first region, the newest last
        for (auto& units : sold) units = draws.uniform() < 0.5 ? 10 : 30;
        for (std::size_t r = 0; r < regions; ++r) {
            SeriesRecord series{
                .id = fmt::format("{}-{}", item, r), .first = parse_day("2020-01-06").value(), .season = 1};
            series.category = {static_cast<int>(r), item};
            const auto from = sold.end() - static_cast<std::ptrdiff_t>(seen + 1 + r);
            series.values.assign(from, from + static_cast<std::ptrdiff_t>(seen));
            series.actual = {*(from + static_cast<std::ptrdiff_t>(seen))};
            series.weight = {1};
            data.series.push_back(std::move(series));
        }
    }
    return data;
}

double wape_of(const Dataset& data, const Predictions& predictions) {
    return measure(data, predictions, {}).wape;
}

// Long trainings, which fast runs leave out.
class NetworkSlow : public NetworkForecast {};

TEST_F(NetworkSlow, BothEncodersBeatTheSeasonalNaive) {
    const auto data = seasonal(12, 100, 6);
    const auto naive = wape_of(data, predict(*forecaster("seasonal_naive").value(), data, {.threads = 1}).value());
    for (const auto method : {tcn, lstm}) {
        const auto predictions = method(data, {.threads = 1, .rounds = 40});
        ASSERT_TRUE(predictions) << predictions.error().text();
        EXPECT_LT(wape_of(data, *predictions), 0.7 * naive) << naive;
    }
}

TEST_F(NetworkForecast, TheSameSeedGivesTheSameNumbersAndAnotherOthers) {
    const auto data = seasonal(6, 80, 4);
    const auto first = tcn(data, {.threads = 1, .seed = 3, .rounds = 6}).value();
    EXPECT_EQ(first, tcn(data, {.threads = 1, .seed = 3, .rounds = 6}).value());
    EXPECT_NE(first, tcn(data, {.threads = 1, .seed = 4, .rounds = 6}).value());
}

TEST_F(NetworkForecast, LooksAtNothingAfterTheSplit) {
    auto data = seasonal(6, 80, 4);
    const auto first = tcn(data, {.threads = 1, .rounds = 20}).value();
    for (auto& series : data.series)
        for (auto& value : series.actual) value = 1000 - value;
    EXPECT_EQ(first, tcn(data, {.threads = 1, .rounds = 20}).value());
}

// Demand a thousand times as large is forecast a thousand times as large.
TEST_F(NetworkForecast, IsFreeOfScale) {
    auto data = seasonal(6, 80, 4);
    const auto trained = train_network(data, {}, {.threads = 1, .rounds = 20}).value();
    const auto small = network_quantiles(trained, data, 1).value();
    for (auto& series : data.series)
        for (auto& value : series.values) value *= 1000;
    const auto large = network_quantiles(trained, data, 1).value();
    for (std::size_t s = 0; s < data.series.size(); ++s)
        for (std::size_t h = 0; h < 4; ++h) EXPECT_NEAR(large[1][s][h] / small[1][s][h], 1000, 1) << s << " " << h;
}

TEST_F(NetworkForecast, ItsQuantilesRiseAndCover) {
    const auto data = seasonal(12, 100, 6);
    const auto trained = train_network(data, {}, {.threads = 1, .rounds = 80}).value();
    const auto quantiles = network_quantiles(trained, data, 1).value();
    double inside = 0, count = 0;
    for (std::size_t s = 0; s < data.series.size(); ++s)
        for (std::size_t h = 0; h < 6; ++h) {
            EXPECT_LE(quantiles[0][s][h], quantiles[1][s][h]);
            EXPECT_LE(quantiles[1][s][h], quantiles[2][s][h]);
            const double actual = data.series[s].actual[h];
            inside += actual >= quantiles[0][s][h] && actual <= quantiles[2][s][h] ? 1 : 0;
            count += 1;
        }
    EXPECT_GT(inside / count, 0.6);
    EXPECT_LT(inside / count, 0.97);
}

// Only a network whose regions inform one another can know what comes next: the neighbour had it a week before.
TEST_F(NetworkSlow, MixingHelpsWhereANeighbourLeads) {
    const auto data = chains(10, 4, 100);
    TrainingPlan plan{.most_steps = 320, .patience = 100, .windows = 40, .learning_rate = 0.01F};
    plan.adjacency.assign(16, 0.0F);
    for (std::size_t r = 1; r < 4; ++r) plan.adjacency[r * 4 + r - 1] = 1;
    const auto given = train_network(data, plan, {.threads = 1}).value();
    plan.mixing = 0;
    plan.adjacency.clear();
    const auto alone = train_network(data, plan, {.threads = 1}).value();
    EXPECT_LT(given.error, 0.6 * alone.error) << given.error << " " << alone.error;
}

TEST_F(NetworkForecast, TakesTheAdjacencyOfTheData) {
    auto data = chains(4, 3, 60);
    const RunOptions few{.threads = 1, .rounds = 5};
    const auto without = tcn(data, few).value();
    data.adjacency.assign(9, 0.0F);
    data.adjacency[3] = data.adjacency[7] = 1;
    const auto with = tcn(data, few).value();
    EXPECT_NE(with, without);
    TrainingPlan plan{.adjacency = data.adjacency};
    data.adjacency.clear();
    const auto trained = train_network(data, plan, few).value();
    EXPECT_EQ(network_quantiles(trained, data, 1).value()[1], with);
}

TEST_F(NetworkForecast, ComesBackFromItsFileBitForBit) {
    const auto data = seasonal(6, 80, 4);
    for (const auto encoder : {engines::Encoder::tcn, engines::Encoder::lstm}) {
        const auto trained = train_network(data, {.encoder = encoder}, {.threads = 1, .rounds = 20}).value();
        const auto bytes = write_network(trained).value();
        const auto again = read_network(bytes, "net").value();
        EXPECT_EQ(again, trained);
        EXPECT_EQ(write_network(again).value(), bytes);
        EXPECT_EQ(network_quantiles(again, data, 1).value(), network_quantiles(trained, data, 1).value());
    }
}

// Demand that follows its level at random: the simple method is as good as any can be, and it serves.
TEST_F(NetworkForecast, DoesNotServeWhereASimpleMethodWins) {
    Draws draws(2);
    Dataset data{.step_days = 7};
    for (int i = 0; i < 8; ++i) {
        SeriesRecord series{.id = std::to_string(i), .first = parse_day("2024-01-01").value(), .season = 1};
        double level = 100;
        for (int t = 0; t < 60; ++t) series.values.push_back(level *= std::exp(0.2 * draws.normal()));
        series.actual.assign(4, level);
        series.weight.assign(4, 1);
        data.series.push_back(std::move(series));
    }
    std::string told;
    const RunOptions options{.threads = 1, .rounds = 3, .tell = [&](const std::string& text) { told = text; }};
    const auto chosen = network_or_simple(data, options);
    ASSERT_TRUE(chosen) << chosen.error().text();
    EXPECT_THAT(told, HasSubstr("WAPE before the split"));
    EXPECT_EQ(*chosen, predict(*forecaster(told.substr(0, told.find(':'))).value(), data, options).value()) << told;
    EXPECT_THAT(told, testing::Not(testing::StartsWith("tcn"))) << told;
}

TEST_F(NetworkSlow, ServesWhereItWins) {
    std::string told;
    const auto data = seasonal(12, 100, 6);
    const RunOptions options{.threads = 1, .rounds = 40, .tell = [&](const std::string& text) { told = text; }};
    const auto chosen = network_or_simple(data, options).value();
    EXPECT_THAT(told, testing::StartsWith("tcn: ")) << told;
    EXPECT_EQ(chosen, tcn(data, options).value());
}

TEST_F(NetworkForecast, GivesFiniteNumbersForHostileSeries) {
    auto data = seasonal(8, 60, 4);
    data.series[0].values.assign(60, 0.0);
    data.series[1].values.assign(60, std::nan(""));
    data.series[2].values.resize(1);
    data.series[2].known[0].resize(5);
    data.series[3].values[40] = 1e12;
    data.series[4].known[0].assign(64, std::nanf(""));
    data.series[5].values.assign(60, 5.0);
    const auto predictions = predict(*forecaster("tcn").value(), data, {.threads = 1, .rounds = 10});
    ASSERT_TRUE(predictions) << predictions.error().text();
    for (const auto& row : *predictions) {
        ASSERT_EQ(row.size(), 4U);
        for (const double value : row) EXPECT_TRUE(std::isfinite(value) && value >= 0) << value;
    }
    EXPECT_EQ((*predictions)[0], std::vector<double>(4, 0.0));
}

TEST_F(NetworkForecast, SaysWhatIsWrong) {
    EXPECT_THAT(tcn(seasonal(3, 5, 3), {.threads = 1}).error().text(), HasSubstr("too little to learn from"));
    EXPECT_THAT(tcn({}, {.threads = 1}).error().text(), HasSubstr("too little to learn from"));
    const auto data = seasonal(6, 60, 4);
    const auto trained = train_network(data, {}, {.threads = 1, .rounds = 5}).value();
    EXPECT_THAT(network_quantiles(trained, seasonal(6, 60, 5), 1).error().text(), HasSubstr("and 4 periods ahead"));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THAT(tcn(data, {.threads = 1, .stop = stop.get_token()}).error().text(), HasSubstr("stopped"));
}

TEST(NetworkFile, SaysWhatIsWrong) {
    EXPECT_FALSE(read_network("nothing", "net"));
    TrainedNetwork trained;
    EXPECT_TRUE(read_network(write_network(trained).value(), "net"));
    trained.shape.horizon = -1;
    EXPECT_THAT(read_network(write_network(trained).value(), "net").error().text(), HasSubstr("horizon is -1"));
    trained = {};
    trained.scaling.known_mean = {1};
    EXPECT_THAT(read_network(write_network(trained).value(), "net").error().text(), HasSubstr("differ in number"));
    trained = {};
    trained.weights = {{"x", {1}, {std::nanf("")}}};
    EXPECT_THAT(read_network(write_network(trained).value(), "net").error().text(), HasSubstr("not finite"));
}

}  // namespace
}  // namespace suanpan::demand
