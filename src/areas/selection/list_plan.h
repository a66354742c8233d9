#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace suanpan::selection {

// list: new, and worth a place; push: worth a place and sold before; keep; clear: sell off what lies there; drop.
enum class Action { list, push, keep, clear, drop };
[[nodiscard]] std::string_view name(Action action);

struct Scored {
    double score = 0;                        // of the ensemble, to order by
    double expected = 0, low = 0, high = 0;  // profit of the horizon, minor units; 5 % and 95 %
    double quiet_days = -1;                  // since the last sale; -1: never sold
    double stock = -1;                       // units; -1: unknown
    std::string category;
};

// Settings selection.slots, category_share, exploration_share, quiet_days, new_days.
struct ListOptions {
    std::size_t slots = 50;          // places on the list
    double category_share = 1;       // of the places that one category may take; items without one are not limited
    double exploration_share = 0.1;  // of the places, for those whose interval reaches highest
    double quiet_days = 91;  // without a sale for so long: clear it where there is stock, drop it where there is none
};

struct Placed {
    Action action = Action::keep;
    bool explores = false;
};

// One a candidate. Places go by score, within the categories' shares; those for exploration to the highest upper bounds
// among the others. An item that has been quiet and expects nothing is no candidate for a place.
[[nodiscard]] std::vector<Placed> plan_list(const std::vector<Scored>& items, const ListOptions& options);

}  // namespace suanpan::selection
