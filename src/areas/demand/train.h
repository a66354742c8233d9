#pragma once

#include <functional>
#include <optional>

#include "areas/demand/history.h"
#include "areas/demand/shared/challenger.h"
#include "platform/models/registry.h"

namespace suanpan::demand {

// A version that was trained before, to go on from.
struct Base {
    models::Version version;
    std::size_t since = 0;  // periods that came after it
};

struct Training {
    Period period;
    PanelOptions options;
    History history;
    std::optional<Covariates> covariates;  // for the model of all items; none: there shall be none
    std::vector<Challenger> challengers;   // of its boosted trees
    int refit_every = 4;                   // periods; 1: every series is fitted each time
    std::optional<Base> base;              // of the same options, on earlier or the same periods
};

// The version as a base for this training; nothing where its data are later, its options others, or every series is to
// be fitted.
[[nodiscard]] std::optional<Base> base_of(models::Version version, const Training& training);
// Whether the version is what this training would give, trained after whatever.
[[nodiscard]] bool is_same(const models::Card& card, const Training& training);

// The card of the version that this training gives, but for its metrics. The version is named by the end of its data
// and a checksum of data and options: "20111114-0a1b2c3d4e5f".
[[nodiscard]] models::Card card_of(const Training& training);

struct Made {
    models::Draft draft;
    std::int64_t kept = 0;  // series that were not fitted again
    std::string shared;     // what became of the model of all items: what it learned, or why there is none; empty: kept
};
// Trains, and writes the version beside its place. The base is used up.
[[nodiscard]] Result<Made> train(const store::Shop& shop, Training& training, models::Card card);

// Forecasts of the history by a saved version, whose states move by what was sold since its training. The covariates
// are used up. Errors: conflict where it was trained on later data than the history's.
[[nodiscard]] Result<std::vector<ItemForecast>> serve(models::Version version, Training& training);

[[nodiscard]] Result<Day> end_of(const models::Card& card);  // the day after its data

}  // namespace suanpan::demand
