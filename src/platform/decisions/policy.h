#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/store/connection.h"
#include "platform/store/shop.h"

// What a kind of decision is let through without a person, and how long one waits for a person. shop.yaml says it at
// first; what an administrator set later wins, and all that was ever set is kept with who and why.
namespace suanpan::decisions {

struct PolicyChange {
    std::string kind;
    double approve_below = 0, daily_limit = 0;  // in the shop's currency, see store::Policy
    std::int64_t expire_after_hours = 0;
    std::string set_by, reason;
    Instant set_at;
};

// The newest change of the kind; nothing where nobody set it.
[[nodiscard]] Result<std::optional<PolicyChange>> newest_change(store::Connection& connection, std::string_view kind);
// All of them, the newest first.
[[nodiscard]] Result<std::vector<PolicyChange>> changes(store::Connection& connection, std::int64_t limit);

// Nothing where neither shop.yaml nor a person says anything: then nothing is let through.
[[nodiscard]] Result<std::optional<store::Policy>> policy_in_force(store::Connection& connection,
                                                                   const store::Settings& settings,
                                                                   std::string_view kind);

// Decisions that are filed from now on follow it; what waits keeps its deadline. Errors: invalid_argument for sums that
// are no numbers or below 0, hours outside of 1 to 8760, no reason.
[[nodiscard]] Result<> set_policy(store::Connection& connection, const PolicyChange& change);

}  // namespace suanpan::decisions
