#pragma once

#include <functional>

#include "areas/demand/history.h"
#include "platform/models/registry.h"

namespace suanpan::demand {

struct Training {
    Period period;
    PanelOptions options;
    History history;
};

// The card of the version that this training gives, but for its metrics. The version is named by the end of its data
// and a checksum of data and options: "20111114-0a1b2c3d4e5f".
[[nodiscard]] models::Card card_of(const Training& training);

// Trains, and writes the version beside its place.
[[nodiscard]] Result<models::Draft> train(const store::Shop& shop, const Training& training, models::Card card);

// Forecasts of the history by a saved version, whose states move by what was sold since its training. Errors: conflict
// where it was trained on later data than the history's.
[[nodiscard]] Result<std::vector<ItemForecast>> serve(const models::Version& version, const Training& training);

[[nodiscard]] Result<Day> end_of(const models::Card& card);  // the day after its data

}  // namespace suanpan::demand
