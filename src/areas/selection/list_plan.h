#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace suanpan::selection {

// list: new, and worth a place; push: worth a place and sold before; keep; clear: sell off what lies there; drop;
// unknown: what is known is too little or too odd to say.
enum class Action { list, push, keep, clear, drop, unknown };
inline constexpr std::size_t actions = 6;
[[nodiscard]] std::string_view name(Action action);

struct Scored {
    double score = 0;                        // of the ensemble, to order by
    double expected = 0, low = 0, high = 0;  // profit of the horizon, minor units; 5 % and 95 %
    double quiet_days = -1;                  // since the last sale; -1: never sold
    double stock = -1;                       // units; -1: unknown
    std::string category;
    std::string supplier = {};
    double stock_cost = 0;  // minor units that a place needs for stock
    std::size_t look = 0;   // items of like titles have the same; 0: like no other
    bool unknown = false;   // flagged: no place, and no verdict
};

// Settings selection.slots, category_share, exploration_share, quiet_days, budget, supplier_share, supplier_least,
// most_alike, cannibalisation.
struct ListOptions {
    std::size_t slots = 50;          // places on the list
    double category_share = 1;       // of the places that one category may take; items without one are not limited
    double exploration_share = 0.1;  // of the places and the budget, for those whose interval reaches highest
    double quiet_days = 91;  // without a sale for so long: clear it where there is stock, drop it where there is none
    double budget = 0;       // minor units that all places together may need for stock; 0: no limit
    double supplier_share = 1;  // of the places that one supplier may take; items without one are not limited
    std::map<std::string, std::size_t> supplier_least = {};  // places that a supplier gets at least, where it has items
    std::size_t most_alike = 0;                              // places for items of like titles; 0: no limit
    double cannibalisation = 0;  // share of its profit that an item loses for each better one of its look on the list
};

struct Placed {
    Action action = Action::keep;
    bool explores = false;
};

struct ListPlan {
    std::vector<Placed> items;  // one a candidate
    double profit = 0;          // expected of the places by score, less what they take from each other, minor units
    double most_profit = 0;     // no list within the limits earns more, before they take from each other
    double stock_cost = 0;      // minor units
    std::vector<std::string> unmet = {};  // suppliers whose least could not be given
    [[nodiscard]] double gap() const { return most_profit > 0 ? 1 - profit / most_profit : 0; }
};

// Which items get a place. Those for exploration go to the highest upper bounds among what is left of the rest; the
// others maximise expected profit within the limits. What an item is expected to bring is here the profit at its rank:
// the k-th best score has the k-th largest expected profit, so that without limits the list is the best scores.
// Lagrangian relaxation of the budget, a greedy completion, and improving exchanges; `most_profit` is the least bound
// of the relaxation (Martello and Toth 1990, 2.2), so that gap() certifies how far from the best list it can be.
[[nodiscard]] ListPlan plan_list(const std::vector<Scored>& items, const ListOptions& options);

}  // namespace suanpan::selection
