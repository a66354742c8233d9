#pragma once

#include <vector>

#include "platform/decisions/decision.h"

namespace suanpan::selection {

// What a verdict may not be, whoever asks for it. Any: of a flagged item that nothing can be said of, or with an
// interval that does not hold what is expected. list and push: of an item that expects no profit, whose margin is below
// selection.least_margin (0), of which more than selection.largest_return_share (0.4) came back; a push also of one
// without stock, where stock is counted. clear and drop: of an item that sold in the last 28 days, or that is known for
// less than selection.least_known_days (28).
[[nodiscard]] std::vector<decisions::Verdict> guard_verdict(const store::Settings& settings,
                                                            const decisions::Proposal& verdict);

}  // namespace suanpan::selection
