#pragma once

#include <map>
#include <optional>

#include "areas/demand/panel.h"
#include "areas/demand/shared/challenger.h"
#include "areas/demand/shared/item_class.h"
#include "areas/demand/trees/boosted.h"

namespace suanpan::demand {

// How far off an item's served forecasts would have been in the judged windows: root mean squared errors over a window.
struct ServedError {
    double error = 0, baseline_error = 0;
    std::int64_t windows = 0;
};

// One model of boosted trees over all items, beside their own methods: it knows promotions, holidays and prices, and
// serves the classes of items where it was better in the windows before the end of the data.
struct SharedModel {
    LearnedTrees trees;
    std::string choice;                          // what the trees learned, in words
    std::vector<std::string> covariates;         // names of its columns (names_of)
    std::vector<Kind> kinds;                     // as Covariates has them
    std::vector<ClassChoice> classes;            // class_count of them
    std::vector<LearnedChallenger> challengers;  // that a class's mix has a share for
    std::map<std::string, ServedError> errors;   // of the items that it serves and that were judged
    Day end;                                     // the day after the data that it learned from
};

// Learns from the covariates of the history. The models that are judged have seen nothing of the judged windows; those
// that serve have seen all. Where no class is served better, nothing.
// Errors: unavailable where LightGBM is not there; invalid_argument where there is too little to learn from. A
// challenger that cannot be tried is left out, and `choice` says why.
[[nodiscard]] Result<std::optional<SharedModel>> learn_shared(const History& history, const Covariates& covariates,
                                                              std::span<const Challenger> challengers,
                                                              const PanelOptions& options);

// Puts the shared model's forecasts in place of those of the items that it serves; `forecasts` are of the history's
// series in their order. Errors: conflict where it learned from other columns or for other quantiles.
[[nodiscard]] Result<> put_shared(std::vector<ItemForecast>& forecasts, const SharedModel& model, Covariates covariates,
                                  const PanelOptions& options);

// What a model says of each series' horizon, at least 0; by days, nothing where it is known to be closed.
[[nodiscard]] Predictions on_open_days(Predictions said, const Dataset& dataset);

}  // namespace suanpan::demand
