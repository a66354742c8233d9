#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "areas/selection/score.h"
#include "areas/selection/scorer_file.h"
#include "areas/selection/selection_fixture.h"
#include "platform/decisions/decisions.h"
#include "platform/engines/lightgbm_library.h"
#include "platform/engines/xgboost_library.h"
#include "platform/models/model_tester.h"
#include "platform/models/models.h"
#include "platform/models/safetensors.h"

namespace suanpan::selection {
namespace {

namespace fs = std::filesystem;

const Day day = test_begin + Days(180);

TrainOptions small() {
    TrainOptions options{.horizon = 14, .trials = 2, .top = 10};
    options.learn.rounds = 6;
    options.learn.threads = 1;
    return options;
}

// The items' order by a year-old habit: what sold most a horizon before the rates crossed.
models::Errors errors_of(const models::Files& files) {
    const auto history = small_shop();
    const Day later = day + Days(14);
    const auto scorer = from_files(files).value();
    const auto then = snapshot(history, later, 14);
    const auto happened = outcomes(history, then, 14);
    const auto said = scorer.learners.predict(then).value();
    std::vector<double> by_id(happened.size());
    for (std::size_t i = 0; i < by_id.size(); ++i) by_id[i] = -static_cast<double>(i);
    return {missed(blended(said, scorer.weights), happened, 10), missed(by_id, happened, 10)};
}

// Everything that a morning's list rests on.
Result<std::vector<double>> predict(const models::Files& files) {
    const auto scorer = TRY(from_files(files));
    const auto scoring = TRY(score_items(small_shop(20, 200), test_begin + Days(190), scorer, {}));
    std::vector<double> numbers;
    for (const auto& s : scoring.items)
        numbers.insert(numbers.end(), {static_cast<double>(s.item), s.expected, s.low, s.high, scoring.scores[s.row]});
    return numbers;
}

std::vector<double> numbers_in(const fs::path& file) {
    std::ifstream stream(file);
    return {std::istream_iterator<double>(stream), {}};
}

class ScorerTest : public testing::Test {
  protected:
    void SetUp() override {
        if (const auto api = engines::light_gbm(); !api) GTEST_SKIP() << api.error().text();
        if (const auto api = engines::xg_boost(); !api) GTEST_SKIP() << api.error().text();
        folder = fs::temp_directory_path() / ("suanpan-selection-model-" + std::to_string(::getpid()));
        fs::remove_all(folder);
        ASSERT_TRUE(store::Shop::create(folder, {.name = "Test"}));
        const std::array schemas = {decisions::schema(), models::schema()};
        shop = std::move(store::Shop::open(folder, schemas).value());
    }
    void TearDown() override {
        shop.reset();
        fs::remove_all(folder);
    }
    static Result<models::Files> train() {
        const auto trained = TRY(train_scorer(small_shop(), day, small()));
        return to_files(trained.scorer);
    }
    fs::path folder;
    std::unique_ptr<store::Shop> shop;
};

// testdata/scorer_3 was written by the first program whose features had signals of the demand area among them; one of
// other features is refused and learned again.
TEST_F(ScorerTest, PassesTheTestOfEveryModel) {
    const fs::path old = SUANPAN_SOURCE_DIR "/src/areas/selection/testdata/scorer_3";
    models::test_model({.file = std::string(scorer_file),
                        .train = train,
                        .judge = errors_of,
                        .margin = 0.3,
                        .predict = predict,
                        .old_folder = old,
                        .old_predictions = numbers_in(old / "predictions.txt")},
                       *shop);
}

TEST_F(ScorerTest, RefusesTreesThatWereNotSavedWithIt) {
    auto files = train().value();
    files["xgboost.ubj"] += "x";
    EXPECT_THAT(from_files(files).error().text(), testing::HasSubstr("xgboost.ubj: not a selection model: its trees"));
    auto other = train().value();
    auto notes = models::read_safetensors(other["scorer.safetensors"], "test").value();
    notes.metadata["columns"] = "of an earlier program";
    other["scorer.safetensors"] = models::write_safetensors(notes).value();
    EXPECT_THAT(from_files(other).error().text(), testing::HasSubstr("other features"));
    files.erase("xgboost.ubj");
    EXPECT_EQ(from_files(files).error().code, ErrorCode::not_found);
}

TEST_F(ScorerTest, JudgesTrialsByBlendsOfEarlierOnes) {
    const auto trained = train_scorer(small_shop(), day, small()).value();
    ASSERT_EQ(trained.trials.size(), 2);
    EXPECT_EQ(trained.trials[0].origin, day - Days(28));
    EXPECT_EQ(trained.trials[1].origin, day - Days(14));
    const auto weights = choose_weights({trained.tried[0]}, {10});
    EXPECT_EQ(trained.trials[1].missed,
              missed(blended(trained.tried[1].scores, weights), trained.tried[1].outcomes, 10));
    EXPECT_EQ(trained.scorer.weights, choose_weights(trained.tried, {10}));
}

}  // namespace
}  // namespace suanpan::selection
