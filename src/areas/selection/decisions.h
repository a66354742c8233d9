#pragma once

#include <vector>

#include "platform/decisions/ledger.h"
#include "platform/operations/operation.h"

// Verdicts as decisions: kinds selection.list, selection.push, selection.clear and selection.drop; "keep" asks for
// nothing, and "unknown" is no verdict.
namespace suanpan::selection {

struct ProposeReport {
    std::int64_t verdicts = 0;   // that ask for something
    std::int64_t repeated = 0;   // of them, already asked for and still standing
    std::int64_t held_back = 0;  // drops and clearings beyond selection.most_leavings (20) a day; they come later
    std::int64_t withdrawn = 0;  // open proposals of other verdicts on the same items, which these replace
    decisions::Proposed decisions;
};

// Proposes what the scores of the day ask for and nobody was asked yet. A verdict stands while a decision of its kind
// on the item waits, is approved, was acted on or rejected within its horizon; a drop or a clearing that was acted on
// stands until another verdict comes. Of those that leave, the ones that free most stock come first, then the longest
// without a sale. Errors: not_found where the day was not scored.
[[nodiscard]] Result<ProposeReport> propose_verdicts(operations::Context& context, const decisions::Kinds& kinds,
                                                     Day as_of);

// Profit that the horizon brought, settled, beside what was expected and what the days before had brought; nothing
// before the horizon and two days for cancellations are over, or the data do not reach there.
[[nodiscard]] Result<std::optional<decisions::Measurement>> measure_verdict(store::Connection& connection,
                                                                            const decisions::CurrentDecision& verdict,
                                                                            Day as_of);

}  // namespace suanpan::selection
