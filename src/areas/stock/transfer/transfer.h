#pragma once

#include "platform/decisions/ledger.h"
#include "platform/operations/operation.h"

namespace suanpan::stock {

struct TransferReport {
    std::int64_t items = 0;  // that are counted and forecast at more than one place
    decisions::Proposed decisions;
};

// Moves between places as decisions of kind stock.transfer, one an item, giver and taker. An item that was moved since
// its stock was counted waits for the next count.
[[nodiscard]] Result<TransferReport> propose_transfers(operations::Context& context, const decisions::Kinds& kinds,
                                                       Day as_of);

void add_transfer_operation(operations::Registry& registry, const decisions::Kinds& kinds);

}  // namespace suanpan::stock
