#include <filesystem>
#include <fstream>

#include "areas/demand/model_file.h"
#include "areas/demand/simulated.h"
#include "platform/decisions/decisions.h"
#include "platform/models/model_tester.h"
#include "platform/models/models.h"

namespace suanpan::demand {
namespace {

namespace fs = std::filesystem;

const PanelOptions options{.season = 4, .horizon = 8, .window = 4};
const Simulated truth = simulate({1.5, 0.7, 0.6, 1.2}, 30, 80, 4);

models::Errors judge(const models::Files& files) {
    const auto items = from_files(files).value();
    models::Errors errors;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto ours = mean(items[i].path, 4), naive = mean(seasonal_naive(truth.past[i].values, 4), 4);
        for (std::size_t h = 0; h < 4; ++h) {
            errors.model += std::abs(ours[h] - truth.future[i][h]);
            errors.baseline += std::abs(naive[h] - truth.future[i][h]);
        }
    }
    return errors;
}

// Means and quantiles of every item.
Result<std::vector<double>> predict(const models::Files& files) {
    std::vector<double> numbers;
    for (const auto& item : TRY(from_files(files))) {
        const auto values = mean(item.path, options.horizon), quantiles = window_quantiles(item.path, options, 1);
        numbers.insert(numbers.end(), values.begin(), values.end());
        numbers.insert(numbers.end(), quantiles.begin(), quantiles.end());
    }
    return numbers;
}

std::vector<double> numbers_in(const fs::path& file) {
    std::ifstream stream(file);
    return {std::istream_iterator<double>(stream), {}};
}

class DemandModelTest : public testing::Test {
  protected:
    void SetUp() override {
        folder = fs::temp_directory_path() / ("suanpan-demand-model-" + std::to_string(::getpid()));
        fs::remove_all(folder);
        ASSERT_TRUE(store::Shop::create(folder, {.name = "Test"}));
        const std::array schemas = {decisions::schema(), models::schema()};
        shop = std::move(store::Shop::open(folder, schemas).value());
    }
    void TearDown() override {
        shop.reset();
        fs::remove_all(folder);
    }
    fs::path folder;
    std::unique_ptr<store::Shop> shop;
};

// testdata/panel_1 was written by the first program that saved panels, from the first three of these items.
TEST_F(DemandModelTest, PassesTheTestOfEveryModel) {
    const fs::path old = SUANPAN_SOURCE_DIR "/src/areas/demand/testdata/panel_1";
    models::test_model({.file = std::string(weights_file),
                        .train = [] { return to_files(train_panel(truth.past, options).value()); },
                        .judge = judge,
                        .margin = 0.1,
                        .predict = predict,
                        .old_folder = old,
                        .old_predictions = numbers_in(old / "predictions.txt")},
                       *shop);
}

TEST(ModelFile, ReadsBackEveryField) {
    std::vector<ItemModel> items = train_panel(truth.past, options).value();
    items[0].id = "quote \" and \n line \x1f 1 算盘";
    items[1].path.season.clear();
    items[2].path.residuals.clear();
    EXPECT_EQ(from_files(to_files(items).value()).value(), items);
    EXPECT_TRUE(from_files(to_files({}).value())->empty());
}

}  // namespace
}  // namespace suanpan::demand
