#pragma once

#include <string>
#include <vector>

#include "areas/selection/history.h"
#include "areas/selection/radar/change.h"

namespace suanpan::selection {

enum class Grouping { category, word, price_band };
[[nodiscard]] std::string_view name(Grouping grouping);  // "category", "word", "price band"

struct Trend {
    Grouping grouping = Grouping::word;
    std::string group;  // the category, the word, or "400 to 800" in minor units
    std::size_t items = 0;
    double orders = 0;  // in all weeks looked at
    Change change;
    Day since;                          // the first day of the changed weeks
    double q = 1;                       // share of false discoveries among all with at most this q
    std::vector<std::size_t> examples;  // places of items with the most orders since, three at most
};

struct TrendOptions {
    int weeks = 26;            // before the morning
    double least_orders = 40;  // of a group in these weeks, else it is not tested
    std::size_t least_items = 2;
    double discovery_share = 0.1;  // of what is reported, false on average at most
    double smallest_change = 1.2;  // times; smaller ones are true at times and of no use
    ChangeOptions change = {};
};

struct Trends {
    std::size_t tested = 0;    // groups
    std::vector<Trend> found;  // the surest first
};
// Groups whose share of the shop's orders changed, from the weeks before the morning only. Sums of sales without orders
// count by units. A price band holds the prices from a power of two to the next; an item's is that of its mean price in
// these weeks.
[[nodiscard]] Trends find_trends(const History& history, Day morning, const TrendOptions& options);

}  // namespace suanpan::selection
