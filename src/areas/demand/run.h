#pragma once

#include "areas/demand/day_model.h"
#include "areas/demand/places/ways.h"

namespace suanpan::demand {

struct RunReport : DayModel {
    Day as_of;
    std::string period;  // "week" or "day"
    std::int64_t items = 0;
    std::int64_t shared_items = 0;         // served by the model of all items, alone or beside their own methods
    std::int64_t periods = 0;              // of history, of the longest series
    double error = 0, baseline_error = 0;  // backtest, summed over items: ours and the seasonal naive's
    std::vector<std::pair<std::string, std::int64_t>> methods;  // how many items each serves
    std::int64_t place_forecasts = 0;                           // of items at places
    Ways ways;                                                  // how these and the items were brought together
};

// Trains, promotes and serves (forecast_day), and keeps forecasts of every product in demand.forecast, in place of an
// earlier run for that day; where the shop wants it, also of every product at every place in demand.place_forecast.
[[nodiscard]] Result<RunReport> run(operations::Context& context, Day as_of);

// The day a run is for where none is named: today, or the day after the newest order where the data end earlier.
[[nodiscard]] Result<Day> default_day(const store::Shop& shop);

}  // namespace suanpan::demand
