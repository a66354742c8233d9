#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "areas/demand/network/training.h"
#include "areas/demand/shared/covariates.h"
#include "platform/store/shop.h"

namespace suanpan::demand {

// A model of all items that may serve beside the boosted trees, or in their place, where it forecasts better.
enum class Challenger { tcn, lstm, prophet };
[[nodiscard]] std::string_view name(Challenger challenger);

[[nodiscard]] std::optional<Challenger> challenger_named(std::string_view text);

// Those that the setting demand.challengers names.
[[nodiscard]] std::vector<Challenger> challengers_of(const store::Settings& settings);

struct LearnedChallenger {
    Challenger challenger = Challenger::tcn;
    std::optional<TrainedNetwork> network;  // the Prophet-like model keeps nothing: it is fitted when it is asked

    bool operator==(const LearnedChallenger&) const = default;
};

// Learns all that was seen. Categories that come later have a place in the network. Errors: those of train_network.
[[nodiscard]] Result<LearnedChallenger> learn_challenger(Challenger challenger, const Dataset& dataset,
                                                         const std::vector<Kind>& kinds, const RunOptions& options);

// Expected demand of each series' horizon, not below 0. Of a network it is Swanson's mean, 0.3 of the 10 % and of the
// 90 % quantile and 0.4 of the median: of skewed demand, the median is too low in sum.
[[nodiscard]] Result<Predictions> ask_challenger(const LearnedChallenger& learned, const Dataset& dataset, int threads);

}  // namespace suanpan::demand
