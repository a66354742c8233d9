#pragma once

#include <string>
#include <vector>

#include "platform/base/time.h"
#include "platform/store/connection.h"

namespace suanpan::demand {

// Errors over windows of forecasts that are over, summed: |sold - forecast| of the seasonal naive, of the model, and of
// what was planned after overrides. The forecast value added (Gilliland 2010) is the share that a step took off the one
// before it.
struct StepErrors {
    std::string name;  // of a method; empty for all
    std::int64_t windows = 0;
    double sold = 0, naive = 0, model = 0, planned = 0;

    [[nodiscard]] double model_added() const { return naive > 0 ? 1 - model / naive : 0; }
    [[nodiscard]] double planned_added() const { return model > 0 ? 1 - planned / model : 0; }
};

// An override whose windows are over.
struct OverrideValue {
    std::int64_t override_id = 0;
    std::string item_id, reason, made_by;
    std::int64_t windows = 0;
    double sold = 0, model = 0, planned = 0;  // units sold; sums of |error|
};

struct ValueAdded {
    StepErrors all;
    std::vector<StepErrors> methods;       // the most windows first
    std::vector<OverrideValue> overrides;  // the least help first
    std::int64_t left_out = 0;             // windows in which the item was out of stock: what was wanted is not known
};

// Of forecasts made from `since` on. All zeros where no window is over yet.
[[nodiscard]] Result<ValueAdded> value_added(store::Connection& connection, Day since);

// How an item's forecasts of the next period lean.
struct Bias {
    std::string item_id;
    std::int64_t periods = 0;
    double sold = 0, forecast = 0;  // units
    double deviation = 0;           // mean |error| of a period
    double signal = 0;              // tracking signal: sum of (sold - forecast) over `deviation`
};

struct BiasReport {
    std::int64_t items = 0;  // with enough periods
    std::vector<Bias> alarms;
};

struct BiasOptions {
    Day since;
    double limit = 4;         // of the tracking signal's size (Brown 1959)
    std::int64_t least = 6;   // periods
    std::int64_t most = 100;  // alarms
};
// The tracking signal of each item over the first period of its forecasts as planned; the largest first.
[[nodiscard]] Result<BiasReport> bias(store::Connection& connection, const BiasOptions& options);

}  // namespace suanpan::demand
