#include "areas/data/labels/weak_rules.h"

#include <algorithm>
#include <cmath>

namespace suanpan::data::labels {
namespace {

constexpr double prior_accuracy = 0.7, prior_weight = 2;  // what is believed of a rule before gold is seen

double smoothed(std::size_t correct, std::size_t gold) {
    return (static_cast<double>(correct) + prior_accuracy * prior_weight) / (static_cast<double>(gold) + prior_weight);
}

void count_task(std::vector<RuleQuality>& rules, std::span<const Vote> votes, const Vote& truth) {
    const auto voted = [](const Vote& vote) { return vote.has_value(); };
    const auto voters = std::ranges::count_if(votes, voted);
    for (std::size_t rule = 0; rule < votes.size(); ++rule) {
        if (!votes[rule]) continue;
        rules[rule].coverage += 1;
        rules[rule].overlap += voters > 1 ? 1 : 0;
        const auto contradicts = [&](const Vote& other) { return other && *other != *votes[rule]; };
        rules[rule].conflict += std::ranges::any_of(votes, contradicts) ? 1 : 0;
        if (!truth) continue;
        rules[rule].gold += 1;
        rules[rule].correct += *truth == *votes[rule] ? 1 : 0;
    }
}

// The accuracies as they would be had this task no gold.
std::vector<double> accuracies_without(std::span<const RuleQuality> rules, std::span<const Vote> votes,
                                       const Vote& truth) {
    std::vector<double> accuracies;
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
        const bool counted = truth && votes[rule];
        const bool right = counted && *votes[rule] == *truth;
        accuracies.push_back(smoothed(rules[rule].correct - (right ? 1 : 0), rules[rule].gold - (counted ? 1 : 0)));
    }
    return accuracies;
}

}  // namespace

std::vector<RuleQuality> rule_quality(const Votes& votes, std::span<const Vote> truth) {
    std::vector<RuleQuality> rules(votes.empty() ? 0 : votes.front().size());
    for (std::size_t task = 0; task < votes.size(); ++task) count_task(rules, votes[task], truth[task]);
    for (auto& rule : rules) {
        const auto tasks = static_cast<double>(votes.size());
        rule.coverage /= tasks;
        rule.overlap /= tasks;
        rule.conflict /= tasks;
        rule.accuracy = smoothed(rule.correct, rule.gold);
    }
    return rules;
}

std::optional<Guess> combine(std::span<const Vote> votes, std::span<const double> accuracies, std::size_t classes) {
    std::vector<double> score(classes);
    bool any = false;
    for (std::size_t rule = 0; rule < votes.size(); ++rule) {
        if (!votes[rule]) continue;
        any = true;
        const double a = accuracies[rule];
        score[*votes[rule]] += std::log(a * static_cast<double>(classes - 1) / (1 - a));
    }
    if (!any) return std::nullopt;
    const auto best = std::ranges::max_element(score);
    constexpr double same = 1e-12;  // sums of the same weights in another order
    if (std::ranges::count_if(score, [&](double s) { return *best - s < same; }) > 1) return std::nullopt;
    double total = 0;
    for (const double s : score) total += std::exp(s - *best);
    return Guess{static_cast<std::size_t>(best - score.begin()), 1 / total};
}

Guesses guess(const Votes& votes, std::span<const Vote> truth, std::size_t classes) {
    Guesses all{.rules = rule_quality(votes, truth)};
    std::vector<double> accuracies;
    for (const auto& rule : all.rules) accuracies.push_back(rule.accuracy);
    for (std::size_t task = 0; task < votes.size(); ++task) {
        const auto& made = all.guesses.emplace_back(combine(votes[task], accuracies, classes));
        all.quality.coverage += made ? 1.0 / static_cast<double>(votes.size()) : 0;
        if (!truth[task]) continue;
        const auto held_out = combine(votes[task], accuracies_without(all.rules, votes[task], truth[task]), classes);
        if (!held_out) continue;
        all.quality.gold += 1;
        all.quality.correct += held_out->label == *truth[task] ? 1 : 0;
    }
    return all;
}

}  // namespace suanpan::data::labels
