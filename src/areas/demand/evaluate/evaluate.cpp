#include "areas/demand/evaluate/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <map>

#include "areas/demand/evaluate/combine.h"
#include "areas/demand/evaluate/conformal.h"

namespace suanpan::demand {
namespace {

constexpr std::size_t least_seen = 3;  // periods that a validation window leaves to fit on

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// The process's peak memory since the last reset, where Linux tells it.
void reset_peak() {
    std::ofstream("/proc/self/clear_refs") << "5";
}

double peak_mib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

// A method's forecasts: of the validation windows, then of the test.
struct Fitted {
    std::vector<Predictions> windows;
    Predictions test;
    double seconds = 0, processor_seconds = 0, validation_seconds = 0, memory_mib = 0;
    std::string chosen;  // by the method itself
};

class Runner {
  public:
    Runner(const Dataset& dataset, const EvaluateOptions& options) : dataset_(dataset), options_(options) {
        for (int window = 1; window <= options.windows; ++window)
            windows_.push_back(earlier(dataset, static_cast<std::size_t>(window), least_seen));
        std::erase_if(windows_, [](const Dataset& window) { return window.series.empty(); });
    }

    Result<> run(const std::string& model, Evaluation& evaluation) {
        const auto recipe = TRY(parse_recipe(model));
        for (const auto& member : recipe.members) TRY(fit(member));
        ModelReport report{.model = model};
        const auto combined = TRY(combine(recipe, report));
        const Calibration calibration = calibrate(window_errors(combined));
        auto intervals =
            windows_.empty() ? Intervals{} : conformal(dataset_, combined.test, calibration, options_.levels);
        report.measures = measure(dataset_, combined.test, intervals);
        evaluation.reports.push_back(std::move(report));
        evaluation.predictions.push_back(combined.test);
        evaluation.intervals.push_back(std::move(intervals));
        evaluation.window_predictions.push_back(combined.windows);
        return {};
    }

    [[nodiscard]] const std::vector<Dataset>& windows() const { return windows_; }

  private:
    Result<> fit(const std::string& name) {
        if (fitted_.contains(name)) return {};
        const auto* method = TRY(forecaster(name));
        Fitted fitted;
        const auto before = std::chrono::steady_clock::now();
        for (const auto& window : windows_) fitted.windows.push_back(TRY(predict(*method, window, options_.run)));
        fitted.validation_seconds = seconds_since(before);
        reset_peak();
        const auto start = std::chrono::steady_clock::now();
        const auto processor = std::clock();
        auto run = options_.run;
        run.tell = [&](const std::string& choice) { fitted.chosen = choice; };
        fitted.test = TRY(predict(*method, dataset_, run));
        fitted.seconds = seconds_since(start);
        fitted.processor_seconds = double(std::clock() - processor) / CLOCKS_PER_SEC;
        fitted.memory_mib = peak_mib();
        fitted_.emplace(name, std::move(fitted));
        return {};
    }

    Members members(const Recipe& recipe, std::size_t window) const {
        Members result;
        for (const auto& name : recipe.members) {
            const auto& fitted = fitted_.at(name);
            result.push_back(window < windows_.size() ? &fitted.windows[window] : &fitted.test);
        }
        return result;
    }

    void add_costs(const Recipe& recipe, ModelReport& report) const {
        for (const auto& name : recipe.members) {
            const auto& fitted = fitted_.at(name);
            report.seconds += fitted.seconds;
            report.processor_seconds += fitted.processor_seconds;
            report.validation_seconds += fitted.validation_seconds;
            report.memory_mib = std::max(report.memory_mib, fitted.memory_mib);
        }
        if (recipe.kind == Recipe::Kind::single) report.weights = fitted_.at(recipe.members.front()).chosen;
    }

    Result<Fitted> combine(const Recipe& asked, ModelReport& report) const {
        add_costs(asked, report);
        auto recipe = asked;
        if (asked.kind == Recipe::Kind::best) {
            recipe = TRY(choose_best(asked, TRY(windows_of(asked, report.model)), options_.choose_by));
            report.weights = describe(recipe);
        }
        std::vector<double> weights(recipe.members.size(), 1.0 / double(recipe.members.size()));
        if (recipe.kind == Recipe::Kind::blend) weights = TRY(learned_weights(recipe, report));
        Fitted combined;
        for (std::size_t window = 0; window <= windows_.size(); ++window) {
            auto predictions = recipe.kind == Recipe::Kind::median ? median_of(members(recipe, window))
                                                                   : weighted(members(recipe, window), weights);
            if (window < windows_.size())
                combined.windows.push_back(std::move(predictions));
            else
                combined.test = std::move(predictions);
        }
        return combined;
    }

    Result<std::vector<Window>> windows_of(const Recipe& recipe, const std::string& model) const {
        if (windows_.empty())
            return fail(
                ErrorCode::invalid_argument,
                "a blend learns its weights on windows before the split, as best: chooses on them, and there is "
                "none: give --windows 1, or longer series",
                model);
        std::vector<Window> windows;
        for (std::size_t w = 0; w < windows_.size(); ++w) windows.push_back({&windows_[w], members(recipe, w)});
        return windows;
    }

    Result<std::vector<double>> learned_weights(const Recipe& recipe, ModelReport& report) const {
        auto weights = blend_weights(TRY(windows_of(recipe, report.model)));
        for (std::size_t m = 0; m < weights.size(); ++m)
            if (weights[m] > 0)
                report.weights +=
                    fmt::format("{}{:.2f} {}", report.weights.empty() ? "" : " + ", weights[m], recipe.members[m]);
        return weights;
    }

    std::vector<WindowForecast> window_errors(const Fitted& fitted) const {
        std::vector<WindowForecast> result;
        for (std::size_t w = 0; w < windows_.size(); ++w) result.push_back({&windows_[w], &fitted.windows[w]});
        return result;
    }

    const Dataset& dataset_;
    const EvaluateOptions& options_;
    std::vector<Dataset> windows_;
    std::map<std::string, Fitted, std::less<>> fitted_;
};

}  // namespace

Result<Evaluation> evaluate(const Dataset& dataset, const EvaluateOptions& options) {
    for (const auto& model : options.models)  // before any work
        for (const auto& member : TRY(parse_recipe(model)).members) TRY(forecaster(member));
    Evaluation evaluation;
    Runner runner(dataset, options);
    for (const auto& model : options.models) TRY(runner.run(model, evaluation));
    evaluation.windows = runner.windows();
    return evaluation;
}

}  // namespace suanpan::demand
