#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "areas/selection/snapshot.h"

namespace suanpan::selection {

// What makes a score doubtful. The first four leave nothing to judge by: the verdict is "unknown".
enum class Flag { nothing_known, price_of_zero, title_too_long, attributes_too_long, new_category, rivals_jumped };
[[nodiscard]] std::string_view name(Flag flag);  // "nothing known", as the store and the evidence keep it
[[nodiscard]] std::string_view name_zh(Flag flag);
[[nodiscard]] bool hides_all(Flag flag);
[[nodiscard]] std::string names(const std::vector<Flag>& flags);  // with commas between

// Of each row of the snapshot, from what was known on its morning:
//   nothing known        never sold, and neither title nor category nor any sign
//   price of zero        sold in the last 91 days for nothing, or its own last price is nothing
//   title too long       more than 2,000 bytes of title or category
//   attributes too long  more than 50,000 bytes of attributes
//   new category         no other item of its category was ever sold
//   competitors jumped   it has a competitor's price, and of the items that have (at least ten), more than half moved
//                        by 1.6 times or more in the last file beside their median of the four weeks before it
[[nodiscard]] std::vector<std::vector<Flag>> flags_of(const History& history, const Snapshot& snapshot);

// Competitors' prices of flagged rows become unknown, so that a file that is wrong moves no score.
void forget_rivals(Snapshot& snapshot, const std::vector<std::vector<Flag>>& flags);

}  // namespace suanpan::selection
