#pragma once

#include <span>
#include <string>
#include <vector>

#include "areas/data/labels/label_set.h"
#include "areas/data/labels/weak_rules.h"

// Weak rules over the tasks of a set: each votes for its label where it matches and abstains elsewhere.
namespace suanpan::data::labels {

struct Rule {
    std::string name, label;
    std::string regex;           // RE2, anywhere in the field; or:
    std::string where;           // a condition on task_id, text, picture and the fields of the record; see predicate.h
    std::string field = "text";  // that the regex reads
};

struct RuleReport {
    std::vector<Rule> rules;
    std::vector<RuleQuality> quality;  // by rule
    GuessQuality guesses;
    std::int64_t tasks = 0, guessed = 0;
};

// Puts these rules in the place of those the version had; an empty list keeps them. Then applies them and writes the
// guesses anew. Errors: a name twice, no class of the set, a regex or a condition that does not hold; about names the
// rule.
[[nodiscard]] Result<RuleReport> apply_rules(store::Connection& connection, const LabelSet& set,
                                             std::span<const Rule> rules);

}  // namespace suanpan::data::labels
