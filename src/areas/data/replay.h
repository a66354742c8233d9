#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "areas/data/load.h"
#include "areas/data/merge.h"

// Rows that were set aside come again, once the mapping or a rule is mended.
namespace suanpan::data {

struct ReplayFilter {
    std::int64_t load_id = 0;  // 0: every load
    std::string source, rule;  // empty: every one
};

// What became of the rows that one load had set aside: taken = loaded + unchanged + left_out + quarantined.
struct ReplayedLoad {
    std::int64_t load_id = 0;           // that had set them aside
    std::int64_t replay_id = 0;         // the load that they are part of now; 0 where none of them is good
    std::string source, file, problem;  // problem: why none was taken, such as a source that the mapping has no longer
    std::int64_t taken = 0, loaded = 0, mended = 0, unchanged = 0, left_out = 0, quarantined = 0;
};

// Judges the rows again under this mapping, each load's in a transaction of its own. Good ones leave the quarantine and
// get their place in the tables with file and line as before; the others stay with their new reason. What cannot be
// told apart without its file stays as it is: unreadable rows, and duplicates of a source that refuses them. So do rows
// of a file that was replaced, and rows whose place a later row has taken.
// Errors: an expression of the mapping that does not fit the rows' columns.
[[nodiscard]] Result<std::vector<ReplayedLoad>> replay(store::Shop& shop, const Mapping& mapping,
                                                       const ReplayFilter& filter);

// For merge(): takes those out of `staged` that must not displace what a later load told, and gives the others line
// numbers after those there are. Returns how many the shop had already.
[[nodiscard]] Result<std::int64_t> settle_replayed(store::Connection& connection, const Target& target,
                                                   const MergeOptions& options);

}  // namespace suanpan::data
