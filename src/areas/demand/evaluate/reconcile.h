#pragma once

#include <string>
#include <vector>

#include "areas/demand/evaluate/evaluate.h"

namespace suanpan::demand {

// WAPE of one level by forecasts of its own, by the sums of the series', and reconciled; also of sums over 7 days where
// the periods are days (else 0).
struct LevelReport {
    std::string level;
    std::size_t nodes = 0;
    struct Way {
        double wape = 0, weekly_wape = 0;
    };
    Way base, bottom_up, min_trace;
};

struct ReconcileOptions {
    std::string method = "mstl_theta";  // forecasts the sums by themselves
    RunOptions run;
};

// What a model of the evaluation, by its place, comes to on every level, the total first and the series last. Errors
// for the weights come from the evaluation's windows. Errors: those of the method and of min_trace.
[[nodiscard]] Result<std::vector<LevelReport>> reconcile(const Dataset& dataset, const Evaluation& evaluation,
                                                         std::size_t model, const ReconcileOptions& options);

}  // namespace suanpan::demand
