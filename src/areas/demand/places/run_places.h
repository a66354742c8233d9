#pragma once

#include "areas/demand/places/ways.h"
#include "platform/operations/operation.h"

namespace suanpan::demand {

struct Places {
    std::vector<PlaceForecast> forecasts;
    std::vector<ItemNumbers> moved;  // items that are the sums of their places now
    Ways ways;
};

// By the setting demand.by_place: on, off, or auto, where stock is counted at more than one place and not of millions.
[[nodiscard]] Result<bool> wants_places(const store::Shop& shop);

// Forecasts of every item at every place that sold it, which add up to the items'; nothing where all was sold at one
// place, or no units are told by place. Places have a model of their own, with versions, promotions and an error each.
[[nodiscard]] Result<Places> forecast_places(operations::Context& context, Day as_of,
                                             std::span<const ItemNumbers> items);

// Keeps them in place of an earlier run's for that day.
[[nodiscard]] Result<> keep_places(store::Connection& connection, Day as_of, std::span<const PlaceForecast> places);

}  // namespace suanpan::demand
