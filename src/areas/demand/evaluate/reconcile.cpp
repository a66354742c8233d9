#include "areas/demand/evaluate/reconcile.h"

#include <cmath>
#include <unordered_map>

#include "areas/demand/evaluate/conformal.h"
#include "areas/demand/evaluate/hierarchy.h"

namespace suanpan::demand {
namespace {

// The errors over all windows, one after the other, in the order of `dataset`; 0 where a window left a series out.
std::vector<std::vector<double>> errors_of(const Dataset& dataset, const std::vector<WindowForecast>& windows) {
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t s = 0; s < dataset.series.size(); ++s) places.emplace(dataset.series[s].id, s);
    std::size_t longest = 0, begin = 0;
    for (const auto& series : dataset.series) longest = std::max(longest, series.horizon());
    std::vector<std::vector<double>> errors(dataset.series.size(), std::vector<double>(longest * windows.size(), 0.0));
    for (const auto& [window, predictions] : windows) {
        for (std::size_t w = 0; w < window->series.size(); ++w) {
            const auto& series = window->series[w];
            auto& row = errors[places.at(series.id)];
            for (std::size_t h = 0; h < series.horizon(); ++h)
                if (series.weight[h] > 0) row[begin + h] = series.actual[h] - (*predictions)[w][h];
        }
        begin += longest;
    }
    return errors;
}

// What is not scored counts as 0 on every level.
Predictions masked(const Dataset& dataset, Predictions predictions) {
    for (std::size_t s = 0; s < predictions.size(); ++s)
        for (std::size_t h = 0; h < predictions[s].size(); ++h)
            if (!(dataset.series[s].weight[h] > 0)) predictions[s][h] = 0;
    return predictions;
}

// WAPE of the sums over 7 periods.
double weekly_wape(const Dataset& dataset, const Predictions& predictions) {
    double error = 0, actual = 0;
    for (std::size_t s = 0; s < dataset.series.size(); ++s) {
        const auto& series = dataset.series[s];
        for (std::size_t from = 0; from + 7 <= series.horizon(); from += 7) {
            double came = 0, forecast = 0;
            for (auto h = from; h < from + 7; ++h)
                if (series.weight[h] > 0) {
                    came += series.actual[h];
                    forecast += predictions[s][h];
                }
            error += std::abs(came - forecast);
            actual += came;
        }
    }
    return actual > 0 ? error / actual : 0;
}

LevelReport::Way way_of(const Dataset& dataset, const Predictions& predictions) {
    return {measure(dataset, predictions, {}).wape, dataset.step_days == 1 ? weekly_wape(dataset, predictions) : 0};
}

// The part of one level.
struct Part {
    Dataset dataset;
    std::vector<std::size_t> nodes;

    Part(const Dataset& sums, const Hierarchy& hierarchy, std::size_t level)
        : dataset{{}, sums.step_days, sums.known_names, {}} {
        for (std::size_t node = 0; node < hierarchy.nodes.size(); ++node)
            if (hierarchy.nodes[node].level == level) {
                nodes.push_back(node);
                dataset.series.push_back(sums.series[node]);
            }
    }
    [[nodiscard]] LevelReport::Way way(const Predictions& all) const {
        Predictions part;
        for (const auto node : nodes) part.push_back(all[node]);
        return way_of(dataset, part);
    }
};

struct Nodes {
    Dataset sums;
    Predictions forecasts;
    std::vector<std::vector<double>> errors;
};

Result<Nodes> nodes_of(const Dataset& dataset, const Hierarchy& hierarchy, std::size_t windows,
                       const ReconcileOptions& options) {
    const auto* method = TRY(forecaster(options.method));
    Nodes nodes{summed(dataset, hierarchy), {}, {}};
    nodes.forecasts = TRY(predict(*method, nodes.sums, options.run));
    std::vector<Dataset> earlier_sums;
    std::vector<Predictions> predictions;
    for (std::size_t window = 1; window <= windows; ++window) {
        earlier_sums.push_back(earlier(nodes.sums, window, 1));
        predictions.push_back(TRY(predict(*method, earlier_sums.back(), options.run)));
    }
    std::vector<WindowForecast> pairs;
    for (std::size_t w = 0; w < windows; ++w) pairs.push_back({&earlier_sums[w], &predictions[w]});
    nodes.errors = errors_of(nodes.sums, pairs);
    return nodes;
}

}  // namespace

Result<std::vector<LevelReport>> reconcile(const Dataset& dataset, const Evaluation& evaluation, std::size_t model,
                                           const ReconcileOptions& options) {
    const auto hierarchy = hierarchy_of(dataset);
    const auto& windows = evaluation.windows;
    const auto nodes = TRY(nodes_of(dataset, hierarchy, windows.size(), options));
    std::vector<WindowForecast> pairs;
    for (std::size_t w = 0; w < windows.size(); ++w)
        pairs.push_back({&windows[w], &evaluation.window_predictions[model][w]});
    const Levelled base{masked(dataset, evaluation.predictions[model]), nodes.forecasts};
    const auto summed_up = bottom_up(base, hierarchy);
    auto reconciled = TRY(min_trace(base, hierarchy, {errors_of(dataset, pairs), nodes.errors}));
    reconciled.series = masked(dataset, std::move(reconciled.series));
    reconciled = bottom_up(reconciled, hierarchy);
    std::vector<LevelReport> reports;
    for (std::size_t level = 0; level < hierarchy.levels.size(); ++level) {
        const Part part(nodes.sums, hierarchy, level);
        reports.push_back({hierarchy.levels[level], part.nodes.size(), part.way(base.nodes), part.way(summed_up.nodes),
                           part.way(reconciled.nodes)});
    }
    const auto own = way_of(dataset, base.series);
    reports.push_back({"series", dataset.series.size(), own, own, way_of(dataset, reconciled.series)});
    return reports;
}

}  // namespace suanpan::demand
