#include "areas/demand/evaluate/hierarchy.h"

#include <gmock/gmock.h>

#include <cmath>

#include "areas/demand/evaluate/reconcile.h"
#include "areas/demand/simulated.h"

namespace suanpan::demand {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;

SeriesRecord record(const std::string& id, std::vector<double> seen, std::vector<int> category) {
    SeriesRecord series{
        .id = id, .season = 1, .values = std::move(seen), .actual = {1, 2}, .category = std::move(category)};
    series.weight.assign(2, 1.0);
    return series;
}

TEST(Hierarchy, SumsTheTotalAndEachCategory) {
    Dataset data{.known_names = {"promo"}, .category_names = {"store", "id", "same"}};
    data.series = {record("a", {1, 2, 3}, {0, 0, 0}), record("b", {10, 20}, {1, 1, 0}),
                   record("c", {100, std::nan(""), 300}, {0, 2, 0})};
    for (auto& series : data.series) series.known = {std::vector<float>(series.values.size() + 2, series.id == "a")};
    data.series[1].weight = {1, 0};
    const auto hierarchy = hierarchy_of(data);
    EXPECT_THAT(hierarchy.levels, ElementsAre("total", "store"));
    ASSERT_EQ(hierarchy.nodes.size(), 3u);
    const auto sums = summed(data, hierarchy);
    EXPECT_THAT(sums.series[0].values, ElementsAre(101, 12, 323));
    EXPECT_THAT(sums.series[0].actual, ElementsAre(3, 4));
    EXPECT_THAT(sums.series[1].values, ElementsAre(101, 2, 303));
    EXPECT_THAT(sums.series[2].values, ElementsAre(10, 20));
    EXPECT_THAT(sums.series[2].weight, ElementsAre(1, 0));
    EXPECT_FLOAT_EQ(sums.series[0].known[0][4], 1.0F / 3);
    EXPECT_FLOAT_EQ(sums.series[0].known[0][0], 0.5F);
}

// Two series and their sum, with errors that are uncorrelated and of variances 1, 4 and 1: by hand, the gap of
// 20 - (6 + 8) = 6 is shared as variance over 1 + 4 + 1.
TEST(MinTrace, EqualsTheCaseWorkedByHand) {
    const Hierarchy hierarchy{{"total"}, {{0, "total", {0, 1}}}};
    const Levelled base{{{6}, {8}}, {{20}}};
    const PastErrors errors{{{1, 1, -1, -1}, {2, -2, 2, -2}}, {{1, -1, -1, 1}}};
    const auto found = min_trace(base, hierarchy, errors).value();
    EXPECT_NEAR(found.series[0][0], 6 + 6 * 1.0 / 6, 1e-9);
    EXPECT_NEAR(found.series[1][0], 8 + 6 * 4.0 / 6, 1e-9);
    EXPECT_NEAR(found.nodes[0][0], 20 - 6 * 1.0 / 6, 1e-9);
    const auto sums = bottom_up(base, hierarchy);
    EXPECT_EQ(sums.nodes[0][0], 14);
    EXPECT_EQ(sums.series, base.series);
}

std::vector<double> normals(Draws& draws, std::size_t count, double deviation) {
    std::vector<double> result;
    for (std::size_t t = 0; t < count; ++t) result.push_back(deviation * draws.normal());
    return result;
}

// The covariance in full, S (S' W^-1 S)^-1 S' W^-1 base for two series below one sum, inverted by hand.
TEST(MinTrace, EqualsTheProjectionWithCorrelatedErrors) {
    Draws draws(4);
    const Hierarchy hierarchy{{"total"}, {{0, "total", {0, 1}}}};
    auto a = normals(draws, 12, 1), b = normals(draws, 12, 2), total = normals(draws, 12, 1);
    for (std::size_t t = 0; t < 12; ++t) {
        b[t] += a[t];
        total[t] += a[t];
    }
    const std::vector<const std::vector<double>*> all = {&a, &b, &total};
    const double lambda = shrinkage(all);
    EXPECT_GT(lambda, 0.02);
    EXPECT_LT(lambda, 0.98);
    double w[3][3] = {};
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) {
            for (std::size_t t = 0; t < 12; ++t) w[i][j] += (*all[std::size_t(i)])[t] * (*all[std::size_t(j)])[t] / 12;
            if (i != j) w[i][j] *= 1 - lambda;
        }
    // With C = (-1, -1, 1): moved = W C' (C W C')^-1 C base.
    double wc[3], cwc = 0;
    for (int i = 0; i < 3; ++i) wc[i] = w[i][2] - w[i][0] - w[i][1];
    cwc = wc[2] - wc[0] - wc[1];
    const double gap = 30 - 12 - 10;
    const auto found = min_trace({{{12}, {10}}, {{30}}}, hierarchy, {{a, b}, {total}}).value();
    EXPECT_NEAR(found.series[0][0], 12 - wc[0] * gap / cwc, 1e-9);
    EXPECT_NEAR(found.series[1][0], 10 - wc[1] * gap / cwc, 1e-9);
    EXPECT_NEAR(found.nodes[0][0], 30 - wc[2] * gap / cwc, 1e-9);
}

