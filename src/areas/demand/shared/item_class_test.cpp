#include "areas/demand/shared/item_class.h"

#include <gmock/gmock.h>

#include <cmath>

#include "areas/demand/simulated.h"

namespace suanpan::demand {
namespace {

using testing::DoubleEq;

const ClassRule by_week = class_rule(7);

TEST(ItemClass, IsByAgeAndHowSeldomItSells) {
    std::vector<double> seen(52, 3);
    EXPECT_EQ(class_of(seen, by_week), 0u);
    EXPECT_EQ(class_of(std::span(seen).first(51), by_week), 3u);
    for (std::size_t t = 26; t < 52; t += 4) seen[t] = 0;  // 7 of the newest 26
    EXPECT_EQ(class_of(seen, by_week), 1u);
    for (std::size_t t = 0; t < 26; ++t) seen[t] = 0;  // too long ago to count
    EXPECT_EQ(class_of(seen, by_week), 1u);
    for (std::size_t t = 26; t < 40; ++t) seen[t] = 0;
    EXPECT_EQ(class_of(seen, by_week), 2u);
    EXPECT_EQ(class_of({}, by_week), 5u);
    const std::vector<double> closed(60, std::nan(""));
    EXPECT_EQ(class_of(closed, by_week), 2u);
}

TEST(ItemClass, ScatterIsANegativeBinomials) {
    // Mean 4, variance 16: dispersion (16 - 4) / 16, half of it over two periods.
    const std::vector<double> seen = {0, 8, 0, 8};
    const auto scatter = scatter_of(seen, 2, by_week);
    EXPECT_THAT(scatter.dispersion, DoubleEq(0.375));
    EXPECT_THAT(deviation(scatter, 8), DoubleEq(std::sqrt(8 + 0.375 * 64)));
    const std::vector<double> steady(10, 5);
    EXPECT_THAT(deviation(scatter_of(steady, 2, by_week), 10), DoubleEq(std::sqrt(10.0)));
    EXPECT_GT(deviation(scatter_of({}, 2, by_week), 0), 0);
}

// Items of a class; the shared model is off by `shared` times what the own method is off by.
std::vector<ComparedItem> compared(std::size_t items, double shared) {
    Draws draws(4);
    std::vector<ComparedItem> all;
    for (std::size_t i = 0; i < items; ++i) {
        auto& item = all.emplace_back();
        for (int w = 0; w < 3; ++w) {
            const double off = 6 * draws.normal();
            item.windows.push_back({.own = 50 + off, .shared = 50 + shared * off, .actual = 50, .origin = w});
        }
    }
    return all;
}

TEST(ItemClass, TheSharedModelServesWhereItWins) {
    const std::vector<double> levels = {0.1, 0.5, 0.9};
    const auto better = choose_weight(compared(40, 0.3), levels);
    EXPECT_EQ(better.weight, 1);
    EXPECT_NEAR(better.error / better.own_error, 0.3, 1e-9);
    EXPECT_EQ(better.windows, 120);
    ASSERT_EQ(better.scores.size(), 3u);
    // What it missed by is normal with deviation 1.8; the scatter before calibration is Poisson's.
    EXPECT_NEAR(better.scores[2], 1.8 * 1.2816 / std::sqrt(50), 0.06);
    EXPECT_NEAR(better.scores[0], -better.scores[2], 0.1);
    EXPECT_EQ(better.promoted_scores, better.scores) << "none is promoted";
    auto some = compared(400, 0.3);
    for (std::size_t i = 0; i < some.size(); i += 2)
        for (auto& window : some[i].windows) {
            window.promoted = true;
            window.shared = 50 + 3 * (window.shared - 50);
        }
    const auto apart = choose_weight(some, levels);
    EXPECT_EQ(apart.weight, 1);
    EXPECT_NEAR(apart.promoted_scores[2] / apart.scores[2], 3, 0.4);
    // Wrong to the other side: half of each is nearer.
    EXPECT_EQ(choose_weight(compared(40, -1.1), levels).weight, 0.5);
    EXPECT_EQ(choose_weight(compared(40, 0.99), levels).weight, 0) << "a hundredth better is not enough";
    EXPECT_EQ(choose_weight(compared(19, 0.3), levels).weight, 0) << "57 windows say too little";
    EXPECT_EQ(choose_weight({}, levels).weight, 0);
}

// Windows whose items are all off by the same: new ones must be held, and those that were seen are not enough.
TEST(ItemClass, QuantilesHoldOtherWindows) {
    Draws draws(8);
    const auto window = [&](int origin, double shift) {
        return ComparedWindow{.own = 0, .shared = 50, .actual = 50 + shift + 2 * draws.normal(), .origin = origin};
    };
    double below = 0, pooled = 0, count = 0;
    for (int trial = 0; trial < 60; ++trial) {
        std::vector<ComparedItem> items(30);
        std::vector<double> errors;
        for (int origin = 1; origin <= 6; ++origin) {
            const double shift = 6 * draws.normal();
            for (auto& item : items) {
                item.windows.push_back(window(origin, shift));
                errors.push_back(item.windows.back().actual - 50);
            }
        }
        const auto choice = choose_weight(items, std::vector<double>{0.9});
        ASSERT_EQ(choice.weight, 1);
        const double limit = choice.scores[0] * deviation({}, 50);
        std::ranges::sort(errors);
        const double plain = errors[errors.size() * 9 / 10], shift = 6 * draws.normal();
        for (int i = 0; i < 30; ++i) {
            const double error = window(7, shift).actual - 50;
            below += error <= limit;
            pooled += error <= plain;
            count += 1;
        }
    }
    EXPECT_NEAR(below / count, 0.9, 0.06);
    EXPECT_LT(pooled / count, below / count - 0.03);
}

// The trees are off by `trees` times what the own method is off by, one challenger by so many times.
std::vector<ComparedItem> challenged(double trees, double challenger) {
    auto all = compared(40, trees);
    for (auto& item : all)
        for (auto& window : item.windows) window.challenges = {50 + challenger * (window.own - 50), 90};
    return all;
}

TEST(ItemClass, AChallengerServesWhereItBeatsTheTrees) {
    const std::vector<double> levels = {0.1, 0.5, 0.9};
    const auto chosen = choose_mix(challenged(0.6, 0.3), levels);
    EXPECT_THAT(chosen.mix, testing::ElementsAre(0, 1, 0));
    EXPECT_EQ(chosen.weight, 1);
    EXPECT_NEAR(chosen.error / chosen.own_error, 0.3, 1e-9);
    EXPECT_NEAR(chosen.scores[2], 1.8 * 1.2816 / std::sqrt(50), 0.06) << "of what the mix missed by";
    EXPECT_THAT(choose_mix(challenged(0.3, 0.6), levels).mix, testing::IsEmpty());
    EXPECT_THAT(choose_mix(challenged(0.3, 0.297), levels).mix, testing::IsEmpty()) << "a hundredth is not enough";
    EXPECT_THAT(choose_mix(challenged(0.6, -0.55), levels).mix, testing::ElementsAre(0.5, 0.5, 0)) << "errors cancel";
    const auto poor = choose_mix(challenged(1.5, 1.2), levels);
    EXPECT_EQ(poor.weight, 0) << "the own method is the best";
    EXPECT_THAT(choose_mix(compared(40, 0.3), levels).mix, testing::IsEmpty()) << "nobody challenges";
    EXPECT_EQ(choose_mix({}, levels).weight, 0);
}

}  // namespace
}  // namespace suanpan::demand
