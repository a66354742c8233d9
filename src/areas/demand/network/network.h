#pragma once

#include "areas/demand/network/training.h"

namespace suanpan::demand {

// Median forecasts by one network over all series: causal dilated residual convolutions (Bai, Kolter and Koltun 2018),
// or an LSTM (Hochreiter and Schmidhuber 1997) in their place. Errors: those of train_network.
[[nodiscard]] Result<Predictions> tcn(const Dataset& dataset, const RunOptions& options);
[[nodiscard]] Result<Predictions> lstm(const Dataset& dataset, const RunOptions& options);

// The convolutions where they have less WAPE than each of the simple methods in the horizon before the end of what was
// seen, by a network that neither learned nor stopped on that horizon; else the best simple method. A network is so
// never used where a simple method beats it outside its training time.
[[nodiscard]] Result<Predictions> network_or_simple(const Dataset& dataset, const RunOptions& options);

}  // namespace suanpan::demand
