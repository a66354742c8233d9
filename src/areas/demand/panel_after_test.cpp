#include <gtest/gtest.h>

#include <cmath>

#include "areas/demand/panel.h"
#include "areas/demand/simulated.h"

namespace suanpan::demand {
namespace {

const std::vector<double> level = {1.0};
const PanelOptions options{.season = 1, .horizon = 4, .window = 2};

std::vector<Series> first_periods(std::vector<Series> all, std::size_t count) {
    for (auto& series : all) series.values.resize(count);
    return all;
}

std::size_t differing(const std::vector<ItemModel>& a, const std::vector<ItemModel>& b) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < a.size(); ++i) found += a[i] != b[i];
    return found;
}

// Squared error of demand over the next two periods, summed over items.
double error_of(const std::vector<ItemModel>& models, const std::vector<Series>& past, const Simulated& truth) {
    const auto forecasts = serve_panel(models, past, 0, options).value();
    double sum = 0;
    for (std::size_t i = 0; i < forecasts.size(); ++i)
        sum += std::pow(forecasts[i].window_mean - truth.future_mean[i][0] - truth.future_mean[i][1], 2);
    return sum;
}

TEST(PanelAfter, OfTheSamePeriodsOnlyWhatWasCorrectedIsFittedAndAllIsAsIfTrainedAnew) {
    auto truth = simulate(level, 200, 60, 2);
    const auto before = train_panel(truth.past, options).value();
    for (std::size_t i = 0; i < 5; ++i) truth.past[i].values[30] += 40;
    const auto after = train_panel_after(truth.past, options, {before, 0, 60}).value();
    EXPECT_EQ(after.kept, 195);
    EXPECT_EQ(differing(after.models, train_panel(truth.past, options).value()), 0U);
}

TEST(PanelAfter, SlowAFourthOfTheItemsIsFittedAgainEachPeriodAndEachWithinFour) {
    const auto truth = simulate(level, 400, 64, 2);
    auto models = train_panel(first_periods(truth.past, 60), options).value();
    std::vector<std::size_t> fitted(400);
    for (std::size_t end = 61; end <= 64; ++end) {
        const auto past = first_periods(truth.past, end);
        const auto after = train_panel_after(past, options, {models, 1, static_cast<std::int64_t>(end)}).value();
        EXPECT_NEAR(static_cast<double>(after.kept), 300, 40);
        const auto anew = train_panel(past, options).value();
        for (std::size_t i = 0; i < 400; ++i) fitted[i] += after.models[i] == anew[i];
        models = after.models;
    }
    for (std::size_t i = 0; i < 400; ++i) EXPECT_GE(fitted[i], 1U) << truth.past[i].id;
}

TEST(PanelAfter, ACorrectionOfThePastFitsItsItemAgain) {
    const auto truth = simulate(level, 100, 61, 2);
    const auto models = train_panel(first_periods(truth.past, 60), options).value();
    auto corrected = truth.past;
    for (auto& series : corrected) series.values[59] += 7;
    EXPECT_EQ(train_panel_after(corrected, options, {models, 1, 61}).value().kept, 0);
    EXPECT_GT(train_panel_after(truth.past, options, {models, 1, 61}).value().kept, 60);
}

TEST(PanelAfter, AnItemThatIsNewOrOfAnOldFileIsFitted) {
    const auto truth = simulate(level, 10, 40, 2);
    auto models = train_panel(truth.past, options).value();
    models.erase(models.begin(), models.begin() + 4);
    for (std::size_t i = 0; i < 3; ++i) models[i].seen = 0;
    EXPECT_EQ(train_panel_after(truth.past, options, {models, 0, 40}).value().kept, 3);
}

// Three weeks of moved states cost little beside fitting all: 2 % of the error at most.
TEST(PanelAfter, SlowMovedStatesForecastNearlyAsWellAsFittedOnes) {
    const auto truth = simulate(level, 600, 63, 2);
    const auto models = train_panel(first_periods(truth.past, 60), options).value();
    const auto moved = train_panel_after(truth.past, options, {models, 3, 63, 1000}).value();
    EXPECT_GT(moved.kept, 590);
    const auto anew = train_panel(truth.past, options).value();
    EXPECT_LT(error_of(moved.models, truth.past, truth), 1.02 * error_of(anew, truth.past, truth));
}

}  // namespace
}  // namespace suanpan::demand
