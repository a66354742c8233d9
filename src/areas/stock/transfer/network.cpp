#include "areas/stock/transfer/network.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "areas/stock/inventory/guaranteed_service.h"
#include "areas/stock/inventory/normal.h"

namespace suanpan::stock {
namespace {

constexpr std::string_view linked_sql = R"(
    WITH linked AS (
        SELECT to_place_id AS place_id FROM data.place_link UNION SELECT from_place_id FROM data.place_link
    ), counted AS (
        SELECT item_id, place_id, arg_max(on_hand, day) AS on_hand, arg_max(on_order, day) AS on_order,
               max(day) AS counted_on
        FROM data.stock SEMI JOIN linked USING (place_id) WHERE day < ?1 GROUP BY ALL
    ), planned AS (
        SELECT item_id, place_id, model_version, levels, window_quantiles, window_mean, window_periods, period_days
        FROM demand.place_planned SEMI JOIN linked USING (place_id) WHERE as_of = ?1
    ), moved AS (
        SELECT arguments->>'$.item' AS item_id, max(as_of) AS day
        FROM decisions.current
        WHERE kind = 'stock.transfer' AND state IN ('approved', 'acted', 'measured') AND as_of < ?1 GROUP BY ALL
    )
    SELECT item_id, coalesce(p.title, item_id) AS title, place_id, coalesce(d.title, place_id) AS place_title,
           p.supplier_id, f.model_version, s.lead_time_days, s.lead_time_sd_days, p.unit_cost, p.unit_price,
           c.on_hand, c.on_order, c.counted_on, coalesce(f.levels, []::DOUBLE[]) AS levels,
           coalesce(f.window_quantiles, []::DOUBLE[]) AS window_quantiles, coalesce(f.window_mean, 0) AS window_mean,
           coalesce(f.window_periods, 0) AS window_periods, coalesce(f.period_days, 7) AS period_days,
           coalesce(m.day > c.counted_on, false) AS waits
    FROM planned AS f
    FULL JOIN counted AS c USING (item_id, place_id)
    JOIN data.product AS p USING (item_id)
    LEFT JOIN data.supplier AS s USING (supplier_id)
    LEFT JOIN data.place AS d USING (place_id)
    LEFT JOIN moved AS m USING (item_id)
    WHERE ?2 = '' OR item_id = ?2
    ORDER BY item_id, place_id)";

using Links = std::map<std::string, PlaceLink>;  // by the place that is supplied

// Without those that lead into a circle.
Links sound(const std::vector<PlaceLink>& links) {
    Links all, result;
    for (const auto& link : links) all.emplace(link.to_place_id, link);
    for (const auto& [place, link] : all) {
        auto at = place;
        std::size_t steps = 0;
        for (auto up = all.find(at); up != all.end() && steps <= all.size(); up = all.find(at), ++steps)
            at = up->second.from_place_id;
        if (steps <= all.size() && link.lead_time_days >= 0 && link.lead_time_days <= 3000) result.emplace(place, link);
    }
    return result;
}

std::string root_of(const Links& links, std::string place) {
    for (auto up = links.find(place); up != links.end(); up = links.find(place)) place = up->second.from_place_id;
    return place;
}

std::int64_t whole_days(double days) {
    return static_cast<std::int64_t>(std::ceil(std::max(0.0, days) - 1e-9));
}

// One item's places under one root.
class Tree {
  public:
    Tree(const Links& links, std::string root, std::span<const LinkedPlace> item) : links_(links) {
        std::set<std::string> needed = {root};
        for (const auto& one : item) {
            at_[one.place_id] = &one;
            if (one.forecast() && root_of(links, one.place_id) == root) add_way(needed, one.place_id);
        }
        std::vector<std::string> next = {std::move(root)};
        for (std::size_t i = 0; i < next.size(); ++i) {
            place_of_[next[i]] = i;
            for (const auto& [to, link] : links)
                if (link.from_place_id == next[i] && needed.contains(to)) next.push_back(to);
        }
        names_ = std::move(next);
    }

