#pragma once

#include "areas/demand/panel.h"
#include "platform/operations/operation.h"

namespace suanpan::demand {

struct RunReport {
    Day as_of;
    std::string period;                // "week" or "day"
    std::string model, model_version;  // that made the forecasts
    std::string trained_version,
        promotion;                  // of this day's data, and what became of it: serving, acted, pending, refused
    std::string promotion_message;  // of the guardrail that refused
    std::int64_t items = 0;
    std::int64_t kept = 0;                 // series that the training did not fit again
    std::int64_t shared_items = 0;         // served by the model of all items, alone or beside their own methods
    std::string shared;                    // what it learned anew, or why there is none; empty: nothing was learned
    std::int64_t periods = 0;              // of history, of the longest series
    double error = 0, baseline_error = 0;  // backtest, summed over items: ours and the seasonal naive's
    std::vector<std::pair<std::string, std::int64_t>> methods;  // how many items each serves
};

// Trains a version of the model on the whole periods before `as_of` (the same data and options are the same version,
// which is not trained twice), proposes that it serves, and keeps forecasts of every product in demand.forecast, in
// place of an earlier run for that day. They are made by the version that serves, brought up to the day; where that one
// was trained on later data, by the day's own.
[[nodiscard]] Result<RunReport> run(operations::Context& context, Day as_of);

// The day a run is for where none is named: today, or the day after the newest order where the data end earlier.
[[nodiscard]] Result<Day> default_day(const store::Shop& shop);

}  // namespace suanpan::demand
