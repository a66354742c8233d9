#include "platform/engines/forest.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <random>
#include <ranges>

#include "platform/engines/lightgbm_forest.h"
#include "platform/engines/lightgbm_library.h"
#include "platform/engines/xgboost.h"
#include "platform/engines/xgboost_forest.h"
#include "platform/engines/xgboost_library.h"

namespace suanpan::engines {
namespace {

const float nan = std::numeric_limits<float>::quiet_NaN();

TEST(Forest, GoesLeftUpToTheThresholdAndWhereMissingGoes) {
    Forest<double> forest;
    const Forest<double>::Tree missing_right = {
        {.threshold = 2, .column = 0, .left = 2, .right = 1}, {.value = 10}, {.value = 1}};
    const Forest<double>::Tree missing_left = {
        {.threshold = 0, .column = 1, .left = 1, .right = 2, .missing_left = true}, {.value = 200}, {.value = 100}};
    const Forest<double>::Tree leaf = {{.value = 1000}};
    for (const auto& tree : {missing_right, missing_left, leaf}) EXPECT_TRUE(forest.add(tree, 2));
    const std::vector<float> values = {2, 1, 2.0001F, -1, nan, nan, -INFINITY, INFINITY};
    EXPECT_EQ(forest.sums({values, 2}, 0.5), (std::vector{1101.5, 1210.5, 1210.5, 1101.5}));
    EXPECT_TRUE(forest.sums({{}, 2}, 0).empty());
}

TEST(Forest, TakesNothingThatIsNoTree) {
    Forest<float> forest;
    EXPECT_FALSE(forest.add({}, 1));
    EXPECT_FALSE(forest.add({{.column = 0, .left = 1, .right = 2}, {.value = 1}}, 1)) << "a child that is not there";
    EXPECT_FALSE(forest.add({{.column = 3, .left = 1, .right = 2}, {}, {}}, 3)) << "a column that is not there";
    EXPECT_FALSE(forest.add({{.left = 0, .right = 1}, {}}, 1)) << "a circle";
    EXPECT_FALSE(forest.add({{.left = 1, .right = 1}, {}}, 1)) << "a child of two";
    const std::vector<float> row = {7};
    EXPECT_EQ(forest.sums({row, 1}, 0.25F), std::vector{0.25F});
    EXPECT_FALSE(
        read_lightgbm_forest("num_tree_per_iteration=1\nmax_feature_idx=0\nobjective=regression\n\nTree=0\n"
                             "threshold=1\nsplit_feature=0\ndecision_type=2\nleft_child=9\nright_child=-1\n"
                             "leaf_value=1 2\nis_linear=0\n\nend of trees\n"));
}

constexpr std::size_t columns = 6, count = 3001;

// Few and many different values, missing ones and extremes.
std::vector<float> drawn_features(std::uint64_t seed) {
    std::mt19937_64 draw(seed);
    std::vector<float> values(count * columns);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto kind = draw() % 20, c = i % columns;
        values[i] = kind == 0 && c != 1 ? nan : kind == 1 ? 0 : float(int(draw() % (c == 2 ? 5 : 1000)) - 2) / 7;
        if (kind == 2 && c == 3) values[i] = (draw() & 1) != 0 ? 1e30F : -1e30F;
    }
    return values;
}

std::vector<float> labels_of(const std::vector<float>& values, bool as_chance) {
    std::mt19937_64 draw(7);
    std::vector<float> labels;
    for (std::size_t row = 0; row < count; ++row) {
        const float* const x = &values[row * columns];
        const float sum = (x[0] > 40 ? 3.0F : 0.5F) + (std::isnan(x[3]) ? 2.0F : x[2]) + float(draw() % 100) / 50;
        labels.push_back(as_chance ? float(sum > 3) : std::max(0.0F, sum));
    }
    return labels;
}

BoostingOptions trees(const char* objective, int leaves = 31) {
    return {.objective = objective, .rounds = 40, .leaves = leaves, .least_rows = 5, .bins = 63, .threads = 1};
}
constexpr int some_leaves[] = {2, 32, 63};  // 63: too many for masks

TEST(Forest, SaysWhatLightGbmSays) {
    if (const auto api = light_gbm(); !api) GTEST_SKIP() << api.error().text();
    const auto features = drawn_features(1), asked = drawn_features(2);
    const auto labels = labels_of(features, false);
    for (const auto& [objective, leaves] :
         std::views::cartesian_product(std::array{"regression", "tweedie"}, some_leaves)) {
        const auto trained =
            Boosting::train({.features = {features, columns}, .labels = labels}, trees(objective, leaves)).value();
        const auto forest = read_lightgbm_forest(trained.text().value());
        ASSERT_TRUE(forest);
        EXPECT_EQ(forest->columns, columns);
        auto by_library = trained.sums({asked, columns}, {0, -1}).value();
        if (forest->exponential)
            for (auto& sum : by_library) sum = std::exp(sum);
        EXPECT_EQ(forest->predict({asked, columns}), by_library) << objective << leaves;
        EXPECT_EQ(trained.predict({asked, columns}).value(), by_library) << objective << leaves;
    }
}

TEST(Forest, LeavesToLightGbmWhatItCannotSay) {
    if (const auto api = light_gbm(); !api) GTEST_SKIP() << api.error().text();
    const auto features = drawn_features(1);
    const auto labels = labels_of(features, false);
    const TrainingRows rows{.features = {features, columns}, .labels = labels};
    TrainingRows named = rows;
    named.categorical = {2};
    EXPECT_FALSE(read_lightgbm_forest(Boosting::train(rows, trees("quantile"))->text().value()));
    EXPECT_FALSE(read_lightgbm_forest(Boosting::train(named, trees("regression"))->text().value()));
    EXPECT_FALSE(read_lightgbm_forest("no model"));
    const auto trained = Boosting::train(rows, trees("regression")).value();
    EXPECT_FALSE(trained.predict({std::span(features).first(2 * (columns - 1)), columns - 1}));
}

// The library itself.
class XgBoostItself {
  public:
    explicit XgBoostItself(const std::string& bytes) {
        EXPECT_EQ(api_.create(nullptr, 0, &booster_), 0);
        EXPECT_EQ(api_.load(booster_, bytes.data(), bytes.size()), 0);
    }
    XgBoostItself(const XgBoostItself&) = delete;
    ~XgBoostItself() { api_.free(booster_); }