    [[nodiscard]] bool is_network() const { return names_.size() > 1; }

    Result<NetworkPlan> plan(const LinkedPlace& item, const SupplierDays& receipts, const PlanOptions& options) {
        NetworkPlan plan{.item_id = item.item_id, .title = item.title};
        for (const auto& name : names_) plan.places.push_back(place(name, item, receipts, options));
        std::vector<Stage> stages;
        std::vector<Link> ways;
        for (const auto& one : plan.places) {
            stages.push_back(stage(one, item, options));
            if (one.supplied_by) ways.push_back({*one.supplied_by, stages.size() - 1});
        }
        const auto solved = TRY(guaranteed_service(stages, ways));
        fill(plan, stages, solved);
        plan.cost = solved.cost;
        plan.cost_alone = cost_of_promises(stages, ways, std::vector<std::int64_t>(stages.size())).value_or(0);
        plan.cost_at_the_ends = cost_at_the_ends(plan, stages, ways);
        return plan;
    }

  private:
    void add_way(std::set<std::string>& needed, std::string place) const {
        needed.insert(place);
        for (auto up = links_.find(place); up != links_.end(); up = links_.find(place))
            needed.insert(place = up->second.from_place_id);
    }

    NetworkPlace place(const std::string& name, const LinkedPlace& item, const SupplierDays& receipts,
                       const PlanOptions& options) const {
        NetworkPlace result{.place_id = name, .place_title = name};
        if (const auto found = at_.find(name); found != at_.end()) {
            result.at = found->second;
            result.place_title = result.at->place_title;
        }
        if (const auto link = links_.find(name); link != links_.end()) {
            result.supplied_by = place_of_.at(link->second.from_place_id);
            result.own_days = whole_days(link->second.lead_time_days) + 1;  // moves are proposed each morning
        } else {
            Candidate delivered{.supplier_id = item.supplier_id};
            delivered.lead_time_days = item.lead_time_days;
            delivered.lead_time_sd_days = item.lead_time_sd_days;
            result.own_days =
                whole_days(lead_time_of(delivered, receipts, options).mean()) + whole_days(options.review_days);
        }
        return result;
    }

    [[nodiscard]] Stage stage(const NetworkPlace& one, const LinkedPlace& item, const PlanOptions& options) const {
        const double price = static_cast<double>(item.unit_price.value_or(0)) * options.unit_cost_share;
        const double cost = static_cast<double>(item.unit_cost.value_or(std::llround(price))) / options.minor_units;
        const auto link = links_.find(one.place_id);
        double share = options.holding_rate;
        Stage result{.processing_time = one.own_days, .safety_factor = normal_quantile(level(options))};
        if (link != links_.end()) share = std::max(0.0, link->second.holding_share.value_or(share));
        result.holding_cost = share * (cost > 0 ? cost : 1);
        if (one.at == nullptr || !one.at->forecast()) return result;
        const WindowDemand window{one.at->window_mean, one.at->levels, one.at->window_quantiles};
        const double beyond = std::max(0.0, quantile(window, level(options)) - window.mean);
        result.demand_deviation = beyond / result.safety_factor / std::sqrt(one.at->window_days());
        result.promised_outside = 0;
        if (link != links_.end()) result.promised_outside = whole_days(link->second.service_days.value_or(0));
        return result;
    }

    static double level(const PlanOptions& options) { return std::clamp(options.service_level, 0.501, 0.9999); }

