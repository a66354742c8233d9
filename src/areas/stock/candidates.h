#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "areas/stock/inventory/lead_time.h"
#include "platform/store/connection.h"

namespace suanpan::stock {

// A product with a forecast of the day, and all that an order for it rests on. Amounts are minor units.
struct Candidate {
    std::string item_id, title, method, model, model_version;
    Day first_period;
    std::optional<std::string> supplier_id;
    std::optional<std::int64_t> unit_cost, unit_price, on_hand, on_order, pack_size, minimum_units, minimum_value;
    std::optional<double> lead_time_days, lead_time_sd_days;
    std::optional<double> shelf_life_days, unit_volume;  // the item's attributes "shelf_life_days" and "volume"
    std::vector<double> mean;                            // a period
    std::vector<double> levels, window_quantiles;
    std::vector<double> break_from, break_cost;  // the supplier's price breaks, or those of any supplier; rising units
    bool break_incremental = false;
    // Where a network of places is planned: its base stocks together, and the share of the forecast that they serve.
    std::int64_t network_units = 0;
    double network_share = 0;
    std::optional<std::string>
        alike;  // of a new item, the ids of those whose beginnings it is forecast from, the likest first
    std::optional<std::int64_t> override_id;  // of a planner, in mean and window; the model said model_window_mean
    double window_mean = 0, model_window_mean = 0, baseline_mean = 0, error = 0, baseline_error = 0, largest = 0;
    std::int64_t window_periods = 0, period_days = 7, periods = 0, judged = 0, ordered = 0;

    [[nodiscard]] double window_days() const { return static_cast<double>(window_periods * period_days); }
};

// What the loop itself ordered in the `remember_days` before and no count of stock knows of yet counts as on order.
[[nodiscard]] Result<std::vector<Candidate>> read_candidates(store::Connection& connection, Day as_of,
                                                             std::int64_t remember_days);

// Of those who miss an item, the share who take another.
struct SubstituteShare {
    std::string item_id, other_item_id;
    double share = 0;
};
using SubstituteShares = std::vector<SubstituteShare>;
[[nodiscard]] Result<SubstituteShares> read_substitutes(store::Connection& connection);

// Days from order to receipt of what arrived before the day, by supplier.
using SupplierDays = std::map<std::string, std::vector<std::int64_t>>;
[[nodiscard]] Result<SupplierDays> read_lead_times(store::Connection& connection, Day as_of);

}  // namespace suanpan::stock
