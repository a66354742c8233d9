#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string>

#include "platform/decisions/http_post.h"
#include "platform/decisions/ledger.h"
#include "platform/decisions/webhook.h"

// Letters to the receivers of webhooks: filed in the transaction of the event that they tell of, sent afterwards, until
// they are delivered or dead. The id of a letter, "<decision>.<event>", stays the same over all attempts.
namespace suanpan::decisions {

// Files a letter for each decision that has none of this event yet. Within the caller's transaction.
[[nodiscard]] Result<> file_letters(store::Connection& connection, const store::Shop& shop, const std::string& event,
                                    std::span<const CurrentDecision> decisions, const Actor& actor);

// Letters of "acted" that still wait are not sent any more.
[[nodiscard]] Result<> withdraw_letters(store::Connection& connection, std::span<const CurrentDecision> decisions,
                                        const Actor& actor);

struct Deliverer {
    Sender send;
    std::function<Instant()> clock;
    std::stop_token stop;
    std::chrono::seconds budget{10};  // no further letter is begun afterwards
};

struct Delivered {
    std::int64_t delivered = 0;
    std::int64_t failed_attempts = 0;
    std::int64_t dead = 0;  // given up; their decisions failed
};

// Sends what is due, in the order of filing, and records each attempt before the next. A receiver that cannot be
// reached, or asks for patience (429, 503), is left alone for the rest of the call. One call at a time; a second one
// does nothing.
[[nodiscard]] Result<Delivered> deliver_due(const store::Shop& shop, const Kinds& kinds, const Deliverer& deliverer);

// Dead letters are queued again: their decisions are retried and acted on once more, in one transaction. Errors per id:
// not_found; conflict where the letter is not dead or its decision was taken back or rejected.
[[nodiscard]] Result<std::vector<Outcome>> redeliver(const store::Shop& shop, const Kinds& kinds,
                                                     std::span<const std::string> ids, const Actor& actor);

// Replays the attempts; the differences from what may follow what, none in a sound shop.
[[nodiscard]] Result<std::vector<std::string>> check_letters(store::Connection& connection);

}  // namespace suanpan::decisions