    static void fill(NetworkPlan& plan, const std::vector<Stage>& stages, const GuaranteedService& solved) {
        std::vector<double> a_day(stages.size()), squares(stages.size());
        for (std::size_t k = stages.size(); k-- > 0;) {
            const auto* at = plan.places[k].at;
            if (at != nullptr && at->forecast()) a_day[k] += at->window_mean / at->window_days();
            squares[k] += stages[k].demand_deviation * stages[k].demand_deviation;
            if (const auto up = plan.places[k].supplied_by) {
                a_day[*up] += a_day[k];
                squares[*up] += squares[k];
            }
        }
        for (std::size_t k = 0; k < stages.size(); ++k) {
            auto& one = plan.places[k];
            if (!one.supplied_by) plan.a_day = a_day[k];
            one.inbound_days = solved.stages[k].inbound;
            one.promised_days = solved.stages[k].outbound;
            one.net_days = solved.stages[k].net_lead_time;
            one.safety_stock = solved.stages[k].safety_stock;
            one.expected = a_day[k] * static_cast<double>(one.net_days);
            one.base_stock = static_cast<std::int64_t>(std::ceil(one.expected + one.safety_stock - 1e-9));
            one.safety_stock_alone =
                stages[k].safety_factor * std::sqrt(squares[k] * static_cast<double>(one.own_days));
            if (one.at == nullptr || !one.at->forecast()) continue;
            one.demand = scaled({one.at->window_mean, one.at->levels, one.at->window_quantiles},
                                static_cast<double>(one.net_days) / one.at->window_days());
        }
    }

    // Every place that supplies others makes them wait for all of its days.
    static std::optional<double> cost_at_the_ends(const NetworkPlan& plan, const std::vector<Stage>& stages,
                                                  const std::vector<Link>& ways) {
        std::vector<std::int64_t> promises(stages.size());
        std::vector<bool> supplies(stages.size());
        for (const auto& way : ways) supplies[way.from] = true;
        for (std::size_t k = 0; k < stages.size(); ++k) {
            const auto up = plan.places[k].supplied_by;
            if (supplies[k]) promises[k] = (up ? promises[*up] : 0) + stages[k].processing_time;
        }
        return cost_of_promises(stages, ways, promises);
    }

    const Links& links_;
    std::map<std::string, const LinkedPlace*> at_;
    std::map<std::string, std::size_t> place_of_;
    std::vector<std::string> names_;  // who supplies before who is supplied
};

struct Asking {
    std::size_t place = 0;
    std::int64_t position = 0, wanted = 0, given = 0;
};

std::vector<Asking> asking(const NetworkPlan& plan, std::size_t from) {
    std::vector<Asking> result;
    for (std::size_t k = 0; k < plan.places.size(); ++k) {
        const auto& one = plan.places[k];
        if (one.supplied_by != from || one.at == nullptr || !one.at->on_hand || one.at->waits) continue;
        const auto position = *one.at->on_hand + one.at->on_order.value_or(0);
        if (position < one.base_stock) result.push_back({k, position, one.base_stock - position});
    }
    return result;
}

// How likely the place is to run out with what it was given; of a place that only supplies others, how much of its base
// stock it lacks.
double need_of_more(const NetworkPlace& place, const Asking& one) {
    const auto there = static_cast<double>(one.position + one.given);
    const double lacks = 1 - there / static_cast<double>(place.base_stock);
    if (place.demand.levels.empty()) return lacks;
    return probability_above(place.demand, there, 1) + 1e-6 * lacks;
}

void share_out(const NetworkPlan& plan, std::vector<Asking>& all, std::int64_t units) {
    std::int64_t wanted = 0;
    for (const auto& one : all) wanted += one.wanted;
    if (wanted <= units) {
        for (auto& one : all) one.given = one.wanted;
        return;
    }
    const auto step = std::max<std::int64_t>(1, units / 1000);
    while (units > 0) {
        const auto worst = std::ranges::max_element(all, {}, [&](const Asking& one) {
            return one.given == one.wanted ? -1 : need_of_more(plan.places[one.place], one);
        });
        const auto more = std::min({step, units, worst->wanted - worst->given});
        worst->given += more;
        units -= more;
    }
}

// Beyond what its own customers are expected to need until the next delivery could come.
std::int64_t to_spare(const NetworkPlace& place, const PlanOptions& options) {
    if (place.at == nullptr || !place.at->on_hand || place.at->waits) return 0;
    double kept = 0;
    if (place.at->forecast()) {
        const WindowDemand window{place.at->window_mean, place.at->levels, place.at->window_quantiles};
        const auto until = scaled(window, static_cast<double>(place.own_days) / place.at->window_days());
        kept = std::ceil(std::max(0.0, quantile(until, options.service_level)) - 1e-9);
    }
    return std::max<std::int64_t>(0, *place.at->on_hand - static_cast<std::int64_t>(kept));
}

}  // namespace

