#include "areas/demand/evaluate/evaluate.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "areas/demand/evaluate/adjacency.h"
#include "areas/demand/evaluate/combine.h"
#include "areas/demand/evaluate/command.h"
#include "areas/demand/evaluate/conformal.h"
#include "areas/demand/simulated.h"

namespace suanpan::demand {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class FileTest : public testing::Test {
  protected:
    void TearDown() override { fs::remove(file); }
    const fs::path& write(const std::string& text) {
        std::ofstream(file) << text;
        return file;
    }
    fs::path file =
        fs::temp_directory_path() / ("suanpan-evaluate-" + std::to_string(::getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv");
};

TEST_F(FileTest, ReadsALongFile) {
    write(
        "series,date,value,promo,kind,weight\n"
        "a,2026-01-05,3,0,food,1\na,2026-01-06,4,1,food,1\na,2026-01-08,6,0,food,1\na,2026-01-09,7,1,food,0\n"
        "b,2026-01-07,1,0,toy,1\nb,2026-01-08,,0,toy,0\nb,2026-01-09,2,0,toy,5\n");
    const auto data = read_dataset(file, {.split = "2026-01-08"}).value();
    ASSERT_EQ(data.series.size(), 2u);
    EXPECT_EQ(data.step_days, 1);
    EXPECT_THAT(data.known_names, ElementsAre("promo"));
    EXPECT_THAT(data.category_names, ElementsAre("kind"));
    const auto& a = data.series[0];
    EXPECT_EQ(a.season, 7);
    EXPECT_THAT(a.values, ElementsAre(3, 4, 0));  // no row on the 7th
    EXPECT_THAT(a.actual, ElementsAre(6, 7));
    EXPECT_THAT(a.weight, ElementsAre(1, 0));
    EXPECT_EQ(a.known[0][1], 1);
    EXPECT_TRUE(std::isnan(a.known[0][2]));
    EXPECT_THAT(data.series[1].weight, ElementsAre(0, 5));
    EXPECT_TRUE(std::isnan(read_dataset(file, {.split = "2026-01-08", .missing = "gap"}).value().series[0].values[2]));
}

TEST_F(FileTest, ReadsTrainAndTestInTheRow) {
    write("series,period,horizon,train,test\nN1,QUARTERLY,2,1;2;3.5,4;5\n");
    const auto data = read_dataset(file, {}).value();
    EXPECT_EQ(data.series[0].season, 4);
    EXPECT_THAT(data.series[0].values, ElementsAre(1, 2, 3.5));
    EXPECT_THAT(data.series[0].actual, ElementsAre(4, 5));
}

TEST_F(FileTest, ReadsWhichRegionsHearOfEachOther) {
    write(
        "series,date,value,store\na,2026-01-05,3,north\na,2026-01-06,4,north\nb,2026-01-05,3,south\nb,2026-01-06,1,"
        "south\n");
    auto data = read_dataset(file, {.split = "2026-01-06"}).value();
    const auto told = [&](const std::string& rows) {
        const auto pairs = file.string() + ".pairs";
        std::ofstream(pairs) << "region,neighbour,weight\n" << rows;
        auto adjacency = read_adjacency(pairs, data);
        fs::remove(pairs);
        return adjacency;
    };
    EXPECT_THAT(told("south,north,0.5\n").value(), ElementsAre(0, 0, 0.5F, 0));
    EXPECT_THAT(told("south,west,1\n").error().text(), HasSubstr("west"));
    EXPECT_THAT(told("south,north,-1\n").error().text(), HasSubstr("from 0 upwards"));
    EXPECT_THAT(told("south,north,1\nsouth,north,1\n").error().text(), HasSubstr("twice"));
    EXPECT_THAT(read_adjacency("nowhere.csv", data).error().text(), HasSubstr("no such file"));
    data.category_names = {"kind"};
    EXPECT_THAT(told("south,north,1\n").error().text(), HasSubstr("no regions"));
}

TEST_F(FileTest, SaysWhatIsWrongWithAFile) {
    const auto error = [&](const std::string& rows, const ReadOptions& options = {.split = "2026-01-08"}) {
        const auto read = read_dataset(write("series,date,value\n" + rows), options);
        return read ? std::string("none") : read.error().text();
    };
    EXPECT_THAT(error("a,2026-01-05,1\na,2026-01-05,2\n"), HasSubstr("a: 2026-01-05 stands twice"));
    EXPECT_THAT(error("a,2026-01-05,-1\na,2026-01-08,2\n"), HasSubstr("a: the value on 2026-01-05 is -1"));
    EXPECT_THAT(error("a,2026-01-05,inf\na,2026-01-08,2\n"), HasSubstr("value: the column does not hold numbers"));
    EXPECT_THAT(error("a,2026-01-05,nan\na,2026-01-08,2\n"), HasSubstr("a: the value on 2026-01-05 is nan"));
    EXPECT_THAT(error("a,2026-01-05,\na,2026-01-08,2\n"), HasSubstr("a: the value on 2026-01-05 is nan"));
    EXPECT_THAT(error("a,yesterday,1\n"), HasSubstr("date: the column does not hold days"));
    EXPECT_THAT(error("a,2026-01-05,many\n"), HasSubstr("value: the column does not hold numbers"));
    EXPECT_THAT(error("a,2026-01-05,1\n"), HasSubstr("nothing lies from 2026-01-08 on"));
    EXPECT_THAT(error("a,2026-01-05,1\n", {}), HasSubstr("say where the test begins"));
    EXPECT_THAT(error("a,2026-01-09,1\na,2026-01-10,1\n"), HasSubstr("no series begins before the split"));
    EXPECT_THAT(error("a,2026-01-05,1\na,2026-01-12,1\n", {.split = "2026-01-08"}), HasSubstr("between two periods"));
    EXPECT_THAT(error("a,2026-01-05,1\n", {.id = "item"}),
                HasSubstr("no column \"item\"; it has: series, date, value"));
    EXPECT_THAT(error("", {.split = "2026-01-08"}), HasSubstr("no rows"));
    EXPECT_THAT(read_dataset("/nowhere.csv", {}).error().text(), HasSubstr("no such file"));
    write("series,period,train,test\nN1,YEARLY,1;x;3,4\n");
    EXPECT_THAT(read_dataset(file, {}).error().text(), HasSubstr("N1: value 2 is \"x\""));
}

SeriesRecord record(std::vector<double> seen, std::vector<double> actual) {
    SeriesRecord series{.id = "s", .season = 1, .values = std::move(seen), .actual = std::move(actual)};
    series.weight.assign(series.actual.size(), 1.0);
    return series;
}

TEST(Measures, EqualTheirFormulas) {
    Dataset data{.series = {record({1, 3, 2, 4}, {4, 0})}};
    const Intervals intervals{{0.1, 0.9}, {{{3, 0}, {6, 1}}}};
    const auto m = measure(data, {{5, 1}}, intervals);
    EXPECT_DOUBLE_EQ(m.wape, 2.0 / 4);
    EXPECT_DOUBLE_EQ(m.smape, (200.0 / 9 + 200) / 2);
    EXPECT_DOUBLE_EQ(m.mase, 1 / ((2.0 + 1 + 2) / 3));
    EXPECT_DOUBLE_EQ(m.rmsse, std::sqrt(1 / ((4.0 + 1 + 4) / 3)));
    EXPECT_DOUBLE_EQ(m.rmspe, 0.25);
    EXPECT_DOUBLE_EQ(m.bias, 2.0 / 4);
    EXPECT_DOUBLE_EQ(m.coverage, 1);
    EXPECT_NEAR(m.pinball, 2 * ((0.1 + 0.2) / 2 + (0 + 0.1) / 2) / 4, 1e-12);
    data.series[0].weight = {1, 0};
    EXPECT_EQ(measure(data, {{5, 1}}, intervals).scored, 1);
}

TEST(Combine, MedianMeanAndBlend) {
    Dataset data{.series = {record({1}, {10, 20})}};
    const Predictions low = {{8, 18}}, high = {{14, 24}}, far = {{100, 100}};
    EXPECT_EQ(median_of({&low, &high, &far}), high);
    EXPECT_EQ(weighted({&low, &high}, {0.5, 0.5}), (Predictions{{11, 21}}));
    // 2/3 of one and 1/3 of the other hit both values.
    const auto weights = blend_weights({{&data, {&low, &high, &far}}});
    EXPECT_NEAR(weights[0], 2.0 / 3, 0.03);
    EXPECT_EQ(weights[2], 0);
    EXPECT_FALSE(parse_recipe("median:ets"));
    EXPECT_FALSE(parse_recipe("worst:ets+theta"));
    EXPECT_THAT(parse_recipe("mean:ets+theta")->members, ElementsAre("ets", "theta"));
}

TEST(Combine, BestIsTheSimplestOfLeastError) {
    Dataset data{.series = {record({1}, {10, 20})}};
    const Predictions low = {{8, 18}}, high = {{12, 22}}, far = {{100, 100}}, exact = {{10, 20}};
    const Recipe recipe{Recipe::Kind::best, {"low", "high", "far"}};
    const auto of = [&](const Members& members) {
        return describe(choose_best(recipe, {{&data, members}}, Criterion::wape).value());
    };
    EXPECT_EQ(of({&low, &high, &far}), "mean of low, high");
    EXPECT_EQ(of({&low, &high, &exact}), "far");
    EXPECT_EQ(of({&low, &exact, &far}), "high");
    const Predictions under = {{1, 11}}, near = {{10, 21}};
    EXPECT_EQ(of({&near, &under, &far}), "low");
    const Predictions twice = {{10, 90}}, thrice = {{90, 20}}, bad = {{9, 19}};
    EXPECT_EQ(of({&twice, &thrice, &bad}), "median of low, high, far");
    EXPECT_THAT(parse_criterion("rmse").error().text(), HasSubstr("write wape, smape or mase"));
    const Recipe many{Recipe::Kind::best, std::vector<std::string>(11, "ets")};
    EXPECT_THAT(choose_best(many, {}, Criterion::wape).error().text(), HasSubstr("name at most 10"));
}

Dataset simulated(std::size_t items) {
    const auto truth = simulate({1.5, 1.0, 0.6, 1.2}, items, 60, 8);
    Dataset data;
    for (std::size_t i = 0; i < items; ++i) {
        data.series.push_back(record(truth.past[i].values, truth.future[i]));
        data.series.back().season = 4;
    }
    return data;
}

// New errors of the same kind lie within the levels as often as these say.
TEST(Conformal, SlowCoversWhatComes) {
    const auto data = simulated(300);
    const auto evaluation =
        evaluate(data, {.models = {"seasonal_naive", "ets"}, .windows = 2, .levels = {0.1, 0.5, 0.9}}).value();
    for (const auto& report : evaluation.reports) {
        EXPECT_NEAR(report.measures.coverage, 0.8, 0.04) << report.model;
        ASSERT_EQ(report.measures.coverage_by_horizon.size(), 4u);
        for (const double share : report.measures.coverage_by_horizon) EXPECT_NEAR(share, 0.8, 0.06) << report.model;
    }
    EXPECT_LT(evaluation.reports[1].measures.wape, evaluation.reports[0].measures.wape);
    for (const auto& series : evaluation.intervals[1].values)
        for (std::size_t h = 0; h < 8; ++h) EXPECT_LE(series[0][h], series[2][h]);
}

TEST(Dataset, IsCutAsItWasSeenEarlier) {
    SeriesRecord series{.id = "a", .values = {1, 2, std::nan(""), 4, 5, 6}, .actual = {7}, .weight = {1}};
    series.known = {{1, 2, 3, 4, 5, 6, 7}};
    series.observed = {{1, 2, 3, 4, 5, 6}};
    const Dataset data{.series = {series, {.id = "short", .values = {1, 2, 3}, .actual = {4}, .weight = {1}}}};
    const auto past = earlier(data, {.periods = 4, .horizon = 3, .least = 1});
    ASSERT_EQ(past.series.size(), 1u);
    EXPECT_THAT(past.series[0].values, ElementsAre(1, 2));
    EXPECT_TRUE(std::isnan(past.series[0].actual[0]));
    EXPECT_EQ(past.series[0].actual[2], 5);
    EXPECT_THAT(past.series[0].weight, ElementsAre(0, 1, 1));
    EXPECT_THAT(past.series[0].known[0], ElementsAre(1, 2, 3, 4, 5));
    EXPECT_THAT(past.series[0].observed[0], ElementsAre(1, 2));
    const auto beyond = earlier(data, {.periods = 1, .horizon = 2, .least = 1});
    EXPECT_EQ(beyond.series[0].actual[0], 6);
    EXPECT_TRUE(std::isnan(beyond.series[0].actual[1])) << "not known yet";
    EXPECT_THAT(part_of(data, std::array<std::size_t, 1>{1}).series, testing::SizeIs(1));
}

// The test's numbers decide nothing: with another future, the weights and forecasts are the same.
TEST(Evaluate, NothingOfTheTestDecides) {
    auto data = simulated(40);
    const EvaluateOptions options{
        .models = {"blend:ets+seasonal_naive+window_average", "best:ets+seasonal_naive+naive"}};
    const auto before = evaluate(data, options).value();
    for (auto& series : data.series)
        for (auto& value : series.actual) value = 1000 - value;
    const auto after = evaluate(data, options).value();
    for (const std::size_t model : {0, 1}) EXPECT_EQ(before.reports[model].weights, after.reports[model].weights);
    EXPECT_EQ(before.reports[1].weights, "ets");
    EXPECT_EQ(before.predictions, after.predictions);
    EXPECT_EQ(before.intervals[0].values, after.intervals[0].values);
}

TEST(Evaluate, SaysWhichModelsThereAre) {
    EXPECT_THAT(evaluate(simulated(2), {.models = {"oracle"}}).error().text(),
                HasSubstr("there is no model \"oracle\". There are: naive, seasonal_naive"));
    EXPECT_THAT(evaluate(simulated(2), {.models = {"blend:ets+theta"}, .windows = 0}).error().text(),
                HasSubstr("a blend learns its weights on windows before the split"));
}

std::vector<std::pair<std::string, std::vector<double>>> odd_series() {
    std::vector<double> jump(60, 1), gaps(60, 4), rise;
    jump[59] = 1e6;
    for (std::size_t t = 0; t < 60; t += 3) gaps[t] = std::nan("");
    for (int t = 0; t < 40; ++t) rise.push_back(std::exp(t));
    return {{"constant", std::vector<double>(60, 5)},
            {"zero", std::vector<double>(60, 0)},
            {"one", {3}},
            {"two", {0, 9}},
            {"jump", jump},
            {"back from a jump", {1, 1, 1e6, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}},
            {"gaps", gaps},
            {"only gaps", std::vector<double>(9, std::nan(""))},
            {"rise", rise},
            {"huge", std::vector<double>(60, 1e300)},
            {"tiny", std::vector<double>(60, 1e-300)}};
}

class EveryForecaster : public testing::TestWithParam<Forecaster> {};
TEST_P(EveryForecaster, AnswersOddSeriesWithNumbers) {
    Dataset data;
    for (const auto& [id, values] : odd_series()) {
        data.series.push_back(record(values, {1, 1, 1, 1, 1, 1, 1, 1}));
        data.series.back().id = id;
        data.series.back().season = 7;
    }
    const auto predictions = predict(GetParam(), data, {.threads = 1, .rounds = 20});
    if (!predictions && predictions.error().code == ErrorCode::unavailable) GTEST_SKIP() << predictions.error().text();
    ASSERT_TRUE(predictions) << predictions.error().text();
    for (std::size_t s = 0; s < data.series.size(); ++s) {
        ASSERT_EQ((*predictions)[s].size(), 8u);
        for (const double value : (*predictions)[s])
            EXPECT_TRUE(std::isfinite(value) && value >= 0) << data.series[s].id << ": " << value;
    }
    EXPECT_NEAR((*predictions)[0][3], 5, 0.5);
    EXPECT_EQ((*predictions)[1][3], 0);
}
INSTANTIATE_TEST_SUITE_P(All, EveryForecaster, testing::ValuesIn(forecasters().begin(), forecasters().end()),
                         [](const auto& info) { return std::string(info.param.name); });

// Poisson demand of few units a day, all with one season: single series hardly show it, all together do.
TEST(GroupSeason, BorrowsTheSeasonOfAll) {
    const auto truth = simulate({2.0, 1.4, 0.6, 0.4, 0.8, 1.0, 0.8}, 60, 56, 14);
    Dataset data{.step_days = 1};
    for (std::size_t i = 0; i < truth.past.size(); ++i) {
        data.series.push_back(record(truth.past[i].values, truth.future_mean[i]));
        data.series.back().season = 7;
    }
    const auto wape_of = [&](const char* name) {
        return measure(data, predict(*forecaster(name).value(), data, {}).value(), {}).wape;
    };
    EXPECT_LT(wape_of("group_season"), 0.15);
    EXPECT_LT(wape_of("group_season"), 0.85 * wape_of("mstl_theta"));
}

TEST(Evaluate, FiftyThousandPointsAreForecast) {
    Draws draws(3);
    std::vector<double> y;
    for (int t = 0; t < 50'000; ++t) y.push_back(draws.poisson(3 + t % 7));
    const Dataset data{.series = {record(y, {3, 4, 5, 6, 7, 8, 9})}};
    auto seasonal = data;
    seasonal.series[0].season = 7;
    const auto evaluation = evaluate(seasonal, {.models = {"ets", "dotm", "arima", "mstl_ets"}, .windows = 0}).value();
    for (const auto& report : evaluation.reports) EXPECT_LT(report.measures.wape, 0.9) << report.model;
}

TEST_F(FileTest, TheCommandsPrintTables) {
    std::string rows = "series,date,value\n";
    for (int day = 1; day <= 30; ++day) rows += fmt::format("a,2026-01-{:02},{}\n", day, 10 + day % 7);
    write(rows);
    EXPECT_TRUE(is_file_command({"forecast", file.string()}));
    EXPECT_FALSE(is_file_command({"forecast", "/no/such/shop"}));
    const auto table =
        run_file_command({"evaluate", file.string(), "--horizon", "7", "--models", "naive,seasonal_naive", "--csv"});
    ASSERT_TRUE(table) << table.error().text();
    EXPECT_THAT(*table, HasSubstr("seasonal_naive,0,0,"));  // the series repeats itself
    const auto shown =
        run_file_command({"evaluate", file.string(), "--horizon", "7", "--models", "naive", "--forecasts", "--json"});
    ASSERT_TRUE(shown) << shown.error().text();
    EXPECT_THAT(*shown, HasSubstr(R"({"model":"naive","series":"a","step":1,"forecast":12,"actual":13,"weight":1})"));
    EXPECT_THAT(*shown, HasSubstr(R"("step":7,"forecast":12)"));
    const auto forecast = run_file_command(
        {"forecast", file.string(), "--horizon", "2", "--models", "seasonal_naive", "--levels", "0.1,0.9", "--json"});
    ASSERT_TRUE(forecast) << forecast.error().text();
    EXPECT_THAT(*forecast, HasSubstr(R"("series":"a","date":"2026-01-31","period":31,"mean":13)"));
}

TEST_F(FileTest, TheCommandsSayWhatIsWrong) {
    write("series,date,value\na,2026-01-01,1\na,2026-01-02,1\n");
    const auto error = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"evaluate", file.string()});
        const auto done = run_file_command(words);
        return done ? std::string("none") : done.error().text();
    };
    EXPECT_THAT(error({"--horizon", "many"}), HasSubstr("--horizon: \"many\" is not a number from 0 upwards"));
    EXPECT_THAT(error({"--horizon", "-1"}), HasSubstr("--horizon"));
    EXPECT_THAT(error({"--levels", "0.9,0.1"}), HasSubstr("levels rise and lie between 0 and 1"));
    EXPECT_THAT(error({"--colour", "red"}), HasSubstr("usage: suanpan demand evaluate"));
    EXPECT_THAT(error({"--missing", "guess", "--horizon", "1"}), HasSubstr("--missing: write 0 or gap"));
}

}  // namespace
}  // namespace suanpan::demand
