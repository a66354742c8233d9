#pragma once

#include "areas/demand/history.h"
#include "areas/demand/newcomers/launch.h"
#include "platform/operations/operation.h"

namespace suanpan::demand {

struct Launches {
    std::vector<Launch> all;
    std::vector<std::size_t> fresh;  // those that are new now
    std::int64_t now = 0;            // number of the period that comes next; `begin` of the history is 0
};

[[nodiscard]] LaunchOptions launch_options(const Period& period, const PanelOptions& options);

// The items whose beginning the history saw: by data.product.listed_on, where that is in it, and by the first sale
// where that came at least four weeks into it and the item was not listed before. An item first sold more than
// `options.weeks` after its listing began twice. An item that was listed and never sold is among them.
// What an item is comes from selection.vector: the newest of a day not after `as_of`, the leading places that
// selection.dimensions says are attributes; none where the shop has no vectors.
[[nodiscard]] Result<Launches> read_launches(operations::Context& context, const History& history,
                                             const LaunchOptions& options, Day as_of);

}  // namespace suanpan::demand