Result<std::vector<PlaceLink>> read_links(store::Connection& connection) {
    return connection.rows<PlaceLink>(
        "SELECT to_place_id, from_place_id, lead_time_days, service_days, holding_share FROM data.place_link "
        "ORDER BY to_place_id");
}

Result<std::vector<LinkedPlace>> read_linked(store::Connection& connection, Day as_of, const std::string& item) {
    return connection.rows<LinkedPlace>(linked_sql, as_of, item);
}

std::int64_t links_left_out(const std::vector<PlaceLink>& links) {
    return std::ssize(links) - std::ssize(sound(links));
}

Result<std::vector<NetworkPlan>> plan_networks(std::span<const LinkedPlace> places, const std::vector<PlaceLink>& links,
                                               const SupplierDays& receipts, const PlanOptions& options) {
    const auto ways = sound(links);
    std::vector<NetworkPlan> plans;
    for (auto begin = places.begin(); begin != places.end();) {
        const auto end =
            std::find_if(begin, places.end(), [&](const auto& one) { return one.item_id != begin->item_id; });
        std::set<std::string> roots;
        for (const auto& one : std::span(begin, end))
            if (one.forecast()) roots.insert(root_of(ways, one.place_id));
        for (const auto& root : roots)
            if (Tree tree(ways, root, {begin, end}); tree.is_network())
                plans.push_back(TRY(tree.plan(*begin, receipts, options)));
        begin = end;
    }
    return plans;
}

Result<std::vector<NetworkPlan>> read_networks(store::Connection& connection, Day as_of, const SupplierDays& receipts,
                                               const PlanOptions& options) {
    const auto links = TRY(read_links(connection));
    if (links.empty()) return std::vector<NetworkPlan>();
    const auto places = TRY(read_linked(connection, as_of));
    auto plans = TRY(plan_networks(places, links, receipts, options));
    for (auto& plan : plans)
        for (auto& place : plan.places) place.at = nullptr;  // it would point into what is gone
    return plans;
}

std::vector<Candidate> with_networks(std::vector<Candidate> items, const std::vector<NetworkPlan>& plans) {
    struct Sum {
        std::int64_t units = 0;
        double a_day = 0;
    };
    std::map<std::string_view, Sum> sums;
    for (const auto& plan : plans) {
        auto& sum = sums[plan.item_id];
        sum.a_day += plan.a_day;
        for (const auto& place : plan.places) sum.units += place.base_stock;
    }
    for (auto& item : items) {
        const auto found = sums.find(item.item_id);
        if (found == sums.end() || item.window_mean <= 0) continue;
        item.network_units = found->second.units;
        item.network_share = std::min(1.0, found->second.a_day * item.window_days() / item.window_mean);
    }
    return items;
}

std::vector<Replenishment> replenish(const NetworkPlan& plan, const PlanOptions& options) {
    std::vector<Replenishment> result;
    for (std::size_t from = 0; from < plan.places.size(); ++from) {
        auto all = asking(plan, from);
        share_out(plan, all, all.empty() ? 0 : to_spare(plan.places[from], options));
        for (const auto& one : all)
            if (one.given > 0) result.push_back({from, one.place, one.given, one.wanted});
    }
    return result;
}

}  // namespace suanpan::stock
