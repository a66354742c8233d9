#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/base/time.h"
#include "platform/store/connection.h"

namespace suanpan::demand {

// What a planner says instead of the model's number, from a day until another one, both included.
struct Override {
    std::int64_t override_id = 0;
    std::string item_id;
    Day made_on, from_day, until_day;
    std::optional<double> units, factor;  // one of them: units a period, or a multiple of the model's
    std::string reason, made_by;
    Instant made_at;
    std::optional<Day> withdrawn_on;
};

// Keeps it and applies it to the forecasts of the day it was made on; gives its number. The same one again is not kept
// twice. Errors: invalid_argument naming the field: neither or both of units and factor, a number below 0 or not
// finite, an end before the begin or more than 366 days after it, no reason; not_found for an item without a forecast.
[[nodiscard]] Result<std::int64_t> add_override(store::Connection& connection, const Override& override_);

// Ends it from the newest day of forecasting on; what it did to earlier ones stays. Errors: not_found; conflict where
// it was withdrawn before.
[[nodiscard]] Result<> withdraw_override(store::Connection& connection, std::int64_t override_id);

// Writes the planned numbers of a day's forecasts anew from the overrides in force; of a period that several speak of,
// the newest counts, and of a period that it covers in part, that part of its days. The window's mean is moved by what
// its periods were moved, and the quantiles keep their distance from it times the square root of its growth, as that of
// a count does.
[[nodiscard]] Result<> apply_overrides(store::Connection& connection, Day as_of);

// The newest day of forecasting. Errors: not_found where nothing was forecast yet.
[[nodiscard]] Result<Day> newest_day(store::Connection& connection);

}  // namespace suanpan::demand
