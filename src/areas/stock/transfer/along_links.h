#pragma once

#include <deque>
#include <vector>

#include "areas/stock/transfer/network.h"

namespace suanpan::stock {

struct MovesAlongLinks {
    std::deque<PlaceCandidate> places;  // that the moves point to
    std::vector<Move> moves;
};

// What the plans send today, as moves whose window is the time that the taker's base stock covers. The gain is the
// margin of what would be missed in it without the move; who supplies must send sooner or later, so that the way is not
// taken off.
[[nodiscard]] MovesAlongLinks moves_along_links(const std::vector<NetworkPlan>& plans, const LinkOptions& options,
                                                Day as_of);

}  // namespace suanpan::stock
