#pragma once

#include "platform/decisions/ledger.h"
#include "platform/operations/operation.h"

namespace suanpan::stock {

struct TransferReport {
    std::int64_t items = 0;    // that are counted and forecast at more than one place
    std::int64_t planned = 0;  // that a network of places is planned for
    std::int64_t expired = 0;  // moves of earlier days that nobody approved: stock has moved on
    decisions::Proposed decisions;
};

// Moves between places as decisions of kind stock.transfer, one an item, giver and taker: along the links of the shop's
// table where it has some (network.h), and between the other places where that is worth it (moves.h). An item that was
// moved since its stock was counted waits for the next count. Moves of earlier days that still wait expire.
[[nodiscard]] Result<TransferReport> propose_transfers(operations::Context& context, const decisions::Kinds& kinds,
                                                       Day as_of);

void add_transfer_operation(operations::Registry& registry, const decisions::Kinds& kinds);
void add_network_operation(operations::Registry& registry);  // stock.network

}  // namespace suanpan::stock
