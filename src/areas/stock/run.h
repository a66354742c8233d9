#pragma once

#include "platform/decisions/ledger.h"
#include "platform/operations/operation.h"

namespace suanpan::stock {

struct ProposeReport {
    std::int64_t items = 0;          // with a forecast
    std::int64_t assumed_stock = 0;  // of them, without a count of stock
    std::int64_t limited = 0;        // orders that shelf life, a supplier's minimum, budget or room changed
    std::int64_t ahead = 0;          // orders that go up to a price break
    std::int64_t together = 0;       // items ordered together with their substitutes
    std::int64_t left_out = 0;       // items whose substitutes do not count, as their order says
    double budget_gap = 0;           // share of the value that better orders within the limits could add at most
    decisions::Proposed decisions;
};

// Orders for every product with a forecast of that day, as decisions of kind stock.order.
[[nodiscard]] Result<ProposeReport> propose_orders(operations::Context& context, const decisions::Kinds& kinds,
                                                   Day as_of);

// An acted order beside what sold in its window; nothing before the window is over.
[[nodiscard]] Result<std::optional<decisions::Measurement>> measure_order(store::Connection& connection,
                                                                          const decisions::CurrentDecision& order,
                                                                          Day as_of);

}  // namespace suanpan::stock
