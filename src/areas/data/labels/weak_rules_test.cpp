#include "areas/data/labels/weak_rules.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace suanpan::data::labels {
namespace {

constexpr Vote abstain = std::nullopt;

TEST(WeakRules, CountsCoverageOverlapConflictAndAccuracy) {
    const Votes votes = {{0, 0, abstain}, {0, 1, abstain}, {abstain, abstain, abstain}, {1, abstain, abstain}};
    const std::vector<Vote> truth = {0, 1, 0, std::nullopt};
    const auto rules = rule_quality(votes, truth);
    EXPECT_DOUBLE_EQ(rules[0].coverage, 0.75);
    EXPECT_DOUBLE_EQ(rules[0].overlap, 0.5);
    EXPECT_DOUBLE_EQ(rules[0].conflict, 0.25);
    EXPECT_EQ(rules[0].gold, 2);
    EXPECT_EQ(rules[0].correct, 1);
    EXPECT_DOUBLE_EQ(rules[0].accuracy, 2.4 / 4);
    EXPECT_DOUBLE_EQ(rules[1].accuracy, 3.4 / 4);
    EXPECT_DOUBLE_EQ(rules[2].coverage, 0);
    EXPECT_DOUBLE_EQ(rules[2].accuracy, 0.7);
}

TEST(WeakRules, CombinesByTheOddsOfTheRules) {
    const std::vector accuracies = {0.9, 0.8, 0.6};
    const auto guess = combine(std::vector<Vote>{0, 1, 1}, accuracies, 2).value();
    const double for_first = 0.9 * 0.2 * 0.4, for_second = 0.1 * 0.8 * 0.6;
    EXPECT_EQ(guess.label, 0);
    EXPECT_NEAR(guess.confidence, for_first / (for_first + for_second), 1e-12);
    // Three classes: a wrong vote falls on either of the two others alike.
    const auto of_three = combine(std::vector<Vote>{2, abstain, abstain}, accuracies, 3).value();
    EXPECT_EQ(of_three.label, 2);
    EXPECT_NEAR(of_three.confidence, 0.9, 1e-12);
}

TEST(WeakRules, AbstainsOnATieAndWithoutVotes) {
    EXPECT_FALSE(combine(std::vector<Vote>{0, 1}, std::vector{0.7, 0.7}, 2));
    EXPECT_FALSE(combine(std::vector<Vote>{abstain, abstain}, std::vector{0.7, 0.7}, 2));
}

// Rules that are right 90, 60 and 60 % of the time: the best alone is right 90 %, a plain majority 79.2 %.
TEST(WeakRules, WeighsBySimulatedTruthBetterThanAMajority) {
    std::mt19937_64 generator(11);
    auto chance = [&](double share) { return static_cast<double>(generator() >> 11) * 0x1p-53 < share; };
    Votes votes;
    std::vector<Vote> truth, gold;
    for (int i = 0; i < 5000; ++i) {
        const std::size_t label = chance(0.5) ? 1 : 0;
        auto& row = votes.emplace_back();
        for (const double accuracy : {0.9, 0.6, 0.6}) row.emplace_back(chance(accuracy) ? label : 1 - label);
        truth.emplace_back(label);
        gold.push_back(i < 300 ? truth.back() : std::nullopt);
    }
    const auto made = guess(votes, gold, 2);
    double right = 0;
    for (std::size_t i = 0; i < votes.size(); ++i) right += made.guesses[i].value().label == *truth[i] ? 1 : 0;
    EXPECT_NEAR(right / 5000, 0.9, 0.02);
    EXPECT_NEAR(made.rules[0].accuracy, 0.9, 0.05);
    EXPECT_EQ(made.quality.gold, 300);
    EXPECT_NEAR(static_cast<double>(made.quality.correct) / 300, 0.9, 0.05);
}

// One task of gold must not judge the rule that it alone made credible.
TEST(WeakRules, LeavesATaskOutWhenItIsJudged) {
    const Votes votes = {{0, 1}, {0, abstain}};
    const std::vector<Vote> truth = {0, std::nullopt};
    const auto made = guess(votes, truth, 2);
    EXPECT_EQ(made.guesses[0].value().label, 0);
    EXPECT_EQ(made.quality.gold, 0) << "without its own gold the rules tie";
}

}  // namespace
}  // namespace suanpan::data::labels
