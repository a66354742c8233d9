#include "areas/selection/list_plan.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace suanpan::selection {
namespace {

class Places {
  public:
    Places(const std::vector<Scored>& items, const ListOptions& options) : items_(items), options_(options) {}

    // Gives up to `count` places in the order of `value`; true where an item has one.
    template <class Value>
    void give(std::size_t count, std::vector<bool>& placed, const Value& value) {
        std::vector<std::size_t> order(items_.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(order, [&](auto a, auto b) { return value(items_[a]) > value(items_[b]); });
        for (const auto i : order) {
            if (count == 0) return;
            if (placed[i] || items_[i].expected <= 0 || !room(items_[i].category)) continue;
            placed[i] = true;
            ++taken_[items_[i].category];
            --count;
        }
    }

  private:
    [[nodiscard]] bool room(const std::string& category) {
        const double most = std::max(1.0, std::floor(options_.category_share * static_cast<double>(options_.slots)));
        return category.empty() || static_cast<double>(taken_[category]) < most;
    }
    const std::vector<Scored>& items_;
    const ListOptions& options_;
    std::map<std::string, std::size_t> taken_;
};

Action rest(const Scored& item, const ListOptions& options) {
    const bool quiet = item.quiet_days < 0 || item.quiet_days > options.quiet_days;
    if (!quiet) return Action::keep;
    return item.stock > 0 ? Action::clear : Action::drop;
}

}  // namespace

std::string_view name(Action action) {
    constexpr std::string_view names[] = {"list", "push", "keep", "clear", "drop"};
    return names[static_cast<std::size_t>(action)];
}

std::vector<Placed> plan_list(const std::vector<Scored>& items, const ListOptions& options) {
    const auto exploring =
        static_cast<std::size_t>(std::floor(options.exploration_share * static_cast<double>(options.slots)));
    std::vector<bool> placed(items.size());
    Places places(items, options);
    places.give(options.slots - std::min(exploring, options.slots), placed, [](const Scored& s) { return s.score; });
    const auto certain = placed;
    places.give(exploring, placed, [](const Scored& s) { return s.high; });
    std::vector<Placed> plan;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto place = items[i].quiet_days < 0 ? Action::list : Action::push;
        plan.push_back({placed[i] ? place : rest(items[i], options), placed[i] && !certain[i]});
    }
    return plan;
}

}  // namespace suanpan::selection
