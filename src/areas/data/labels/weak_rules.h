#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

// Votes of weak rules over tasks, joined to a first guess. After A. Ratner and others, "Snorkel: Rapid Training Data
// Creation with Weak Supervision", 2017, with accuracies counted on gold questions rather than learned without any.
namespace suanpan::data::labels {

// votes[t][r]: the class that rule r gives task t; empty where it abstains. Every row has one place a rule.
using Vote = std::optional<std::size_t>;
using Votes = std::vector<std::vector<Vote>>;

struct RuleQuality {
    double coverage = 0;                // share of tasks that it votes on
    double overlap = 0;                 // share of tasks where another rule votes too
    double conflict = 0;                // share of tasks where another rule votes for another class
    std::size_t gold = 0, correct = 0;  // of its votes on tasks with gold
    double accuracy = 0;                // (correct + 1.4) / (gold + 2): a rule without gold counts as 0.7
};

// `truth[t]` is the gold class of task t, empty for most.
[[nodiscard]] std::vector<RuleQuality> rule_quality(const Votes& votes, std::span<const Vote> truth);

struct Guess {
    std::size_t label = 0;
    double confidence = 0;  // posterior probability of the class
};

// Weighted vote: a rule of accuracy a votes with ln(a (K - 1) / (1 - a)), K classes; the sums are the log posterior
// where rules err independently and evenly (S. Nitzan and J. Paroush, "Optimal decision rules in uncertain dichotomous
// choice situations", 1982, theorem 1). Empty where no rule votes, or classes tie.
[[nodiscard]] std::optional<Guess> combine(std::span<const Vote> votes, std::span<const double> accuracies,
                                           std::size_t classes);

struct GuessQuality {
    double coverage = 0;                // share of tasks with a guess
    std::size_t gold = 0, correct = 0;  // guesses on gold, each with its own task left out of the accuracies
};

struct Guesses {
    std::vector<std::optional<Guess>> guesses;  // by task
    std::vector<RuleQuality> rules;
    GuessQuality quality;
};

[[nodiscard]] Guesses guess(const Votes& votes, std::span<const Vote> truth, std::size_t classes);

}  // namespace suanpan::data::labels
