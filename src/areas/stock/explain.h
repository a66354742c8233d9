#pragma once

#include <string>

#include "areas/stock/order_policy.h"
#include "platform/base/money.h"
#include "platform/base/time.h"

namespace suanpan::stock {

// Everything an order rests on, as the evidence shows it and the sentence says it.
struct OrderEvidence {
    std::string forecast_method;
    std::string forecast_as_of;
    std::string model, model_version;  // that made the forecast
    std::int64_t days_of_history = 0;
    double expected_units = 0;             // over the window
    double low_units = 0, high_units = 0;  // its 5 % and 95 % quantiles
    double window_days = 0, lead_time_days = 0, review_days = 0, service_level = 0;
    std::int64_t on_hand = 0, on_order = 0;
    bool stock_assumed = false, supplier_assumed = false, cost_assumed = false;
    std::int64_t order_up_to = 0;
    double safety_stock = 0, days_until_empty = 0, days_of_cover_after = 0, chance_of_running_out = 0;
    std::int64_t pack_size = 1, minimum_units = 0;
    bool minimum_decides = false;
    double largest_window_units = 0;  // most ever sold in such a time
    double seasonal_naive_units = 0, backtest_error = 0, seasonal_naive_error = 0;
    std::int64_t backtest_windows = 0;  // behind the errors; 0: nothing could be judged
    std::string service_class;          // "AX"; empty where the shop has one level for all
    double lead_time_sd_days = 0;
    std::int64_t lead_time_receipts = 0;                         // that the lead time was learned from
    double forecast_window_days = 0, forecast_window_units = 0;  // of the forecast, as demand.forecast shows it
    double forecast_model_units = 0;                             // the model's own, where a planner says otherwise
    std::int64_t override_id = 0;                                // what the planner said; 0: nothing
    std::vector<double> demand_levels, demand_quantiles;         // that the order was read off, over window_days
    std::int64_t wanted_units = 0;                               // by the policy, before limits
    std::string limited_by;                                      // shelf life, supplier minimum, budget; empty: nothing
    double shelf_life_days = 0, volume = 0;                      // of the item; of the whole order
    std::string alike;                                           // of a new item: it is forecast from how these began
    double unit_cost = 0;                                        // major units, at the units ordered
    double price_break_from = 0;                                 // of the price that was ordered up to; 0: none was
    std::int64_t units_without_break = 0;
    double unit_cost_without_break = 0, price_break_saving = 0;  // major units; the saving is less holding
    std::int64_t order_up_to_alone = 0;    // order_up_to without substitutes; 0: no item is linked with this one
    double demand_met_chance = 0;          // that the item's own demand in the window is at most order_up_to
    std::string stand_ins, stands_in_for;  // ids: what its customers take, and whose customers take it
    double substitution_gain = 0;          // of these items together, major units, demand taken as independent
    std::string substitution_left_out;     // shares, too many: why its substitutes do not count; empty: they do
    std::int64_t network_units = 0;  // of order_up_to, what the places of a network hold more than the item's own level
};

[[nodiscard]] std::string sentence_en(const std::string& title, std::int64_t units, const OrderEvidence& evidence);
[[nodiscard]] std::string sentence_zh(const std::string& title, std::int64_t units, const OrderEvidence& evidence);

}  // namespace suanpan::stock
