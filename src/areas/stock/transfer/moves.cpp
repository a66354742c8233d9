#include "areas/stock/transfer/moves.h"

#include <algorithm>
#include <cmath>

#include "areas/stock/inventory/transfers.h"
#include "areas/stock/plan.h"
#include "platform/base/money.h"

namespace suanpan::stock {
namespace {

constexpr std::size_t most_places = 30;

using Places = std::vector<const PlaceCandidate*>;

Places farthest(std::span<const PlaceCandidate> all) {
    Places places;
    for (const auto& one : all) places.push_back(&one);
    const auto off = [](const auto* one) { return std::abs(static_cast<double>(one->on_hand) - one->window_mean); };
    if (places.size() > most_places) {
        std::ranges::nth_element(places, places.begin() + most_places, std::greater<>{}, off);
        places.resize(most_places);
        std::ranges::sort(places, {}, &PlaceCandidate::place_id);
    }
    return places;
}

Result<> add_moves(std::vector<Move>& moves, const Places& places, const MoveOptions& options) {
    const double price = static_cast<double>(*places[0]->unit_price) / options.minor_units;
    const double cost = places[0]->unit_cost ? static_cast<double>(*places[0]->unit_cost) / options.minor_units
                                             : options.unit_cost_share * price;
    std::vector<PlaceStock> stocks;
    for (const auto* place : places)
        stocks.push_back({.demand = place->demand(),
                          .on_hand = std::max<std::int64_t>(0, place->on_hand),
                          .margin = std::max(0.0, price - cost),
                          .holding = options.holding_share * cost});
    const double way = options.cost_share * price;
    const auto plan = TRY(plan_transfers(stocks, std::vector(places.size(), std::vector<double>(places.size(), way))));
    std::int64_t units = 0;
    for (const auto& one : plan.transfers) {
        units += one.units;
        stocks[one.from].on_hand -= one.units;
        stocks[one.to].on_hand += one.units;
    }
    for (const auto& one : plan.transfers) {
        const auto moved = static_cast<double>(one.units);
        moves.push_back({.from = places[one.from],
                         .to = places[one.to],
                         .units = one.units,
                         .from_after = stocks[one.from].on_hand,
                         .to_after = stocks[one.to].on_hand,
                         .cost = way * moved,
                         .gain = plan.gain * moved / static_cast<double>(units)});
    }
    return {};
}

}  // namespace

MoveOptions move_options(const store::Settings& settings) {
    const auto orders = plan_options(settings);
    return {.cost_share = settings.number("stock.transfer_cost_share", MoveOptions{}.cost_share),
            .holding_share = orders.holding_share,
            .unit_cost_share = orders.unit_cost_share,
            .minor_units = orders.minor_units};
}

Result<std::vector<Move>> plan_moves(std::span<const PlaceCandidate> places, const MoveOptions& options) {
    std::vector<Move> moves;
    for (auto begin = places.begin(); begin != places.end();) {
        const auto end =
            std::find_if(begin, places.end(), [&](const auto& one) { return one.item_id != begin->item_id; });
        if (end - begin > 1 && begin->unit_price) TRY(add_moves(moves, farthest({begin, end}), options));
        begin = end;
    }
    return moves;
}

}  // namespace suanpan::stock
