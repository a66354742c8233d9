#pragma once

#include <array>
#include <string>

#include "areas/selection/snapshot.h"

namespace suanpan::selection {

inline constexpr std::size_t topics = 13;

// How much each topic moves an item's score, on the log scale of the trees: TreeSHAP contributions summed by topic.
using TopicShares = std::array<double, topics>;
// `contributions`: of one row, a column each (and perhaps the base, which is left out).
[[nodiscard]] TopicShares by_topic(const double* contributions);

struct Reasons {
    std::string en, zh;
};
// What is known of a topic, in words with the item's own numbers; and the topic's name.
[[nodiscard]] Reasons sentence(const Snapshot& snapshot, std::size_t row, Topic topic);
[[nodiscard]] Reasons name_of(Topic topic);
// What speaks most for the item and what against it, in words with the item's own numbers.
[[nodiscard]] Reasons reasons(const Snapshot& snapshot, std::size_t row, const TopicShares& shares);

}  // namespace suanpan::selection
