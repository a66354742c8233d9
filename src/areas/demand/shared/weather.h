#pragma once

#include <vector>

#include "areas/demand/shared/covariates.h"

namespace suanpan::demand {

// Newest periods that models of all items look at: four years of weeks, two of days and some.
[[nodiscard]] std::size_t longest_seen(const Period& period);

// The known columns "temperature" (degrees Celsius, mean of a period) and "rain" (mm a day), each where data.weather
// tells of it to the end of the window at least: a model that learned from the weather is lost without it. Series by
// place get their place's, others, and those of places that are not told of, the mean of all. Of days in the past, what
// was observed stands for what was forecast then: a backtest knows the weather better than anybody did.
[[nodiscard]] Result<> add_weather(store::Connection& connection, const History& history, const Asking& asking,
                                   Dataset& dataset);

// The same covariates without these columns, and their names.
[[nodiscard]] Covariates without_weather(Covariates covariates);
[[nodiscard]] std::vector<std::string> names_without_weather(const Covariates& covariates);

// Of a value a period those that are NaN are the mean of what is known around that time in the nearest earlier year,
// else of the newest four weeks before, else of all. Nothing changes where all are NaN.
[[nodiscard]] std::vector<double> without_gaps(const std::vector<double>& values, int step_days);

}  // namespace suanpan::demand
