#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/money.h"
#include "platform/base/time.h"
#include "platform/decisions/state.h"
#include "platform/operations/operation.h"
#include "platform/store/connection.h"

namespace suanpan::decisions {

// What somebody proposes to do. The JSON texts are objects; `expected` says what will be measured: measure, mean, low,
// high, unit, from, to.
struct Proposal {
    std::string kind;     // "stock.order"
    std::string subject;  // what it is about, "item:85123A"
    Day as_of;            // the shop's day whose data it rests on
    std::string arguments, evidence, expected;
    std::string summary_en, summary_zh;
    Money value;
    double urgency = 0;  // 0 to 1
    Instant deadline;    // afterwards it expires
};

// A proposal as the store keeps it.
struct Decision {
    std::string id;
    std::string kind, subject;
    Day as_of;
    std::string arguments, evidence, expected, summary_en, summary_zh;
    std::int64_t value = 0;  // minor units of `currency`
    std::string currency;
    double urgency = 0;
    Instant deadline;
    std::string proposed_by;
    std::string hash;

    bool operator==(const Decision&) const = default;
};

// With where it stands.
struct CurrentDecision {
    std::string id, kind, subject;
    Day as_of;
    std::string arguments, evidence, expected, summary_en, summary_zh;
    std::int64_t value = 0;
    std::string currency;
    double urgency = 0;
    Instant deadline;
    std::string proposed_by, hash, state, last_actor, last_reason;
};

// What a guardrail says of a proposal.
struct Verdict {
    bool passed = true;
    std::string guardrail;
    std::string message;
};

// What came of a decision, beside what was expected.
struct Measurement {
    double expected = 0, low = 0, high = 0;  // of the proposal
    double outcome = 0;                      // what really happened
    double baseline = 0;                     // what the naive method expected, for comparison
    std::string unit;
};

// A kind of decision, declared by its area.
struct Kind {
    std::string name;
    operations::Text title;
    std::string export_prefix;  // "orders": exports/orders-2011-11-14.csv; empty: nothing is exported
    // Pure: the numbers a guardrail needs are in the proposal's evidence.
    std::function<std::vector<Verdict>(const store::Settings&, const Proposal&)> guard;
    // Pure, beside the check that no personal attribute is used: what else would be unfair in this kind. May be empty.
    std::function<std::vector<Verdict>(const store::Settings&, const Proposal&)> audit;
    // What acting does besides the export, within the transaction that records it; doing it twice does nothing more.
    std::function<Result<>(store::Connection&, const CurrentDecision&, Instant now)> act = {};
    // Nothing while the outcome is not known on that day.
    std::function<Result<std::optional<Measurement>>(store::Connection&, const CurrentDecision&, Day)> measure;
};

using Kinds = std::vector<Kind>;

// The identity of a decision: the same kind, subject and day is the same decision, proposed once.
[[nodiscard]] std::string decision_id(const Proposal& proposal);
// What an approval is bound to: BLAKE2b-256 of everything a person saw, in hex.
[[nodiscard]] std::string decision_hash(const Proposal& proposal);
[[nodiscard]] std::string decision_hash(const CurrentDecision& decision);  // of what the store holds now

}  // namespace suanpan::decisions
