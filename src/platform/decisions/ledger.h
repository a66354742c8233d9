#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/decisions/decision.h"
#include "platform/store/shop.h"

// The writes of the loop, each within the caller's transaction. Time is given, never read.
namespace suanpan::decisions {

struct Actor {
    std::string name;
    Instant now;
};

struct Proposed {
    std::int64_t pending = 0;     // now waiting for a person
    std::int64_t approved = 0;    // by the shop's policy
    std::int64_t refused = 0;     // by a guardrail or the audit
    std::int64_t superseded = 0;  // older ones of the same subject that these replace
    std::int64_t known = 0;       // were proposed before; nothing was done
    std::int64_t held_out = 0;    // the policy would have approved them, see holdout.h
};

// Guards, audits and files proposals, which it asks for until there are no more; what the shop's policy allows is
// approved at once. One that was proposed before, or twice, counts as known.
using NextProposal = std::function<Result<std::optional<Proposal>>()>;
[[nodiscard]] Result<Proposed> propose(store::Connection& connection, const store::Shop& shop, const Kinds& kinds,
                                       const NextProposal& next, const Actor& actor);
[[nodiscard]] Result<Proposed> propose(store::Connection& connection, const store::Shop& shop, const Kinds& kinds,
                                       std::span<const Proposal> proposals, const Actor& actor);

struct Choice {
    std::string id;
    std::string hash;  // what the person saw; empty: whatever stands
};

struct Outcome {
    std::string id;
    std::string state;
    std::optional<std::string> error_code, error;  // why nothing was done
};

// Each for itself: what cannot be approved is said and the others are. Errors per id: not_found; conflict where the
// hash is another or the state does not allow it; permission_denied for who proposed it; expired.
[[nodiscard]] Result<std::vector<Outcome>> approve(store::Connection& connection, std::span<const Choice> choices,
                                                   const Actor& actor);
[[nodiscard]] Result<std::vector<Outcome>> reject(store::Connection& connection, std::span<const Choice> choices,
                                                  const Actor& actor, const std::string& reason);

// Takes back what was acted; the caller undoes its effect (see act.h).
[[nodiscard]] Result<std::vector<Outcome>> roll_back(store::Connection& connection, std::span<const Choice> choices,
                                                     const Actor& actor, const std::string& reason);

// One event for many decisions that stand where it is possible. `payload` is JSON.
struct EventRow {
    std::string decision_id, event, state, actor, reason, payload;
    Instant happened_at;
};
// The payload of an approval: what it is bound to.
[[nodiscard]] std::string bound_to(const std::string& hash);
[[nodiscard]] Result<> record(store::Connection& connection, std::span<const EventRow> rows);

// Those whose deadline has passed while they waited.
[[nodiscard]] Result<std::int64_t> expire_due(store::Connection& connection, const Actor& actor);

// Replays every event through the transition function, every attempt of a letter, and hashes every decision anew; the
// differences from what the store says, none in a sound shop.
[[nodiscard]] Result<std::vector<std::string>> check(store::Connection& connection);

}  // namespace suanpan::decisions