    std::string json() {
        bst_ulong size = 0;
        const char* text = nullptr;
        EXPECT_EQ(api_.save(booster_, R"({"format":"json"})", &size, &text), 0);
        return {text, size};
    }
    std::vector<double> predict(std::span<const float> asked) {
        const auto rows = asked.size() / columns;
        const auto values = fmt::format(R"({{"data":[{},true],"shape":[{},{}],"typestr":"<f4","version":3}})",
                                        reinterpret_cast<std::uintptr_t>(asked.data()), rows, columns);
        void* matrix = nullptr;
        EXPECT_EQ(api_.matrix(values.c_str(), R"({"missing":NaN,"nthread":1})", &matrix), 0);
        constexpr auto* all =
            R"({"type":0,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false})";
        const bst_ulong* shape = nullptr;
        bst_ulong dimensions = 0;
        const float* found = nullptr;
        EXPECT_EQ(api_.predict(booster_, matrix, all, &shape, &dimensions, &found), 0);
        std::vector<double> said(found, found + rows);
        api_.free_matrix(matrix);
        return said;
    }

  private:
    const XgBoost& api_ = *xg_boost().value();
    void* booster_ = nullptr;
};

TEST(Forest, SaysWhatXgBoostSays) {
    if (const auto api = xg_boost(); !api) GTEST_SKIP() << api.error().text();
    const auto features = drawn_features(1), asked = drawn_features(2);
    constexpr std::array objectives = {"reg:tweedie", "binary:logistic", "reg:squarederror"};
    for (const auto& [objective, leaves] : std::views::cartesian_product(objectives, some_leaves)) {
        const auto labels = labels_of(features, std::string_view(objective) == "binary:logistic");
        const auto trained =
            XgBoosting::train({.features = {features, columns}, .labels = labels}, trees(objective, leaves)).value();
        XgBoostItself library(trained.bytes().value());
        const auto forest = read_xgboost_forest(library.json());
        ASSERT_TRUE(forest) << objective;
        EXPECT_EQ(forest->predict({asked, columns}), library.predict(asked)) << objective << leaves;
        EXPECT_EQ(trained.predict({asked, columns}).value(), library.predict(asked)) << objective << leaves;
    }
}

TEST(Forest, LeavesToXgBoostWhatItCannotSay) {
    if (const auto api = xg_boost(); !api) GTEST_SKIP() << api.error().text();
    const auto features = drawn_features(1);
    const auto labels = labels_of(features, false);
    const auto trained =
        XgBoosting::train({.features = {features, columns}, .labels = labels}, trees("reg:quantileerror")).value();
    EXPECT_FALSE(read_xgboost_forest(XgBoostItself(trained.bytes().value()).json()));
    EXPECT_EQ(trained.predict({features, columns})->size(), count);
    EXPECT_FALSE(read_xgboost_forest("no model"));
}

}  // namespace
}  // namespace suanpan::engines
