#pragma once

#include <optional>
#include <string>

#include "platform/operations/operation.h"

namespace suanpan::demand {

struct SignalReport {
    std::int64_t mornings = 0, items = 0;  // that were asked for now, and items of the newest
    std::int64_t networks = 0;             // learned now
    std::string without;                   // why there is no network; empty: there is
};

// What an LSTM over all items and a Prophet-like model of each say on Mondays: units of the four weeks from then on, by
// what was known that morning. They serve nobody; areas/selection learns from them. Of the `mornings` up to the day
// those that have none are made, the oldest first; a network that is less than four weeks old is asked again.
// Errors: not_found where nothing was sold before the newest morning; unavailable where it was stopped: what was made
// stays.
[[nodiscard]] Result<SignalReport> make_signals(operations::Context& context, Day as_of, std::int64_t mornings);

// demand.signals
void add_signals_operation(operations::Registry& registry);

}  // namespace suanpan::demand
