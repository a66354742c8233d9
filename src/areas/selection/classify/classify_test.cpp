#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <random>

#include "areas/selection/classify/class_measures.h"
#include "areas/selection/classify/classifier.h"

namespace suanpan::selection {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Pair by pair, as the measure is defined.
double pairs_area(const std::vector<double>& scores, const std::vector<float>& labels) {
    double won = 0, pairs = 0;
    for (std::size_t i = 0; i < scores.size(); ++i)
        for (std::size_t j = 0; j < scores.size(); ++j)
            if (labels[i] > labels[j]) {
                ++pairs;
                won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            }
    return won / pairs;
}

TEST(ClassMeasures, AreaIsTheShareOfPairsInOrderWithTiesHalf) {
    std::mt19937_64 draw(3);
    std::vector<double> scores;
    std::vector<float> labels;
    for (int i = 0; i < 200; ++i) {
        scores.push_back(static_cast<double>(draw() % 20));
        labels.push_back(draw() % 3 == 0 ? 1 : 0);
    }
    EXPECT_NEAR(area_under_curve(scores, labels), pairs_area(scores, labels), 1e-12);
    EXPECT_EQ(area_under_curve(std::vector<double>{1, 2}, std::vector<float>{0, 1}), 1);
    EXPECT_EQ(area_under_curve(std::vector<double>{1, 2}, std::vector<float>{1, 1}), 0.5) << "one kind alone";
}

TEST(ClassMeasures, AreTheOnesOfTextbooks) {
    const std::vector<double> chances = {0.9, 0.6, 0.4, 0.1};
    const std::vector<float> labels = {1, 0, 1, 0};
    const auto m = class_measures(chances, labels, 0.5);
    EXPECT_NEAR(m.brier, (0.01 + 0.36 + 0.36 + 0.01) / 4, 1e-12);
    EXPECT_NEAR(m.log_loss, -(2 * std::log(0.9) + 2 * std::log(0.4)) / 4, 1e-12);
    EXPECT_NEAR(m.f1, 0.5, 1e-12) << "one hit of two said and two that are";
    EXPECT_EQ(best_threshold(chances, labels), 0.4) << "both are found, one too many is said: F1 0.8";
}

class ClassifyTest : public testing::Test {
  protected:
    void SetUp() override { std::filesystem::create_directories(folder); }
    void TearDown() override { std::filesystem::remove_all(folder); }
    std::filesystem::path write(const std::string& name, const std::string& text) {
        std::ofstream(folder / name) << text;
        return folder / name;
    }
    std::filesystem::path folder =
        std::filesystem::path(testing::TempDir()) /
        (std::string("classify_") + testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(ClassifyTest, NamesBecomeColumnsAndEmptyCellsStayEmpty) {
    const auto file = write("a.csv", "month,pages,kind,bought\nMay,3,7,true\nNov,,8,false\nMay,5,7,false\n");
    const auto table = read_labelled(file, {.label = "bought", .categories = {"kind"}}).value();
    EXPECT_THAT(table.columns, ElementsAre("month_0", "month_1", "pages", "kind_0", "kind_1"));
    EXPECT_THAT(table.labels, ElementsAre(1, 0, 0));
    EXPECT_THAT(std::vector<float>(table.features.begin(), table.features.begin() + 5), ElementsAre(1, 0, 3, 1, 0));
    EXPECT_TRUE(std::isnan(table.features[7]));
}

TEST_F(ClassifyTest, SaysWhatIsWrongWithAFile) {
    const auto wrong = [&](const std::string& text, const LabelledOptions& options) {
        return read_labelled(write("b.csv", text), options).error();
    };
    EXPECT_EQ(read_labelled(folder / "none.csv", {.label = "x"}).error().code, ErrorCode::not_found);
    EXPECT_EQ(wrong("a,b\n1,2\n", {.label = "c"}).about, "c");
    EXPECT_EQ(wrong("a,b\n1,2\n", {.label = "b"}).about, "b");
    EXPECT_THAT(wrong("a,b\n1,0\n2,1\n3,\n", {.label = "b"}).message, HasSubstr("true and false"));
    EXPECT_EQ(wrong("a,b\n1,0\n2,1\n", {.label = "b", .categories = {"z"}}).about, "z");
    EXPECT_THAT(read_folds(write("f.csv", "row,fold\n0,0\n2,1\n"), 2).error().message, HasSubstr("row 1"));
    EXPECT_THAT(read_folds(write("f.csv", "row,fold\n0,0\n1,0\n"), 2).error().message, HasSubstr("one fold"));
    EXPECT_THAT(read_folds(write("f.csv", "row,fold\n0,0\n1,1\n"), 3).error().message, HasSubstr("the file of examples has 3"));
}

// Half of what decides is seen; the rest is chance.
LabelledTable drawn_table(std::size_t rows, std::uint64_t seed) {
    std::mt19937_64 draw(seed);
    std::normal_distribution<float> normal;
    LabelledTable table{.columns = {"a", "b", "c"}, .features = {}, .labels = {}};
    for (std::size_t i = 0; i < rows; ++i) {
        const float a = normal(draw), b = normal(draw), c = normal(draw);
        table.features.insert(table.features.end(), {a, b, c});
        table.labels.push_back(a * b + 0.5F * normal(draw) > 0.3F ? 1.0F : 0.0F);
    }
    return table;
}

TEST(Classifier, LearnsWhatIsThereIsCalibratedAndTheSameTwice) {
    const auto known = drawn_table(2000, 1), asked = drawn_table(2000, 2);
    const ClassifierOptions options{.trials = 4, .folds = 3, .additions = 4, .threads = 1};
    const auto model = Classifier::train(known, options).value();
    const auto said = model.chances(asked.all()).value();
    const auto measures = class_measures(said, asked.labels, model.threshold());
    EXPECT_GT(measures.auc, 0.85);
    EXPECT_LT(measures.calibration_error, 0.05);
    EXPECT_GE(measures.auc + 0.005, area_under_curve(model.single(asked.all(), true).value(), asked.labels));
    EXPECT_EQ(said, Classifier::train(known, options)->chances(asked.all()).value());
    double weights = 0;
    for (const auto& tried : model.tried()) weights += tried.weight;
    EXPECT_NEAR(weights, 1, 1e-9);
}

TEST(Classifier, NoiseIsNotLearned) {
    auto noise = drawn_table(1500, 4);
    std::mt19937_64 draw(9);
    for (auto& label : noise.labels) label = draw() % 2 == 0 ? 1.0F : 0.0F;
    auto asked = drawn_table(1500, 5);
    for (auto& label : asked.labels) label = draw() % 2 == 0 ? 1.0F : 0.0F;
    const auto model = Classifier::train(noise, {.trials = 2, .folds = 3, .threads = 1}).value();
    EXPECT_NEAR(area_under_curve(model.chances(asked.all()).value(), asked.labels), 0.5, 0.06);
}

TEST(Classifier, RefusesTooFewOfAKind) {
    auto table = drawn_table(50, 1);
    for (auto& label : table.labels) label = 0;
    table.labels[0] = 1;
    EXPECT_THAT(Classifier::train(table, {.folds = 4}).error().message, HasSubstr("1 rows that are and 49 that are not"));
}

}  // namespace
}  // namespace suanpan::selection
