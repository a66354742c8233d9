#pragma once

#include "areas/demand/train.h"
#include "platform/operations/operation.h"

namespace suanpan::demand {

// The version of a model that a day's data give, and the one that forecast the day.
struct DayModel {
    std::string model, model_version;  // that made the forecasts
    std::string trained_version,
        promotion;  // of this day's data, and what became of it: serving, acted, pending, refused, older
    std::string promotion_message;  // of the guardrail that refused
    std::int64_t kept = 0;          // series that the training did not fit again
    std::string shared;             // what the model of all items learned anew, or why there is none; empty: nothing
};

enum class Grain { item, place };

// What a training on the whole periods before the day needs, by the shop's settings. Errors: as read_history.
[[nodiscard]] Result<Training> training_of(operations::Context& context, Day as_of, Grain grain);

struct DayForecasts {
    DayModel model;
    std::vector<ItemForecast> forecasts;  // of the training's series in their order
};
// Trains a version (the same data and options are the same version, which is not trained twice), proposes that it
// serves, and forecasts every series by the version that serves, brought up to the day; where that one was trained on
// later data, by the day's own.
[[nodiscard]] Result<DayForecasts> forecast_day(operations::Context& context, Training& training, Day as_of);

}  // namespace suanpan::demand
