#include <gmock/gmock.h>

#include <cmath>
#include <map>

#include "areas/demand/simulated.h"
#include "areas/demand/trees/boosted.h"
#include "areas/demand/trees/choice.h"
#include "areas/demand/trees/features.h"
#include "platform/engines/lightgbm_library.h"

namespace suanpan::demand {
namespace {

bool has_trees() {
    return engines::light_gbm().has_value();
}

// Daily demand of Poisson with a level, a weekday and a promotion that doubles it, known ahead.
Dataset shop(std::size_t items, std::size_t seen, std::size_t horizon) {
    Draws draws(21);
    Dataset data{.step_days = 1, .known_names = {"promo"}, .category_names = {"kind"}};
    const double weekday[] = {1.2, 0.9, 0.8, 1.0, 1.3, 1.5, 0.3};
    for (std::size_t i = 0; i < items; ++i) {
        SeriesRecord series{.id = std::to_string(i), .first = parse_day("2025-01-06").value(), .season = 7};
        series.category = {static_cast<int>(i % 3)};
        series.known.emplace_back();
        for (std::size_t t = 0; t < seen + horizon; ++t) {
            const bool promo = draws.uniform() < 0.25;
            series.known[0].push_back(promo ? 1 : 0);
            const double value = draws.poisson((5 + double(i % 7)) * weekday[t % 7] * (promo ? 2 : 1));
            (t < seen ? series.values : series.actual).push_back(value);
        }
        series.weight.assign(horizon, 1);
        data.series.push_back(std::move(series));
    }
    return data;
}

std::map<std::string, float> row_of(const FeatureMaker& maker, std::size_t series, std::size_t origin,
                                    std::size_t period) {
    std::vector<float> row;
    maker.append(series, origin, period, row);
    EXPECT_EQ(row.size(), maker.columns());
    std::map<std::string, float> named;
    for (std::size_t k = 0; k < row.size(); ++k) named[maker.names()[k]] = row[k];
    EXPECT_EQ(named.size(), row.size()) << "two columns of one name";
    return named;
}

TEST(Features, AreWhatTheySay) {
    auto data = shop(6, 420, 14);
    auto& values = data.series[0].values;
    values[411] = std::nan("");
    const FeatureMaker maker(data);
    const auto row = row_of(maker, 0, 420, 423);
    double sum = 0;
    for (std::size_t t = 364; t < 420; ++t) sum += t == 411 ? 0 : values[t];
    const double level = sum / 55;
    EXPECT_NEAR(maker.level(0, 420), level, 1e-9);
    EXPECT_EQ(row.at("steps ahead"), 4);
    EXPECT_NEAR(row.at("log level"), std::log(level), 1e-6);
    EXPECT_NEAR(row.at("lag 1"), values[419] / level, 1e-6);
    EXPECT_NEAR(row.at("same place 2"), (values[416] + values[409]) / 2 / level, 1e-6);
    EXPECT_NEAR(row.at("a year before 1"), values[423 - 364] / level, 1e-6);
    EXPECT_EQ(row.at("promo"), data.series[0].known[0][423]);
    EXPECT_EQ(row.at("promo after 1"), data.series[0].known[0][424]);
    EXPECT_EQ(row.at("weekday"), 423 % 7 + 1);
    EXPECT_EQ(row.at("kind"), 0);
    // The newest two of the same weekday with the same promotion.
    double alike = 0, count = 0;
    for (std::size_t t = 416; count < 2; t -= 7)
        if (data.series[0].known[0][t] == data.series[0].known[0][423]) {
            alike += values[t];
            count += 1;
        }
    EXPECT_NEAR(row.at("alike 2"), alike / 2 / level, 1e-6);
}

// What is observed is seen up to the origin: the newest value over the mean of 56 days, and of a year.
TEST(Features, TellWhatWasObserved) {
    auto data = shop(2, 420, 14);
    data.observed_names = {"price"};
    for (auto& series : data.series) {
        series.observed.assign(1, std::vector<float>(420, 10));
        series.observed[0][399] = 12;
        series.observed[0][400] = 90;  // not seen from the origin 400
    }
    const auto row = row_of(FeatureMaker(data), 0, 400, 405);
    EXPECT_NEAR(row.at("price"), 12 / ((55 * 10 + 12) / 56.0), 1e-5);
    EXPECT_NEAR(row.at("price 364"), 12 / ((363 * 10 + 12) / 364.0), 1e-5);
    data.series[0].observed[0][399] = std::nanf("");
    EXPECT_TRUE(std::isnan(row_of(FeatureMaker(data), 0, 400, 405).at("price")));
}

// Whatever comes after the origin changes no feature, but for what is known of the future.
TEST(Features, SeeNothingAfterTheOrigin) {
    const auto data = shop(6, 500, 14);
    auto other = data;
    for (auto& series : other.series)
        for (std::size_t t = 440; t < 500; ++t) series.values[t] = 1000 + double(t);
    const FeatureMaker before(data), after(other);
    for (const std::size_t period : {440, 447, 453}) {
        std::vector<float> one, two;
        before.append(3, 440, period, one);
        after.append(3, 440, period, two);
        for (std::size_t k = 0; k < one.size(); ++k)
            EXPECT_TRUE(one[k] == two[k] || (std::isnan(one[k]) && std::isnan(two[k]))) << before.names()[k];
    }
}

// The promotion doubles demand: the trees know it from other days and other items, a method without it cannot.
TEST(Boosted, LearnsThePromotion) {
    if (!has_trees()) GTEST_SKIP() << "LightGBM is not here";
    const auto data = shop(20, 150, 14);
    const auto predictions = boosted(data, {.threads = 1, .rounds = 50});
    ASSERT_TRUE(predictions) << predictions.error().text();
    const auto naive = predict(*forecaster("ets").value(), data, {.threads = 1}).value();
    const auto of = [&](const Predictions& p) { return measure(data, p, {}).wape; };
    EXPECT_LT(of(*predictions), 0.75 * of(naive)) << of(*predictions) << " " << of(naive);
    EXPECT_EQ(*predictions, boosted(data, {.threads = 1, .rounds = 50}).value()) << "the same seed, other trees";
}

// The test's numbers choose nothing, and the choice follows the validation window: where it is noise, few rounds do.
TEST(Boosted, ChoosesByAWindowBeforeTheSplit) {
    if (!has_trees()) GTEST_SKIP() << "LightGBM is not here";
    auto data = shop(4, 60, 7);
    const RunOptions options{.threads = 1, .rounds = 120};
    const auto choice = choose_trees(data, options).value();
    // What it says is what a model of as many rounds has in the window.
    const auto window = earlier(data, 1, 8);
    EXPECT_NEAR(measure(window, boosted_as(choice, window, options).value(), {}).wape, choice.error, 1e-6);
    for (auto& series : data.series)
        for (auto& value : series.actual) value = 1000 - value;
    const auto again = choose_trees(data, options).value();
    EXPECT_EQ(again.text(), choice.text());
    EXPECT_EQ(again.error, choice.error);
    EXPECT_GT(choice.error, 0.1);  // Poisson demand has about that
    EXPECT_LT(choice.error, 0.4);
    for (auto& series : data.series)  // the window contradicts all that came before
        for (std::size_t t = 53; t < 60; ++t) series.values[t] = series.known[0][t] > 0 ? 0 : 20;
    EXPECT_LT(choose_trees(data, options).value().rounds, choice.rounds);
}

TEST(Boosted, TellsWhatItChose) {
    if (!has_trees()) GTEST_SKIP() << "LightGBM is not here";
    std::string told;
    const RunOptions options{.threads = 1, .tell = [&](const std::string& choice) { told = choice; }};
    ASSERT_TRUE(boosted(shop(12, 12, 5), options));  // too short to keep a window back
    EXPECT_EQ(told, "regression_l1, 400 rounds");
}

TEST(Boosted, SaysWhereThereIsTooLittle) {
    const auto done = boosted(shop(2, 20, 3), {.threads = 1});
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().text(), testing::HasSubstr("rows to learn from and need 200"));
}

}  // namespace
}  // namespace suanpan::demand
