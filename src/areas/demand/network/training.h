#pragma once

#include "areas/demand/evaluate/forecasters.h"
#include "areas/demand/network/windows.h"

namespace suanpan::demand {

struct TrainingPlan {
    engines::Encoder encoder = engines::Encoder::tcn;
    int most_steps = 600;  // batches
    int look_every = 40;   // steps between looks at the validation window
    int patience = 5;      // looks without a lower error before it ends
    int windows = 48;      // series in a batch, about
    int origins = 4;       // forecasts of each window
    float learning_rate = 0.004F;
    int mixing = 1;  // 0: regions do not inform one another
    // Of the regions, given; by their numbers, row by row. Empty: the data set's, if it has any.
    std::vector<float> adjacency;
    std::vector<int> category_sizes;  // texts of each kind that may come; those of the data where they are more
};

// All that is needed to forecast with a network that was trained.
struct TrainedNetwork {
    engines::NetworkShape shape;
    Scaling scaling;
    std::vector<engines::NetworkWeights> weights;
    int steps = 0;          // that were learned
    double error = 0;       // WAPE in the validation window
    double base_error = 0;  // the same of the base that the network corrects

    bool operator==(const TrainedNetwork&) const = default;
};

// Trains one network over all series of a data set. The horizon right before the end of what was seen is kept back; the
// weights are those of the least WAPE there (early stopping, Prechelt 1998). Nothing of `actual` is looked at.
// Errors: unavailable where libtorch is not there or `options.stop` was asked; invalid_argument where too little was
// seen to learn from.
[[nodiscard]] Result<TrainedNetwork> train_network(const Dataset& dataset, const TrainingPlan& plan,
                                                   const RunOptions& options);

// [quantile][series][period of its horizon], in units. Errors: invalid_argument where the data set has other columns,
// categories or a longer horizon than that which was learned.
[[nodiscard]] Result<std::vector<Predictions>> network_quantiles(const TrainedNetwork& trained, const Dataset& dataset,
                                                                 int threads);

}  // namespace suanpan::demand
