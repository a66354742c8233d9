#include "areas/stock/transfer/along_links.h"

#include <algorithm>
#include <cmath>

#include "areas/stock/inventory/newsvendor.h"

namespace suanpan::stock {
namespace {

// Over the days that matter at the place: those that its base stock covers, or, of who gives, until its next delivery.
PlaceCandidate candidate_of(const NetworkPlace& place, std::int64_t days, Day as_of) {
    const auto& at = *place.at;
    PlaceCandidate result{.item_id = at.item_id,
                          .title = at.title,
                          .place_id = place.place_id,
                          .place_title = place.place_title,
                          .model_version = at.model_version.value_or(""),
                          .first_period = as_of,
                          .counted_on = at.counted_on.value_or(as_of)};
    result.unit_cost = at.unit_cost;
    result.unit_price = at.unit_price;
    result.on_hand = at.on_hand.value_or(0);
    result.on_order = at.on_order.value_or(0);
    result.window_periods = std::max<std::int64_t>(1, days);
    result.period_days = 1;
    if (!at.forecast()) return result;
    const auto demand = scaled({at.window_mean, at.levels, at.window_quantiles},
                               static_cast<double>(result.window_periods) / at.window_days());
    result.levels = demand.levels;
    result.window_quantiles = demand.quantiles;
    result.window_mean = demand.mean;
    return result;
}

double missed(const PlaceCandidate& place, std::int64_t units) {
    if (place.levels.empty()) return 0;
    return expected_shortage(place.demand(), static_cast<double>(units));
}

Move move_of(const NetworkPlan& plan, const Replenishment& sent, const LinkOptions& options) {
    const auto& to = plan.places[sent.to];
    const double price = static_cast<double>(to.at->unit_price.value_or(0)) / options.moves.minor_units;
    return {.units = sent.units,
            .cost = options.moves.cost_share * price * static_cast<double>(sent.units),
            .network = NetworkPart{.base_stock = to.base_stock,
                                   .wanted = sent.wanted,
                                   .safety_stock = to.safety_stock,
                                   .safety_stock_alone = to.safety_stock_alone,
                                   .net_days = to.net_days,
                                   .inbound_days = to.inbound_days,
                                   .lead_time_days = static_cast<double>(to.own_days - 1)}};
}

}  // namespace

MovesAlongLinks moves_along_links(const std::vector<NetworkPlan>& plans, const LinkOptions& options, Day as_of) {
    MovesAlongLinks result;
    for (const auto& plan : plans) {
        std::vector<std::int64_t> given(plan.places.size());
        const auto all = replenish(plan, options.orders);
        for (const auto& sent : all) given[sent.from] += sent.units;
        for (const auto& sent : all) {
            const auto &giver = plan.places[sent.from], &taker = plan.places[sent.to];
            auto move = move_of(plan, sent, options);
            const auto& from = result.places.emplace_back(candidate_of(giver, giver.own_days, as_of));
            const auto& to = result.places.emplace_back(candidate_of(taker, taker.net_days, as_of));
            move.from = &from;
            move.to = &to;
            move.from_after = from.on_hand - given[sent.from];
            move.to_after = to.on_hand + to.on_order + sent.units;
            const double price = static_cast<double>(to.unit_price.value_or(0)) / options.moves.minor_units;
            const double cost = to.unit_cost ? static_cast<double>(*to.unit_cost) / options.moves.minor_units
                                             : options.moves.unit_cost_share * price;
            move.gain =
                std::max(0.0, price - cost) * (missed(to, to.on_hand + to.on_order) - missed(to, move.to_after));
            result.moves.push_back(std::move(move));
        }
    }
    return result;
}

}  // namespace suanpan::stock
