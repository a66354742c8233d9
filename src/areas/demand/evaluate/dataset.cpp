#include "areas/demand/evaluate/dataset.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace suanpan::demand {
namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

double nearest(const std::vector<double>& values, std::size_t t) {
    for (std::size_t away = 1; away < values.size(); ++away) {
        if (t >= away && std::isfinite(values[t - away])) return values[t - away];
        if (t + away < values.size() && std::isfinite(values[t + away])) return values[t + away];
    }
    return 0;
}

}  // namespace

std::vector<double> filled(const SeriesRecord& series) {
    auto values = series.values;
    const auto m = static_cast<std::size_t>(std::max(1, series.season));
    for (std::size_t t = 0; t < values.size(); ++t)
        if (!std::isfinite(values[t]) && t >= m && m > 1 && std::isfinite(values[t - m])) values[t] = values[t - m];
    const auto observed = values;
    for (std::size_t t = 0; t < values.size(); ++t)
        if (!std::isfinite(values[t])) values[t] = nearest(observed, t);
    if (values.empty()) values.push_back(0);
    return values;
}

Dataset earlier(const Dataset& dataset, std::size_t horizons, std::size_t least) {
    Dataset past{{}, dataset.step_days, dataset.known_names, dataset.category_names};
    for (const auto& series : dataset.series) {
        const auto horizon = series.horizon(), periods = horizons * horizon;
        if (series.values.size() < periods + least) continue;
        auto kept = series;
        const auto seen = series.values.size() - periods;
        kept.values.resize(seen);
        kept.actual.assign(series.values.begin() + static_cast<std::ptrdiff_t>(seen),
                           series.values.begin() + static_cast<std::ptrdiff_t>(seen + horizon));
        kept.weight.assign(horizon, 1.0);
        for (std::size_t h = 0; h < horizon; ++h)
            if (!std::isfinite(kept.actual[h])) {
                kept.actual[h] = gap;
                kept.weight[h] = 0;
            }
        for (auto& column : kept.known) column.resize(seen + horizon);
        past.series.push_back(std::move(kept));
    }
    return past;
}

}  // namespace suanpan::demand
