#pragma once

#include "areas/demand/panel.h"
#include "platform/operations/operation.h"

namespace suanpan::demand {

struct RunReport {
    Day as_of;
    std::int64_t items = 0;
    std::int64_t weeks = 0;                // of history, of the longest series
    double error = 0, baseline_error = 0;  // backtest, summed over items: ours and the seasonal naive's
    std::vector<std::pair<std::string, std::int64_t>> methods;  // how many items each serves
};

// Forecasts every product from the whole weeks before `as_of` and keeps the result in demand.forecast, in place of an
// earlier run for that day.
[[nodiscard]] Result<RunReport> run(operations::Context& context, Day as_of);

// The day a run is for where none is named: today, or the day after the newest order where the data end earlier.
[[nodiscard]] Result<Day> default_day(const store::Shop& shop);

}  // namespace suanpan::demand
