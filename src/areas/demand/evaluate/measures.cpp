#include "areas/demand/evaluate/measures.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace suanpan::demand {
namespace {

// Sums over the periods of all series.
struct Sums {
    double error = 0, actual = 0, signed_error = 0, weighted = 0, weight = 0, relative = 0, loss = 0, within = 0;
    double smape = 0, mase = 0, rmsse = 0;
    std::int64_t scored = 0, relatives = 0, series = 0, scaled = 0;
    std::array<double, 4> within_part{}, scored_part{};  // by quarter of the horizon
};

double squared_step(std::span<const double> y) {
    double sum = 0;
    for (std::size_t t = 1; t < y.size(); ++t) sum += (y[t] - y[t - 1]) * (y[t] - y[t - 1]);
    return y.size() < 2 ? 0 : sum / double(y.size() - 1);
}

void add_intervals(Sums& sums, const Intervals& intervals, std::size_t s, std::size_t h, double actual) {
    if (intervals.levels.empty()) return;
    const auto& rows = intervals.values[s];
    double loss = 0;
    for (std::size_t level = 0; level < rows.size(); ++level)
        loss += quantile_loss(intervals.levels[level], rows[level][h], actual);
    sums.loss += loss / double(rows.size());
    const bool within = rows.front()[h] <= actual && actual <= rows.back()[h];
    const auto part = h * sums.within_part.size() / rows.front().size();
    sums.within += within;
    sums.within_part[part] += within;
    sums.scored_part[part] += 1;
}

void add_series(Sums& sums, const SeriesRecord& series, const std::vector<double>& forecast, std::size_t s,
                const Intervals& intervals) {
    double smape = 0, error = 0, squares = 0;
    std::int64_t periods = 0;
    for (std::size_t h = 0; h < series.horizon(); ++h) {
        if (!(series.weight[h] > 0)) continue;
        const double actual = series.actual[h], e = forecast[h] - actual;
        const double size = std::abs(actual) + std::abs(forecast[h]);
        smape += size > 0 ? 200 * std::abs(e) / size : 0;
        error += std::abs(e);
        squares += e * e;
        ++periods;
        sums.actual += std::abs(actual);
        sums.signed_error += e;
        sums.weighted += series.weight[h] * std::abs(e);
        sums.weight += series.weight[h];
        if (actual != 0) {
            sums.relative += (e / actual) * (e / actual);
            ++sums.relatives;
        }
        add_intervals(sums, intervals, s, h, actual);
    }
    if (periods == 0) return;
    sums.error += error;
    sums.scored += periods;
    sums.smape += smape / double(periods);
    ++sums.series;
    const auto seen = filled(series);
    const double step = naive_step(seen, series.season), squared = squared_step(seen);
    if (!(step > 0) || !(squared > 0)) return;
    sums.mase += error / double(periods) / step;
    sums.rmsse += std::sqrt(squares / double(periods) / squared);
    ++sums.scaled;
}

double over(double sum, double count) {
    return count > 0 ? sum / count : 0;
}

}  // namespace

double naive_step(std::span<const double> y, int season) {
    auto m = static_cast<std::size_t>(std::max(1, season));
    if (y.size() <= m) m = 1;
    double sum = 0;
    for (std::size_t t = m; t < y.size(); ++t) sum += std::abs(y[t] - y[t - m]);
    return y.size() <= m ? 0 : sum / double(y.size() - m);
}

double quantile_loss(double level, double forecast, double actual) {
    return actual >= forecast ? level * (actual - forecast) : (1 - level) * (forecast - actual);
}

Measures measure(const Dataset& dataset, const Predictions& predictions, const Intervals& intervals) {
    Sums sums;
    for (std::size_t s = 0; s < dataset.series.size(); ++s)
        add_series(sums, dataset.series[s], predictions[s], s, intervals);
    const auto periods = double(sums.scored);
    std::vector<double> parts;
    for (std::size_t part = 0; part < sums.within_part.size(); ++part)
        if (!intervals.levels.empty()) parts.push_back(over(sums.within_part[part], sums.scored_part[part]));
    return {.wape = over(sums.error, sums.actual),
            .wmae = over(sums.weighted, sums.weight),
            .smape = over(sums.smape, double(sums.series)),
            .rmspe = std::sqrt(over(sums.relative, double(sums.relatives))),
            .mase = over(sums.mase, double(sums.scaled)),
            .rmsse = over(sums.rmsse, double(sums.scaled)),
            .bias = over(sums.signed_error, sums.actual),
            .pinball = over(2 * sums.loss, sums.actual),
            .coverage = over(sums.within, periods),
            .coverage_by_horizon = std::move(parts),
            .scored = sums.scored};
}

}  // namespace suanpan::demand
