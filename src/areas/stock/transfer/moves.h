#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "areas/stock/order_policy.h"
#include "platform/base/result.h"
#include "platform/base/time.h"
#include "platform/store/shop.h"

namespace suanpan::stock {

// An item at a place where its stock is counted and its demand forecast. Amounts are minor units.
struct PlaceCandidate {
    std::string item_id, title, place_id, place_title, model_version;
    Day first_period, counted_on;
    std::optional<std::int64_t> unit_cost, unit_price;
    std::int64_t on_hand = 0;
    std::int64_t on_order = 0;  // counts where a network plans it; between equals only what is there does
    std::vector<double> levels, window_quantiles;
    double window_mean = 0;
    std::int64_t window_periods = 0, period_days = 7;

    [[nodiscard]] WindowDemand demand() const { return {window_mean, levels, window_quantiles}; }
    [[nodiscard]] double window_days() const { return static_cast<double>(window_periods * period_days); }
};

// Settings of shop.yaml, stock.*.
struct MoveOptions {
    double cost_share = 0.1;      // transfer_cost_share: of an item's price, what moving a unit costs
    double holding_share = 0.05;  // of a unit's cost, what a unit left over costs
    double unit_cost_share = 0.5;
    double minor_units = 100;  // of one major unit
};
[[nodiscard]] MoveOptions move_options(const store::Settings& settings);

// What a move along a link rests on.
struct NetworkPart {
    std::int64_t base_stock = 0, wanted = 0;  // units; wanted: up to the base stock
    double safety_stock = 0, safety_stock_alone = 0;
    std::int64_t net_days = 0, inbound_days = 0;
    double lead_time_days = 0;  // of the link
};

struct Move {
    const PlaceCandidate *from = nullptr, *to = nullptr;
    std::int64_t units = 0;
    std::int64_t from_after = 0, to_after = 0;  // what lies there after all moves of the item
    double cost = 0, gain = 0;                  // major units, of all of them; the gain is expected, less the cost
    std::optional<NetworkPart> network = {};
};

// Moves between the places of each item (inventory/transfers.h) that gain most until the next delivery could come.
// `places` are sorted by item and outlive the moves; items without a price, or at one place alone, have none. Of an
// item at more than thirty places those are looked at whose stock is farthest from what they will sell.
[[nodiscard]] Result<std::vector<Move>> plan_moves(std::span<const PlaceCandidate> places, const MoveOptions& options);

}  // namespace suanpan::stock
