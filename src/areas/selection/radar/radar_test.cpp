#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "areas/selection/radar/trends.h"
#include "areas/selection/selection_fixture.h"

namespace suanpan::selection {
namespace {

TEST(Change, StudentsTailIsThatOfTheTables) {
    EXPECT_NEAR(student_tail(1.812461, 10), 0.05, 1e-6);
    EXPECT_NEAR(student_tail(2.763769, 10), 0.01, 1e-6);
    EXPECT_NEAR(student_tail(0, 5), 0.5, 1e-12);
    EXPECT_NEAR(student_tail(-2.015048, 5), 0.95, 1e-6);
    EXPECT_NEAR(student_tail(1, 1), 0.25, 1e-12);  // Cauchy's
}

TEST(Change, QValuesAreThoseOfThePaper) {
    // Benjamini and Hochberg 1995, section 4: at .05 the first four of the fifteen are found.
    const std::vector<double> p = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                   0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0};
    const auto q = q_values(p);
    for (std::size_t i = 0; i < p.size(); ++i) EXPECT_EQ(q[i] <= 0.05, i < 4) << i;
    EXPECT_NEAR(q[0], 0.0015, 1e-12);
}

TEST(Change, IsFoundInItsWeek) {
    std::vector<double> counts(26, 20), totals(26, 1000);
    for (std::size_t w = 18; w < 26; ++w) counts[w] = 60;
    const auto change = find_change(counts, totals, {});
    EXPECT_EQ(change.week, 18);
    EXPECT_DOUBLE_EQ(change.before, 0.02);
    EXPECT_DOUBLE_EQ(change.after, 0.06);
    EXPECT_LT(change.p, 1e-6);
    for (std::size_t w = 18; w < 26; ++w) totals[w] = 3000;  // the whole shop rose alike
    EXPECT_EQ(find_change(counts, totals, {}).p, 1);
    EXPECT_EQ(find_change(std::vector<double>(4, 1), std::vector<double>(4, 9), {}).p, 1);
}

double noisy(std::mt19937& draw, double mean, bool bursts) {
    // Bursts: a negative binomial with three times the variance of Poisson.
    const double rate = bursts ? std::gamma_distribution<double>(mean / 2, 2)(draw) : mean;
    return std::poisson_distribution<int>(std::max(1e-9, rate))(draw);
}

struct Tally {
    double false_share = 0, found_share = 0;
};

// 200 groups, 30 of which double at some week of the last 10; season common to all. Mean over 40 shops.
Tally tally(bool bursts, double share) {
    std::mt19937 draw(bursts ? 5 : 4);
    Tally mean;
    constexpr int shops = 40, groups = 200, risen = 30, weeks = 26;
    for (int shop = 0; shop < shops; ++shop) {
        std::vector<std::vector<double>> counts(groups, std::vector<double>(weeks));
        std::vector<double> totals(weeks), p;
        for (int g = 0; g < groups; ++g) {
            const double level = 3 + 30 * double(draw() % 1000) / 1000;
            const int from = weeks - 4 - static_cast<int>(draw() % 6);
            for (int w = 0; w < weeks; ++w) {
                const double season = 1 + 0.5 * std::sin(w / 4.0);
                counts[g][w] = noisy(draw, level * season * (g < risen && w >= from ? 2 : 1), bursts);
                totals[w] += counts[g][w];
            }
        }
        for (const auto& c : counts) p.push_back(find_change(c, totals, {}).p);
        const auto q = q_values(p);
        double said = 0, wrong = 0;
        for (int g = 0; g < groups; ++g) {
            said += q[g] <= share;
            wrong += q[g] <= share && g >= risen;
        }
        mean.false_share += said > 0 ? wrong / said / shops : 0;
        mean.found_share += (said - wrong) / risen / shops;
    }
    return mean;
}

TEST(Trends, HoldTheShareOfFalseDiscoveries) {
    for (const bool bursts : {false, true}) {
        const auto t = tally(bursts, 0.1);
        RecordProperty(bursts ? "bursts" : "poisson",
                       fmt::format("{:.3f} false, {:.3f} found", t.false_share, t.found_share));
        EXPECT_LE(t.false_share, 0.1);
        EXPECT_GT(t.found_share, bursts ? 0.3 : 0.7);
    }
}

TEST(Trends, NameWhatRisesAndReadNothingOfTheFuture) {
    const auto history = small_shop();
    const Day morning = test_begin + Days(150);
    const auto trends = find_trends(history, morning, {});
    bool rises = false, sinks = false;
    for (const auto& trend : trends.found) {
        rises = rises || (trend.group == "comet" && trend.change.t > 0);
        sinks = sinks || (trend.group == "iron" && trend.grouping == Grouping::category && trend.change.t < 0);
        EXPECT_GE(trend.since, test_begin + Days(90)) << trend.group;
    }
    EXPECT_TRUE(rises && sinks);
    const auto again = find_trends(corrupted_from(history, morning), morning, {});
    ASSERT_EQ(again.found.size(), trends.found.size());
    for (std::size_t i = 0; i < again.found.size(); ++i) EXPECT_EQ(again.found[i].change.p, trends.found[i].change.p);
}

}  // namespace
}  // namespace suanpan::selection
