#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/decisions/decision.h"

namespace suanpan::decisions {

// The personal attribute that a key speaks of: "customer_age" is age, "stock_age_days" none; nothing where it is none.
// Words of a key are told apart by case, blank, hyphen and underscore; Chinese keys are searched for the word.
[[nodiscard]] std::optional<std::string> personal_attribute(std::string_view key);

// Pure: whether the arguments and the evidence rest on personal attributes, by their keys at every depth, and what the
// kind's own audit says. Refusals name the key.
[[nodiscard]] std::vector<Verdict> audit(const store::Settings& settings, const Kind& kind, const Proposal& proposal);

}  // namespace suanpan::decisions
