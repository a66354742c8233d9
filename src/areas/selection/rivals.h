#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "areas/selection/snapshot.h"

// What a list is made by without learning; each gives a score an item of the snapshot, the best highest.
namespace suanpan::selection {

using Scores = std::vector<double>;

[[nodiscard]] Scores random_scores(const Snapshot& snapshot, std::uint64_t seed);
// Net revenue of the last 28 days.
[[nodiscard]] Scores recent_scores(const Snapshot& snapshot);
// Net revenue of the same weeks a year ago; nothing where the history does not reach back.
[[nodiscard]] std::optional<Scores> last_year_scores(const Snapshot& snapshot);

// What a buyer asks of an item before it goes on the list, in this order; the list is then by the last 28 days'
// revenue. Items that fail a rule come behind all that pass, by the same revenue.
struct BuyerRules {
    double longest_quiet_days = 14;   // since the last sale
    double least_weeks_sold = 3;      // of the last 13
    double most_return_share = 0.15;  // of the last 91 days' value
    double least_rise = 0.5;          // last 28 days over the 28 before
    double least_margin = 0.1;        // where the cost is known
    double most_over_rival = 0.1;     // where a competitor's price is known
};
[[nodiscard]] Scores buyer_scores(const Snapshot& snapshot, const BuyerRules& rules);

}  // namespace suanpan::selection
