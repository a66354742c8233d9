#pragma once

#include <string>

#include "platform/decisions/ledger.h"
#include "platform/models/registry.h"

// Which version of a model serves is a decision of kind models.promote.
namespace suanpan::models {

struct Promotion {
    std::string name, version;
    Day as_of;           // the day whose data it rests on
    std::string reason;  // of a roll back, for whoever reads it later; empty: this is a promotion
};

struct PromotionOutcome {
    std::string decision;  // its id; empty where the version serves already
    std::string state;     // "acted" where it serves from now on, "pending" where a person decides, "refused"
    std::string message;   // of the guardrail that refused
};

// Within the caller's write: proposes that a registered version serves. A guardrail refuses one that is worse than its
// baseline, or whose error relative to its baseline is more than models.tolerance (default 0.1) above that of the
// version that serves; a roll back is not held to that. Unless the shop sets models.promotions to "by a person", what
// passes is approved by policy and serves at once. Older open promotions of the model expire.
[[nodiscard]] Result<PromotionOutcome> promote(store::Connection& connection, const store::Shop& shop,
                                               const Promotion& promotion, const decisions::Actor& actor);

}  // namespace suanpan::models
