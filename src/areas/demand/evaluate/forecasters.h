#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "areas/demand/evaluate/dataset.h"
#include "areas/demand/evaluate/measures.h"

namespace suanpan::demand {

// One series as a method sees it: seen values without gaps, and what is known of periods seen and to come.
struct Task {
    std::span<const double> y;
    int season = 1;
    std::size_t horizon = 1;
    const std::vector<std::vector<float>>* known = nullptr;  // a column each over y and horizon
};

// What a forecast is to come near: of demand that is skewed, the median has the least absolute error, and is too low in
// sum.
enum class Aim { median, mean };

// What boosted trees may cost.
struct TreeBudget {
    std::size_t samples = 600'000;       // rows that are learned from, at the most
    std::size_t race_samples = 150'000;  // likewise, by each that competes
    int patience = 160;                  // rounds without a gain before no more are grown
    double learning_rate = 0.05;
    // Each model is grown by one thread, those that compete side by side: of few rows, waking another one costs more
    // than it does.
    bool is_small = false;
};

struct RunOptions {
    int threads = 0;  // 0: as many as the machine has
    std::uint64_t seed = 20111114;
    int rounds = 0;  // of boosted trees, most steps of a network; 0: chosen in a window before the end of what was seen
    Aim aim = Aim::median;  // of boosted trees
    TreeBudget trees;
    std::function<void(const std::string&)> tell;  // hears what a method chose by itself
    std::stop_token stop;
};

// A method by its name in --models. It forecasts one series, or all together.
struct Forecaster {
    std::string_view name, summary;
    std::vector<double> (*one)(const Task&) = nullptr;  // may give what is negative or not finite; both are mended
    Result<Predictions> (*all)(const Dataset&, const RunOptions&) = nullptr;
};

[[nodiscard]] std::span<const Forecaster> forecasters();
// Errors: not_found naming the methods that there are.
[[nodiscard]] Result<const Forecaster*> forecaster(std::string_view name);

// Forecasts of every series. Clipped at 0; where a method gives no finite number, the seasonal naive's stands in, so
// that no forecast is ever NaN.
[[nodiscard]] Result<Predictions> predict(const Forecaster& method, const Dataset& dataset, const RunOptions& options);

}  // namespace suanpan::demand
