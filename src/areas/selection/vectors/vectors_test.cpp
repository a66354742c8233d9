#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "areas/selection/selection_fixture.h"
#include "areas/selection/vectors/item_vectors.h"
#include "areas/selection/vectors/neighbours.h"

namespace suanpan::selection {
namespace {

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += double(a[i]) * double(b[i]);
        aa += double(a[i]) * double(a[i]);
        bb += double(b[i]) * double(b[i]);
    }
    return ab / std::sqrt(aa * bb);
}

TEST(ItemVectors, EachDimensionIsDeclaredOnce) {
    std::set<std::string> names;
    for (const auto& d : dimensions()) {
        EXPECT_TRUE(names.insert(d.name).second) << d.name;
        EXPECT_TRUE(d.source.starts_with("data.") || d.source.starts_with("demand.")) << d.name;
        EXPECT_GE(d.window, 0);
    }
    EXPECT_GE(dimensions().size(), 150);
    EXPECT_EQ(attribute_vector({}).size(), attribute_dimensions());
}

TEST(ItemVectors, LikeAttributesLieNear) {
    const auto lamp = attribute_vector({"RED GLASS LAMP", "home > light", "acme", 1000});
    EXPECT_GT(cosine(lamp, attribute_vector({"BLUE GLASS LAMPS", "home > light > desk", "acme", 1200})),
              cosine(lamp, attribute_vector({"WOOL SOCKS", "clothes", "other", 1000})) + 0.3);
    const auto red = attribute_vector({"红色玻璃台灯", "家居/灯具", "", 0});
    EXPECT_GT(cosine(red, attribute_vector({"蓝色玻璃台灯", "家居/灯具", "", 0})),
              cosine(red, attribute_vector({"羊毛袜子", "服装", "", 0})) + 0.3);
}

TEST(ItemVectors, NothingKnownIsNothing) {
    for (const float v : attribute_vector({.title = "", .category = "", .supplier = "", .price = std::nan("")}))
        EXPECT_EQ(v, 0);
    const std::string endless(1'000'000, 'x');
    for (const float v : attribute_vector({endless, endless, endless, 1e300})) EXPECT_TRUE(std::isfinite(v));
}

// Everything from the morning on overwritten: the vectors stay bit by bit.
TEST(ItemVectors, ReadNothingOfTheFuture) {
    const Day morning = test_begin + Days(150);
    const auto history = small_shop();
    const auto other = corrupted_from(history, morning);
    const auto a = item_vectors(history, snapshot(history, morning, 28));
    const auto b = item_vectors(other, snapshot(other, morning, 28));
    EXPECT_EQ(a.values, b.values);
    for (std::size_t row = 0; row < a.count(); ++row) {
        double square = 0;
        for (const float v : a.of(row)) square += double(v) * double(v);
        EXPECT_NEAR(square, 1, 1e-5);
    }
}

std::vector<float> drawn_vectors(std::size_t rows, std::size_t width) {
    std::mt19937 draw(3);
    std::normal_distribution<float> noise;
    std::vector<float> centres(20 * width), values(rows * width);
    for (auto& c : centres) c = noise(draw);
    for (std::size_t row = 0; row < rows; ++row) {
        const auto centre = draw() % 20;
        for (std::size_t i = 0; i < width; ++i) values[row * width + i] = centres[centre * width + i] + noise(draw);
        normalise(std::span(values).subspan(row * width, width));
    }
    return values;
}

TEST(Neighbours, GraphFindsNearlyAllThatTheScanFinds) {
    const std::size_t width = 32, count = 10;
    const auto values = drawn_vectors(3000, width);
    const VectorRows rows{values, width};
    const auto graph = neighbours_of_all(rows, count, {}).value();
    std::size_t found = 0, all = 0;
    for (std::size_t row = 0; row < rows.count(); row += 10) {
        ASSERT_EQ(graph[row].size(), count);
        std::set<std::size_t> near;
        for (const auto& n : graph[row]) near.insert(n.row);
        EXPECT_FALSE(near.contains(row));
        for (const auto& n : nearest_rows(rows, rows.of(row), count + 1)) {
            if (n.row == row) continue;
            found += near.contains(n.row);
            ++all;
        }
    }
    EXPECT_GT(double(found) / double(all), 0.95);
}

// However many threads ask the graph.
TEST(Neighbours, SameRowsHaveTheSameNeighbours) {
    const auto values = drawn_vectors(2000, 37);
    const auto once = neighbours_of_all({values, 37}, 10, {}).value();
    const auto again = neighbours_of_all({values, 37}, 10, {}).value();
    for (std::size_t row = 0; row < once.size(); ++row)
        EXPECT_TRUE(std::ranges::equal(once[row], again[row], [](const Near& a, const Near& b) {
            return a.row == b.row && a.likeness == b.likeness;
        })) << row;
}

TEST(Neighbours, ScanIsTheDefinition) {
    const std::vector<float> values = {1, 0, 0.6F, 0.8F, 0, 1, -1, 0};
    const auto near = nearest_rows({values, 2}, std::vector<float>{1, 0}, 3);
    ASSERT_EQ(near.size(), 3);
    EXPECT_EQ(near[0].row, 0);
    EXPECT_EQ(near[1].row, 1);
    EXPECT_NEAR(near[1].likeness, 0.6, 1e-6);
    EXPECT_EQ(near[2].row, 2);
    EXPECT_EQ(nearest_rows({values, 2}, std::vector<float>{1}, 9).size(), 4);  // the first dimension alone
    EXPECT_TRUE(nearest_rows({{}, 2}, std::vector<float>{1, 0}, 3).empty());
}

TEST(Neighbours, FewRowsAreNoTrouble) {
    const std::vector<float> one = {1, 0};
    EXPECT_TRUE(neighbours_of_all({one, 2}, 5, {}).value()[0].empty());
    EXPECT_TRUE(neighbours_of_all({{}, 2}, 5, {}).value().empty());
}

}  // namespace
}  // namespace suanpan::selection
