#include "areas/demand/evaluate/conformal.h"

#include <algorithm>
#include <cmath>

#include "areas/demand/quantile.h"

namespace suanpan::demand {
namespace {

std::size_t part_of(std::size_t h, std::size_t horizon) {
    return h * Calibration::parts / std::max<std::size_t>(1, horizon);
}

double scale_of(double step, double forecast) {
    return std::max(1e-9, step + 0.1 * forecast);
}

// The k-th smallest of n errors with k = level (n + 1), so that a new one lies under it with that chance.
double conformal_quantile(const std::vector<double>& sorted, double level) {
    if (sorted.empty()) return 0;
    const double rank = level * double(sorted.size() + 1) - 1;
    return value_at(sorted, std::clamp(rank, 0.0, double(sorted.size() - 1)));
}

}  // namespace

Calibration calibrate(const std::vector<WindowForecast>& windows) {
    Calibration calibration;
    for (const auto& [dataset, predictions] : windows)
        for (std::size_t s = 0; s < dataset->series.size(); ++s) {
            const auto& series = dataset->series[s];
            auto& parts = calibration.errors[series.season];
            parts.resize(Calibration::parts);
            const double step = naive_step(filled(series), series.season);
            for (std::size_t h = 0; h < series.horizon(); ++h)
                if (series.weight[h] > 0)
                    parts[part_of(h, series.horizon())].push_back((series.actual[h] - (*predictions)[s][h]) /
                                                                  scale_of(step, (*predictions)[s][h]));
        }
    for (auto& [season, parts] : calibration.errors)
        for (auto& errors : parts) std::ranges::sort(errors);
    return calibration;
}

Intervals conformal(const Dataset& dataset, const Predictions& predictions, const Calibration& calibration,
                    const std::vector<double>& levels) {
    Intervals intervals{levels, {}};
    for (std::size_t s = 0; s < dataset.series.size(); ++s) {
        const auto& series = dataset.series[s];
        const auto found = calibration.errors.find(series.season);
        const double step = naive_step(filled(series), series.season);
        auto& rows = intervals.values.emplace_back();
        for (const double level : levels) {
            auto& row = rows.emplace_back();
            for (std::size_t h = 0; h < series.horizon(); ++h) {
                const double error = found == calibration.errors.end()
                                         ? 0
                                         : conformal_quantile(found->second[part_of(h, series.horizon())], level);
                row.push_back(std::max(0.0, predictions[s][h] + error * scale_of(step, predictions[s][h])));
            }
        }
    }
    return intervals;
}

}  // namespace suanpan::demand
