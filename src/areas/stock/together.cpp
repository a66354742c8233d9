#include "areas/stock/together.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "areas/stock/inventory/substitution.h"

namespace suanpan::stock {
namespace {

constexpr std::size_t samples = 400;

struct Arc {
    std::size_t item = 0, other = 0;
    double share = 0;
};

bool is_share(const SubstituteShare& row) {
    return row.share >= 0 && row.share <= 1 + 1e-9 && row.item_id != row.other_item_id;
}

std::set<std::string> with_wrong_shares(const SubstituteShares& shares) {
    std::map<std::string, double> sums;
    std::set<std::string> wrong;
    for (const auto& row : shares) {
        sums[row.item_id] += row.share;
        if (!is_share(row)) wrong.insert(row.item_id);
    }
    for (const auto& [item, sum] : sums)
        if (sum > 1 + 1e-9) wrong.insert(item);
    return wrong;
}

// The shares between items of the day, by their places.
std::vector<Arc> arcs_of(std::vector<Planned>& items, const SubstituteShares& shares) {
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < items.size(); ++i) places[items[i].item->item_id] = i;
    const auto wrong = with_wrong_shares(shares);
    std::vector<Arc> arcs;
    for (const auto& row : shares) {
        const auto item = places.find(row.item_id), other = places.find(row.other_item_id);
        if (item == places.end()) continue;
        if (wrong.contains(row.item_id)) {
            items[item->second].together.left_out = "shares";
        } else if (other != places.end() && row.share > 0) {
            arcs.push_back({item->second, other->second, row.share});
        }
    }
    return arcs;
}

// Items that arcs connect, in order, and these arcs.
struct Group {
    std::vector<std::size_t> items;
    std::vector<Arc> arcs;
};

std::vector<Group> groups_of(std::size_t items, const std::vector<Arc>& arcs) {
    std::vector<std::size_t> root(items);
    std::iota(root.begin(), root.end(), std::size_t{0});
    const auto find = [&](std::size_t i) {
        while (root[i] != i) i = root[i] = root[root[i]];
        return i;
    };
    for (const auto& arc : arcs) root[find(arc.item)] = find(arc.other);
    std::map<std::size_t, Group> groups;
    for (const auto& arc : arcs) {
        auto& group = groups[find(arc.item)];
        group.items.insert(group.items.end(), {arc.item, arc.other});
        group.arcs.push_back(arc);
    }
    std::vector<Group> result;
    for (auto& [_, group] : groups) {
        std::ranges::sort(group.items);
        const auto [first, last] = std::ranges::unique(group.items);
        group.items.erase(first, last);
        result.push_back(std::move(group));
    }
    return result;
}

// Latin hypercube: each item's quantiles at even levels, in an order of its own.
std::vector<std::vector<double>> drawn(const std::vector<const Planned*>& group) {
    std::mt19937_64 random(7);
    std::vector<std::vector<double>> result(samples, std::vector<double>(group.size()));
    std::vector<std::size_t> order(samples);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = 0; i < group.size(); ++i) {
        for (std::size_t k = samples - 1; k > 0; --k) std::swap(order[k], order[random() % (k + 1)]);
        for (std::size_t k = 0; k < samples; ++k) {
            const double level = static_cast<double>(order[k] + 1) / static_cast<double>(samples);
            result[k][i] = std::max(0.0, quantile(group[i]->input.demand, level));
        }
    }
    return result;
}

std::int64_t least_level(const Planned& planned, const PlanOptions& options) {
    const double floor =
        quantile(planned.input.demand, std::min(options.substitute_level, planned.input.service_level));
    const auto there = planned.input.on_hand + planned.input.on_order;
    return std::max<std::int64_t>({0, there, static_cast<std::int64_t>(std::ceil(floor - 1e-9))});
}

Substitutes substitutes_of(const std::vector<const Planned*>& group, const std::vector<Arc>& arcs,
                           const PlanOptions& options) {
    Substitutes s{.samples = drawn(group),
                  .takes = std::vector(group.size(), std::vector<double>(group.size())),
                  .margin = {},
                  .holding = {},
                  .least = {},
                  .most = {},
                  .cost = {}};
    for (const auto* planned : group) {
        const double level = std::clamp(planned->input.service_level, 0.01, 0.9999);
        s.margin.push_back(margin_of(*planned->item, planned->unit_cost, options));
        s.holding.push_back(s.margin.back() * (1 - level) / level);
        s.least.push_back(least_level(*planned, options));
        const double highest = quantile(planned->input.demand, 1);
        s.most.push_back(std::max(planned->order.order_up_to, static_cast<std::int64_t>(std::ceil(highest - 1e-9))));
        s.cost.push_back(planned->unit_cost);
    }
    for (const auto& arc : arcs) s.takes[arc.item][arc.other] = arc.share;
    return s;
}

// The ids on the other end of an item's arcs, the largest share first.
std::string ids(const std::vector<const Planned*>& group, std::vector<Arc> arcs, bool others, std::size_t item) {
    std::erase_if(arcs, [&](const Arc& arc) { return (others ? arc.item : arc.other) != item; });
    std::ranges::stable_sort(arcs, std::ranges::greater{}, &Arc::share);
    std::vector<std::string_view> names;
    for (const auto& arc : arcs) names.push_back(group[others ? arc.other : arc.item]->item->item_id);
    return fmt::format("{}", fmt::join(names, ", "));
}

// A level that what is there already exceeds asks for nothing.
void take_level(Planned& planned, std::int64_t level) {
    const auto there = planned.input.on_hand + planned.input.on_order;
    if (level == there && planned.order.order_up_to <= there) level = planned.order.order_up_to;
    if (level != planned.order.order_up_to) planned.order = plan_order(planned.input, level);
}

Result<> plan_group(std::vector<Planned>& items, Group together, const PlanOptions& options) {
    auto& [places, arcs] = together;
    for (auto& arc : arcs) {
        arc.item = static_cast<std::size_t>(std::ranges::lower_bound(places, arc.item) - places.begin());
        arc.other = static_cast<std::size_t>(std::ranges::lower_bound(places, arc.other) - places.begin());
    }
    std::vector<const Planned*> group;
    std::vector<std::int64_t> alone;
    for (const auto i : places) group.push_back(&items[i]);
    const auto substitutes = substitutes_of(group, arcs, options);
    for (std::size_t k = 0; k < group.size(); ++k)
        alone.push_back(std::max(group[k]->order.order_up_to, substitutes.least[k]));
    const auto plan = TRY(plan_substitution(substitutes));
    const double gain = plan.value - value_of_levels(substitutes, alone);
    for (std::size_t k = 0; k < places.size(); ++k) {
        auto& planned = items[places[k]];
        planned.together.level_alone = planned.order.order_up_to;
        planned.together.stand_ins = ids(group, arcs, true, k);
        planned.together.stands_in_for = ids(group, arcs, false, k);
        planned.together.gain = gain;
        take_level(planned, plan.levels[k]);
    }
    return {};
}

}  // namespace

Result<> plan_together(std::vector<Planned>& items, const SubstituteShares& shares, const PlanOptions& options) {
    const auto arcs = arcs_of(items, shares);
    for (auto& group : groups_of(items.size(), arcs)) {
        if (group.items.size() > most_together) {
            for (const auto i : group.items) items[i].together.left_out = "too many";
        } else {
            TRY(plan_group(items, std::move(group), options));
        }
    }
    return {};
}

}  // namespace suanpan::stock
