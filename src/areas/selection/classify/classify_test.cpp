#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>

#include "areas/selection/classify/class_measures.h"
#include "areas/selection/classify/classifier.h"
#include "areas/selection/classify/command.h"
#include "platform/engines/lightgbm_library.h"
#include "platform/engines/xgboost_library.h"

namespace suanpan::selection {
namespace {

// 600 rows; the chance of a yes is 1 / (1 + exp(-2x)) where the kind is "a", 1 / (1 + exp(2x)) where it is "b".
std::filesystem::path drawn_file() {
    const auto file = std::filesystem::path(testing::TempDir()) / "classify_rows.csv";
    std::ofstream out(file);
    std::mt19937_64 draw(5);
    const auto share = [&] { return static_cast<double>(draw() >> 11) * 0x1p-53; };
    out << "x,noise,kind,bought\n";
    for (int i = 0; i < 600; ++i) {
        const double x = 4 * share() - 2;
        const bool a = draw() % 2 == 0;
        const bool yes = share() < 1 / (1 + std::exp(a ? -2 * x : 2 * x));
        out << fmt::format("{:.6f},{:.6f},{},{}\n", x, share(), a ? "a" : "b", yes ? "TRUE" : "FALSE");
    }
    return file;
}

TEST(ClassMeasures, AreaCountsPairsAndTiesHalf) {
    const std::vector<double> said = {0.1, 0.4, 0.4, 0.9};
    const std::vector<float> real = {0, 0, 1, 1};
    EXPECT_DOUBLE_EQ(area_under_curve(said, real), 3.5 / 4);  // of 4 pairs 3 in order and a tie
    EXPECT_DOUBLE_EQ(area_under_curve(said, std::vector<float>{0, 0, 0, 0}), 0.5);
}

TEST(ClassMeasures, ThresholdHasTheBestF1) {
    const std::vector<double> said = {0.2, 0.3, 0.6, 0.7};
    const std::vector<float> real = {0, 1, 0, 1};
    EXPECT_DOUBLE_EQ(best_threshold(said, real), 0.3);  // F1 0.8; 2/3 from 0.7 on
    const auto m = class_measures(said, real, 0.3);
    EXPECT_DOUBLE_EQ(m.f1, 0.8);
    EXPECT_NEAR(m.brier, (0.04 + 0.49 + 0.36 + 0.09) / 4, 1e-12);
    EXPECT_NEAR(m.log_loss, -(std::log(0.8) + std::log(0.3) + std::log(0.4) + std::log(0.7)) / 4, 1e-12);
}

TEST(LabelledTable, TextsBecomeColumns) {
    const auto table = read_labelled(drawn_file(), {.label = "bought", .categories = {}}).value();
    EXPECT_EQ(table.columns, (std::vector<std::string>{"x", "noise", "kind_0", "kind_1"}));
    ASSERT_EQ(table.rows(), 600);
    for (std::size_t row = 0; row < 600; ++row) EXPECT_EQ(table.features[4 * row + 2] + table.features[4 * row + 3], 1);
}

TEST(LabelledTable, SaysWhatIsWrong) {
    EXPECT_EQ(read_labelled(drawn_file(), {.label = "no", .categories = {}}).error().about, "no");
    EXPECT_EQ(read_labelled(drawn_file(), {.label = "x", .categories = {}}).error().code, ErrorCode::invalid_argument);
    const auto missing = std::filesystem::path(testing::TempDir()) / "classify_missing.csv";
    std::ofstream(missing) << "a,b\n1,0\n2,1\n3,\n";
    EXPECT_FALSE(read_labelled(missing, {.label = "b", .categories = {}})) << "a label is missing";
    EXPECT_EQ(read_labelled("/no/such", {.label = "x", .categories = {}}).error().code, ErrorCode::not_found);
}

TEST(Classifier, ComesNearTheTruthAndIsCalibrated) {
    if (const auto api = engines::light_gbm(); !api) GTEST_SKIP() << api.error().text();
    if (const auto api = engines::xg_boost(); !api) GTEST_SKIP() << api.error().text();
    const auto table = read_labelled(drawn_file(), {.label = "bought", .categories = {}}).value();
    std::vector<std::size_t> known, asked;
    std::vector<double> truth;
    for (std::size_t i = 0; i < table.rows(); ++i) (i < 400 ? known : asked).push_back(i);
    for (const auto i : asked) {
        const double x = double(table.features[4 * i]);
        truth.push_back(table.features[4 * i + 2] > 0 ? x : -x);
    }
    const auto test = table.only(asked);
    const auto model = Classifier::train(table.only(known), {.trials = 4, .folds = 3, .threads = 1}).value();
    const auto m = class_measures(model.chances(test.all()).value(), test.labels, model.threshold());
    EXPECT_GT(m.auc, area_under_curve(truth, test.labels) - 0.04);
    EXPECT_LT(m.calibration_error, 0.15);
    const auto again = Classifier::train(table.only(known), {.trials = 4, .folds = 3, .threads = 1}).value();
    EXPECT_EQ(model.chances(test.all()).value(), again.chances(test.all()).value());
}

TEST(Classifier, NothingOfTheLabelsGivesAnEvenArea) {
    if (const auto api = engines::light_gbm(); !api) GTEST_SKIP() << api.error().text();
    if (const auto api = engines::xg_boost(); !api) GTEST_SKIP() << api.error().text();
    auto table = read_labelled(drawn_file(), {.label = "bought", .categories = {}}).value();
    std::mt19937_64 draw(11);
    for (auto& label : table.labels) label = float(draw() % 2);
    std::vector<std::size_t> known, asked;
    for (std::size_t i = 0; i < table.rows(); ++i) (i < 400 ? known : asked).push_back(i);
    const auto model = Classifier::train(table.only(known), {.trials = 4, .folds = 3, .threads = 1}).value();
    const auto test = table.only(asked);
    EXPECT_NEAR(area_under_curve(model.chances(test.all()).value(), test.labels), 0.5, 0.15);
}

TEST(ClassCommand, RefusesWhatItDoesNotKnow) {
    EXPECT_TRUE(is_file_command({"evaluate", "x.csv"}));
    EXPECT_FALSE(is_file_command({"run", "shop"}));
    EXPECT_EQ(run_file_command({"evaluate", "x.csv"}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(run_file_command({"evaluate", "x.csv", "--labels", "y"}).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace suanpan::selection
