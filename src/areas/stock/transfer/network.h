#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "areas/stock/plan.h"
#include "areas/stock/transfer/moves.h"

// A network of places: who holds an item's safety stock, and what a warehouse sends to the places it supplies.
namespace suanpan::stock {

// As the shop's table says it; a place is supplied from one other.
struct PlaceLink {
    std::string to_place_id, from_place_id;
    double lead_time_days = 0;
    std::optional<double> service_days, holding_share;
};

// An item at a place that is linked: forecast, counted or both. Amounts are minor units.
struct LinkedPlace {
    std::string item_id, title, place_id, place_title;
    std::optional<std::string> supplier_id, model_version;
    std::optional<double> lead_time_days, lead_time_sd_days;  // of the item's supplier
    std::optional<std::int64_t> unit_cost, unit_price, on_hand, on_order;
    std::optional<Day> counted_on;
    std::vector<double> levels, window_quantiles;  // empty where the place has no forecast
    double window_mean = 0;
    std::int64_t window_periods = 0, period_days = 7;
    bool waits = false;  // the item was moved since it was counted

    [[nodiscard]] bool forecast() const { return window_periods > 0; }
    [[nodiscard]] double window_days() const { return static_cast<double>(window_periods * period_days); }
};

[[nodiscard]] Result<std::vector<PlaceLink>> read_links(store::Connection& connection);
// Sorted by item and place; of one item, or of all.
[[nodiscard]] Result<std::vector<LinkedPlace>> read_linked(store::Connection& connection, Day as_of,
                                                           const std::string& item = "");

// One place in the plan of an item. Times are days. Demand is over net_days of the place's own customers.
struct NetworkPlace {
    std::string place_id, place_title;
    std::optional<std::size_t> supplied_by;  // in the plan's places; nothing: by the item's supplier
    const LinkedPlace* at = nullptr;         // nothing: neither forecast nor counted there
    std::int64_t own_days = 0;       // from having what is asked for to having it on the shelf, and between orders
    std::int64_t inbound_days = 0;   // that it waits for who supplies it
    std::int64_t promised_days = 0;  // that those it supplies wait for it
    std::int64_t net_days = 0;       // that its stock must cover: inbound + own - promised
    WindowDemand demand = {};
    double expected = 0;      // units over net_days, of all that it serves
    double safety_stock = 0;  // units
    std::int64_t base_stock = 0;
    double safety_stock_alone = 0;  // if every place promised at once and covered its own days
};

struct NetworkPlan {
    std::string item_id, title;
    std::vector<NetworkPlace> places;  // who supplies before who is supplied
    // Holding all safety stock for a year, major units: as planned; with every place for itself; with all of it at the
    // places that are supplied and supply nobody. The last is nothing where service promises do not allow it.
    double cost = 0, cost_alone = 0;
    double a_day = 0;  // units that are expected to sell at its places
    std::optional<double> cost_at_the_ends;
};

struct LinkOptions {
    PlanOptions orders;
    MoveOptions moves;
};

// Plans by inventory/guaranteed_service.h, one a tree of links and an item forecast at a place of it. Demand's bound at
// a place is the forecast's quantile at the service level: over days t it is mean t + (quantile - mean) sqrt(t /
// window), as orders scale it. A place that has customers and supplies others makes both wait alike. `places` outlive
// the plans. Errors: those of guaranteed_service.
[[nodiscard]] Result<std::vector<NetworkPlan>> plan_networks(std::span<const LinkedPlace> places,
                                                             const std::vector<PlaceLink>& links,
                                                             const SupplierDays& receipts, const PlanOptions& options);

// Links that no plan follows: those into a circle, and of days below 0 or above 3000.
[[nodiscard]] std::int64_t links_left_out(const std::vector<PlaceLink>& links);

// Those of a day. Without links there is none.
[[nodiscard]] Result<std::vector<NetworkPlan>> read_networks(store::Connection& connection, Day as_of,
                                                             const SupplierDays& receipts, const PlanOptions& options);
// The items with what their networks hold together, for orders.
[[nodiscard]] std::vector<Candidate> with_networks(std::vector<Candidate> items, const std::vector<NetworkPlan>& plans);

// Units to send along a link of a plan.
struct Replenishment {
    std::size_t from = 0, to = 0;  // in the plan's places
    std::int64_t units = 0, wanted = 0;
};

// What brings each place up to its base stock, of what lies at the place that supplies it beyond what its own customers
// are expected to need. Where that is too little each unit goes to the place likeliest to run out. Nothing where either
// is not counted, or the item was moved since its count.
[[nodiscard]] std::vector<Replenishment> replenish(const NetworkPlan& plan, const PlanOptions& options);

}  // namespace suanpan::stock
