#pragma once

#include <string>
#include <vector>

#include "areas/demand/evaluate/choose_best.h"
#include "areas/demand/evaluate/dataset.h"
#include "areas/demand/evaluate/forecasters.h"
#include "areas/demand/evaluate/measures.h"

namespace suanpan::demand {

struct EvaluateOptions {
    std::vector<std::string> models = {"seasonal_naive", "ets", "theta"};
    int windows = 1;  // validation windows before the split: for intervals and for weights of blends; 0: neither
    std::vector<double> levels = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
    Criterion choose_by = Criterion::wape;  // what best:A+B makes least
    RunOptions run;
};

// How a model did. Members of a combination that were run before are not run again: `seconds` is the sum of theirs.
struct ModelReport {
    std::string model;
    Measures measures;
    double seconds = 0;             // fitting and forecasting at the split
    double validation_seconds = 0;  // the same at the windows before it
    double processor_seconds = 0;   // of all threads, at the split
    double memory_mib = 0;          // the process's peak meanwhile
    std::string weights;  // of a blend: "0.4 ets + 0.6 theta"; of best: what it chose; or a method's own choice
};

struct Evaluation {
    std::vector<ModelReport> reports;
    std::vector<Predictions> predictions;  // a data set each, in the order of the reports
    std::vector<Intervals> intervals;
    std::vector<Dataset> windows;                              // before the split, the newest first
    std::vector<std::vector<Predictions>> window_predictions;  // a model each, then a window
};

// Forecasts the horizon of every series with each model and measures it. A model is a method's name or a combination of
// several: mean:A+B, median:A+B, or blend:A+B, whose weights make the least WAPE over the validation windows, which end
// before the split (greedy selection with replacement, Caruana et al. 2004), or best:A+B, the member, mean or median of
// some that was best in those windows. No number of the test decides anything.
// Intervals come from the errors over the same windows, scaled by series and pooled by horizon (split conformal).
// Errors: not_found for a model that is not there; invalid_argument for a blend or best without windows.
[[nodiscard]] Result<Evaluation> evaluate(const Dataset& dataset, const EvaluateOptions& options);

}  // namespace suanpan::demand
