#pragma once

#include <cstdint>
#include <string>

#include "areas/data/mapping.h"
#include "platform/store/connection.h"

namespace suanpan::data {

struct MergeOptions {
    std::int64_t load_id = 0;
    std::int64_t rows = 0;       // the offer of the target's rows
    std::string raw;             // SQL: such a row as JSON
    std::int64_t replay_of = 0;  // the load that had set these rows aside; 0: they come from a file
    enum class Keys { forget, remember } keys = Keys::forget;  // see remember_keys()
};

struct Merged {
    std::int64_t written = 0, unchanged = 0;
    std::int64_t replaced = 0;  // old rows that gave way
};

// Puts the sound rows of the temporary table `typed` into the target's canonical table: a row of a known key takes the
// old one's place, a row that is there already stays. Cancellations and returns without an order are matched to the
// same customer's latest earlier order of that item, so order lines are merged before returns. Items, customers and
// places that order lines and sums of sales name and nobody has described are made from them.
[[nodiscard]] Result<Merged> merge(store::Connection& connection, const Target& target, const MergeOptions& options);

}  // namespace suanpan::data
