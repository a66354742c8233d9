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

namespace {

// The series as it was seen `cut.periods` earlier, with what came then.
SeriesRecord as_it_was(SeriesRecord series, const Cut& cut) {
    const auto seen = series.values.size() - cut.periods;
    series.values.resize(std::max(series.values.size(), seen + cut.horizon), gap);
    const auto from = series.values.begin() + static_cast<std::ptrdiff_t>(seen);
    series.actual.assign(from, from + static_cast<std::ptrdiff_t>(cut.horizon));
    series.values.resize(seen);
    series.weight.assign(cut.horizon, 1.0);
    for (std::size_t h = 0; h < cut.horizon; ++h)
        if (!std::isfinite(series.actual[h])) {
            series.actual[h] = gap;
            series.weight[h] = 0;
        }
    for (auto& column : series.known) column.resize(seen + cut.horizon);
    for (auto& column : series.observed) column.resize(seen);
    return series;
}

Dataset without_series(const Dataset& dataset) {
    Dataset without = {.step_days = dataset.step_days};
    without.known_names = dataset.known_names;
    without.category_names = dataset.category_names;
    without.observed_names = dataset.observed_names;
    without.category_texts = dataset.category_texts;
    without.adjacency = dataset.adjacency;
    return without;
}

}  // namespace

std::optional<std::size_t> known_place(const Dataset& dataset, std::string_view name) {
    const auto found = std::ranges::find(dataset.known_names, name);
    if (found == dataset.known_names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - dataset.known_names.begin());
}

Dataset part_of(const Dataset& dataset, std::span<const std::size_t> places) {
    auto part = without_series(dataset);
    for (const auto place : places) part.series.push_back(dataset.series[place]);
    return part;
}

Dataset earlier(const Dataset& dataset, std::size_t horizons, std::size_t least) {
    auto past = without_series(dataset);
    for (const auto& series : dataset.series) {
        const Cut cut{horizons * series.horizon(), series.horizon(), least};
        if (series.values.size() >= cut.periods + least) past.series.push_back(as_it_was(series, cut));
    }
    return past;
}

Dataset earlier(const Dataset& dataset, const Cut& cut) {
    auto past = without_series(dataset);
    for (const auto& series : dataset.series)
        if (series.values.size() >= cut.periods + cut.least) past.series.push_back(as_it_was(series, cut));
    return past;
}

}  // namespace suanpan::demand
