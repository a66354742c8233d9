#include "areas/selection/list_plan.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "areas/selection/by_value.h"
#include "areas/selection/places.h"

namespace suanpan::selection {
namespace {

// Numbers from 1 for the texts that are not empty.
class Numbers {
  public:
    std::size_t of(const std::string& text) {
        return text.empty() ? 0 : numbers_.emplace(text, numbers_.size() + 1).first->second;
    }

  private:
    std::map<std::string, std::size_t> numbers_;
};

bool may_have_place(const Scored& item) {
    return !item.unknown && item.expected > 0;
}

// The candidates for a place, the best score first; each with the profit at its rank.
std::vector<Wanted> by_rank(const std::vector<Scored>& items) {
    std::vector<std::size_t> may;
    std::vector<double> scores, profits;  // less than nothing, so that the best come first
    for (std::size_t i = 0; i < items.size(); ++i)
        if (may_have_place(items[i])) {
            may.push_back(i);
            scores.push_back(-items[i].score);
            profits.push_back(-items[i].expected);
        }
    const auto by_score = by_value(scores), by_profit = by_value(profits);
    Numbers categories, suppliers;
    std::vector<Wanted> wanted;
    wanted.reserve(may.size());
    for (std::size_t rank = 0; rank < may.size(); ++rank) {
        const auto i = may[by_score[rank]];
        const auto& item = items[i];
        wanted.push_back({-profits[by_profit[rank]], item.stock_cost, categories.of(item.category),
                          suppliers.of(item.supplier), item.look, i});
    }
    return wanted;
}

std::size_t places_of(double share, std::size_t slots) {
    if (share >= 1) return 0;
    return static_cast<std::size_t>(std::max(1.0, std::floor(share * static_cast<double>(slots))));
}

Limits limits_of(const ListOptions& options, std::size_t slots) {
    return {.slots = slots,
            .budget = options.budget,
            .category = places_of(options.category_share, options.slots),
            .supplier = places_of(options.supplier_share, options.slots),
            .look = options.most_alike,
            .cannibalisation = options.cannibalisation};
}

// First of all the places that suppliers were promised, the best of theirs; says which could not be given.
void give_promised(const std::vector<Scored>& items, const std::vector<Wanted>& wanted, const ListOptions& options,
                   Taken& taken, ListPlan& plan) {
    for (const auto& [supplier, least] : options.supplier_least) {
        std::size_t given = 0;
        for (std::size_t i = 0; i < wanted.size() && given < least; ++i)
            if (items[wanted[i].item].supplier == supplier && taken.fits(i)) {
                taken.add(i);
                ++given;
            }
        if (given < least) plan.unmet.push_back(supplier);
    }
}

// Places for what might bring most, within the same limits.
std::vector<std::size_t> explore(const std::vector<Scored>& items, const std::vector<Wanted>& wanted,
                                 const Limits& limits, const Taken& certain) {
    Taken taken(wanted, limits);
    for (const auto i : certain.list()) taken.add(i);
    std::vector<std::size_t> found;
    std::vector<double> highs;
    for (const auto& one : wanted) highs.push_back(-items[one.item].high);
    for (const auto i : by_value(highs))
        if (taken.fits(i)) {
            taken.add(i);
            found.push_back(i);
        }
    return found;
}

Action rest(const Scored& item, const ListOptions& options) {
    if (item.unknown) return Action::unknown;
    const bool quiet = item.quiet_days < 0 || item.quiet_days > options.quiet_days;
    if (!quiet) return Action::keep;
    return item.stock > 0 ? Action::clear : Action::drop;
}

}  // namespace

std::string_view name(Action action) {
    constexpr std::string_view names[] = {"list", "push", "keep", "clear", "drop", "unknown"};
    return names[static_cast<std::size_t>(action)];
}

ListPlan plan_list(const std::vector<Scored>& items, const ListOptions& options) {
    const auto exploring =
        std::min(options.slots,
                 static_cast<std::size_t>(std::floor(options.exploration_share * static_cast<double>(options.slots))));
    ListPlan plan;
    for (const auto& item : items) plan.items.push_back({rest(item, options), false});
    const auto wanted = by_rank(items);
    auto limits = limits_of(options, options.slots - exploring);
    limits.budget *= 1 - options.exploration_share;
    Taken taken(wanted, limits);
    give_promised(items, wanted, options, taken, plan);
    plan.most_profit = fill(wanted, limits, taken);
    plan.profit = taken.profit();
    plan.stock_cost = taken.cost();
    const auto place = [&](std::size_t i, bool explores) {
        const auto at = wanted[i].item;
        plan.items[at] = {items[at].quiet_days < 0 ? Action::list : Action::push, explores};
    };
    for (const auto i : taken.list()) place(i, false);
    for (const auto i : explore(items, wanted, limits_of(options, options.slots), taken)) {
        place(i, true);
        plan.stock_cost += wanted[i].cost;
    }
    return plan;
}

}  // namespace suanpan::selection
