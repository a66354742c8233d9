#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "areas/demand/newcomers/judge.h"
#include "areas/demand/simulated.h"

namespace suanpan::demand {
namespace {

constexpr std::int64_t now = 60;

// Two kinds of items, told apart by their vectors and categories: of kind 0 about 20 a week are sold at first and half
// as many four weeks later; of kind 1 about 3, steadily.
std::vector<Launch> two_kinds(std::size_t count, bool vectors = true) {
    Draws draws(5);
    std::vector<Launch> all;
    for (std::size_t i = 0; i < count; ++i) {
        const bool large = i % 2 == 0;
        Launch one{"item " + std::to_string(i), large ? "large" : "small", std::int64_t(i % 52), false, {}, {}};
        if (vectors) one.vector = large ? std::vector{0.8F, 0.6F} : std::vector{-0.6F, 0.8F};
        const double level = std::exp(0.3 * draws.normal());
        for (std::int64_t t = one.start; t < now; ++t) {
            const double rate = large ? (t - one.start < 4 ? 20 : 10) : 3;
            one.values.push_back(draws.poisson(level * rate));
        }
        all.push_back(std::move(one));
    }
    return all;
}

Launch newborn(bool large, std::vector<double> sold) {
    return {"new", large ? "large" : "small", now - std::ssize(sold),
            false, std::move(sold),           large ? std::vector{0.8F, 0.6F} : std::vector{-0.6F, 0.8F}};
}

TEST(Newcomers, AreForecastByTheirNeighboursBeginnings) {
    const auto all = two_kinds(300);
    const LaunchOptions options;
    const auto choices = choose(judge(all, options), now, options);
    // At four weeks the item's own average is 20 a week, and demand halves then.
    const auto forecast = forecast_launch(all, newborn(true, {20, 20, 20, 20}), now, choices, options);
    ASSERT_TRUE(forecast);
    EXPECT_NEAR(forecast->window_units, 20, 4);
    EXPECT_LT(choices[4].error, 0.6 * choices[4].today_error);
    // Vectors and categories say the same here: either may have won, and both name only its own kind.
    ASSERT_FALSE(forecast->alike.ones.empty());
    for (const auto& [other, likeness] : forecast->alike.ones) EXPECT_EQ(all[other].category, "large");
    EXPECT_TRUE(std::ranges::is_sorted(forecast->window_quantiles));
    EXPECT_LT(forecast->window_quantiles.front(), 20);
    EXPECT_GT(forecast->window_quantiles.back(), 24);
}

TEST(Newcomers, WithoutVectorsTheCategoryCountsAndWithoutCategoriesAll) {
    auto all = two_kinds(300, false);
    const LaunchOptions options;
    auto target = newborn(false, {3});
    target.vector = {};
    EXPECT_EQ(alike(all, target, Way::neighbours, true, options).way, Way::category);
    for (auto& one : all) one.category = "";
    EXPECT_EQ(alike(all, target, Way::neighbours, true, options).way, Way::everything);
    target.category = "";
    EXPECT_EQ(alike(all, target, Way::category, true, options).way, Way::everything);
    int known = 0;
    for (const auto& one : judge(all, options))
        for (const auto& said : one.said) {
            EXPECT_TRUE(!said.known || said.way == Way::everything);
            known += said.known;
        }
    EXPECT_GT(known, 1000);
}

// What a launch's held-back windows are said to be does not depend on anything that came after each of them.
TEST(Newcomers, NothingThatCameLaterIsLookedAt) {
    const LaunchOptions options;
    const auto all = two_kinds(200);
    const auto before = judge(all, options);
    for (const std::int64_t cut : {20, 35}) {
        auto changed = all;
        for (auto& one : changed)
            for (std::size_t t = 0; t < one.values.size(); ++t)
                if (one.start + std::int64_t(t) >= cut) one.values[t] = 1e6;
        const auto after = judge(changed, options);
        ASSERT_EQ(after.size(), before.size());
        std::int64_t compared = 0;
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (before[i].until - options.window > cut) continue;  // forecast after the cut
            ++compared;
            EXPECT_EQ(before[i].today, after[i].today);
            for (int way = 0; way < ways; ++way) {
                EXPECT_EQ(before[i].said[way].units, after[i].said[way].units) << before[i].launch;
                EXPECT_EQ(before[i].said[way].scale.sold, after[i].said[way].scale.sold);
            }
        }
        EXPECT_GT(compared, 100);
        const auto first = choose(before, cut, options), second = choose(after, cut, options);
        for (std::size_t week = 0; week < first.size(); ++week) EXPECT_EQ(first[week].ratios, second[week].ratios);
    }
}

TEST(Newcomers, TheIntervalHoldsOnLaterLaunches) {
    const LaunchOptions options;
    const auto all = two_kinds(500);
    const auto judged = judge(all, options);
    const auto choices = choose(judged, 35, options);
    const double levels[] = {0.05, 0.95};
    int windows = 0, within = 0;
    for (const auto& one : judged) {
        if (one.until - options.window < 35 || one.week == 0) continue;
        const auto& choice = choices[static_cast<std::size_t>(one.week)];
        ASSERT_TRUE(choice.wins || choice.today_error > 0);
        const auto interval = launch_quantiles(window_units(one, choice), choice, levels);
        ++windows;
        within += one.actual >= interval[0] && one.actual <= interval[1];
    }
    ASSERT_GT(windows, 500);
    EXPECT_NEAR(double(within) / windows, 0.9, 0.05);
}

// Where an item's own average is as good, it stays.
TEST(Newcomers, DoNotWinWhereTheAverageIsAsGood) {
    Draws draws(9);
    std::vector<Launch> all;
    for (int i = 0; i < 300; ++i) {
        Launch one{"item " + std::to_string(i), "", i % 50, false, {}, {}};
        const double level = std::exp(4 + 2 * draws.normal());  // unlike one another, each the same every week
        one.values.assign(std::size_t(now - one.start), std::round(level));
        all.push_back(std::move(one));
    }
    const LaunchOptions options;
    const auto choices = choose(judge(all, options), now, options);
    for (std::size_t week = 1; week < choices.size(); ++week) EXPECT_FALSE(choices[week].wins) << week;
    const auto forecast = forecast_launch(all, newborn(true, {7, 7, 7}), now, choices, options);
    ASSERT_TRUE(forecast);
    EXPECT_TRUE(forecast->average);
    EXPECT_EQ(forecast->window_units, 14);
}

TEST(Newcomers, NothingKnownSaysNothing) {
    const LaunchOptions options;
    const auto choices = choose({}, now, options);
    ASSERT_EQ(choices.size(), std::size_t(options.weeks));
    for (const auto& choice : choices) EXPECT_FALSE(choice.wins);
    EXPECT_TRUE(judge({}, options).empty());
    EXPECT_FALSE(forecast_launch({}, newborn(true, {1}), now, choices, options));
    // Too few others, though a choice is there.
    const auto some = two_kinds(300);
    const auto won = choose(judge(some, options), now, options);
    EXPECT_FALSE(forecast_launch(std::span(some).first(3), newborn(true, {1}), now, won, options));
}

TEST(Newcomers, AreNeverNaNNorNegative) {
    auto all = two_kinds(200);
    for (std::size_t i = 0; i < all.size(); i += 3) std::ranges::fill(all[i].values, 0);
    for (std::size_t i = 1; i < all.size(); i += 7) all[i].values.front() = 1e12;
    const LaunchOptions options;
    const auto choices = choose(judge(all, options), now, options);
    int made = 0;
    for (const std::vector<double>& sold :
         std::vector<std::vector<double>>{{}, {0}, {0, 0, 0}, {1e12}, {5, 0, 0, 0, 0, 0, 0}})
        for (const bool listed : {false, true}) {
            auto target = newborn(true, sold);
            target.listed = listed;
            const auto forecast = forecast_launch(all, target, now, choices, options);
            if (!forecast) continue;
            ++made;
            EXPECT_THAT(forecast->mean,
                        testing::Each(testing::Truly([](double x) { return std::isfinite(x) && x >= 0; })));
            EXPECT_THAT(forecast->window_quantiles,
                        testing::Each(testing::Truly([](double x) { return std::isfinite(x) && x >= 0; })));
            EXPECT_TRUE(std::ranges::is_sorted(forecast->window_quantiles));
        }
    EXPECT_GT(made, 3);
}

// An item that was listed and has not sold is not forecast by items that are known by their first sale.
TEST(Newcomers, WhatNeverSoldIsForecastByListedItemsOnly) {
    auto all = two_kinds(300);
    const LaunchOptions options;
    auto target = newborn(true, {});
    target.listed = true;
    EXPECT_TRUE(alike(all, target, Way::neighbours, false, options).ones.empty());
    for (std::size_t i = 0; i < all.size(); i += 4) {
        all[i].listed = true;
        all[i].values.front() = 0;
    }
    const auto found = alike(all, target, Way::neighbours, false, options);
    EXPECT_EQ(found.ones.size(), options.neighbours);
    for (const auto& [other, likeness] : found.ones) EXPECT_TRUE(all[other].listed);
}

TEST(Newcomers, OneOutlierDoesNotMoveABeginning) {
    std::vector<Launch> all;
    for (int i = 0; i < 20; ++i) all.push_back({std::to_string(i), "", 0, false, {i == 7 ? 1e6 : 4.0, 2}, {}});
    Alike alike;
    for (std::size_t i = 0; i < all.size(); ++i) alike.ones.push_back({i, 1});
    const auto curve = beginning(all, alike, 2, 4, LaunchOptions{});
    EXPECT_THAT(curve, testing::ElementsAre(4, 2, 2, 2));
    EXPECT_THAT(beginning(all, alike, 1, 2, LaunchOptions{}), testing::ElementsAre(4, 4))
        << "the second is not known yet";
}

// Gamma-Poisson: k periods of the beginning and n of the item's own.
TEST(Newcomers, TheScaleIsTheMeanOfTheLevel) {
    EXPECT_DOUBLE_EQ(factor({.expected = 20, .sold = 40, .periods = 2}, 0), 2);
    EXPECT_DOUBLE_EQ(factor({.expected = 20, .sold = 40, .periods = 2}, 2), 1.5);
    EXPECT_DOUBLE_EQ(factor({.expected = 20, .sold = 40, .periods = 2}, std::numeric_limits<double>::infinity()), 1);
    EXPECT_DOUBLE_EQ(factor({.expected = 0, .sold = 40, .periods = 2}, 1), 1);
    EXPECT_DOUBLE_EQ(factor({}, 1), 1);
}

}  // namespace
}  // namespace suanpan::demand