Dataset stores(std::size_t items) {
    const auto truth = simulate({1.5, 1.0, 0.6, 1.2}, items, 60, 8);
    Dataset data{.category_names = {"store", "kind"}};
    for (std::size_t i = 0; i < items; ++i) {
        auto series = record(truth.past[i].id, truth.past[i].values, {int(i % 4), int(i % 3)});
        series.actual = truth.future[i];
        series.weight.assign(8, 1.0);
        series.season = 4;
        data.series.push_back(std::move(series));
    }
    return data;
}

// Whatever the base says, what comes out adds up on every level and is nowhere below 0.
TEST(MinTrace, IsCoherentAndNeverNegative) {
    Draws draws(9);
    const auto data = stores(24);
    const auto hierarchy = hierarchy_of(data);
    ASSERT_EQ(hierarchy.nodes.size(), 1u + 4 + 3);
    Levelled base;
    PastErrors errors;
    for (int s = 0; s < 24; ++s) {
        base.series.push_back(normals(draws, 8, 5));
        for (auto& value : base.series.back()) value = std::abs(value);
        errors.series.push_back(normals(draws, 6, 1 + s));
    }
    errors.series[3].assign(6, 0);
    for (int node = 0; node < 8; ++node) {
        base.nodes.push_back(normals(draws, 8, 20));
        errors.nodes.push_back(normals(draws, 6, 4));
    }
    const auto found = min_trace(base, hierarchy, errors).value();
    for (std::size_t h = 0; h < 8; ++h) {
        for (std::size_t node = 0; node < 8; ++node) {
            double sum = 0;
            for (const auto s : hierarchy.nodes[node].series) sum += found.series[s][h];
            EXPECT_NEAR(found.nodes[node][h], sum, 1e-9);
        }
        for (const auto& series : found.series) EXPECT_TRUE(std::isfinite(series[h]) && series[h] >= 0);
    }
}

TEST(MinTrace, SaysWhatItNeeds) {
    const Hierarchy hierarchy{{"total"}, {{0, "total", {0}}}};
    EXPECT_THAT(min_trace({{{1}}, {{1}}}, hierarchy, {{{}}, {{}}}).error().text(), HasSubstr("give --windows 1"));
    Hierarchy large{{"total"}, {}};
    large.nodes.assign(4001, {0, "one", {0}});
    EXPECT_THAT(min_trace({{{1}}, {}}, large, {{{1}}, {}}).error().text(), HasSubstr("at most 4000"));
}

// Series of few units a period are noise by themselves; their sums are not, and lend them what they know.
TEST(Reconcile, ReportsEveryLevel) {
    const auto data = stores(24);
    const auto evaluation = evaluate(data, {.models = {"naive"}, .windows = 2}).value();
    const auto levels = reconcile(data, evaluation, 0, {.method = "ets", .run = {}}).value();
    ASSERT_EQ(levels.size(), 4u);
    EXPECT_EQ(levels[0].level, "total");
    EXPECT_EQ(levels[1].level, "store");
    EXPECT_EQ(levels[2].nodes, 3u);
    EXPECT_EQ(levels[3].level, "series");
    EXPECT_EQ(levels[3].base.wape, evaluation.reports[0].measures.wape);
    for (std::size_t level = 0; level < 3; ++level) {
        EXPECT_LT(levels[level].base.wape, levels[level].bottom_up.wape) << level;  // the naive sees no season
        EXPECT_LT(levels[level].min_trace.wape, 0.8 * levels[level].bottom_up.wape) << level;
    }
    EXPECT_LT(levels[3].min_trace.wape, levels[3].base.wape);
}

TEST(Reconcile, WorksOnOneSeries) {
    Dataset data{.series = {record("a", {1, 2, 3, 4, 5, 6, 7, 8, 9}, {})}};
    const auto evaluation = evaluate(data, {.models = {"naive"}}).value();
    const auto levels = reconcile(data, evaluation, 0, {.method = "naive", .run = {}}).value();
    ASSERT_EQ(levels.size(), 2u);
    EXPECT_EQ(levels[0].min_trace.wape, levels[1].base.wape);
}

}  // namespace
}  // namespace suanpan::demand
