#include "areas/demand/prophet/forecast.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "platform/base/parallel.h"

namespace suanpan::demand {
namespace {

constexpr std::size_t most_values = 6;
constexpr double rare = 0.05;          // share of periods under which a value counts as an event
constexpr std::size_t longest = 3000;  // newest periods that are looked at
constexpr double days_a_year = 365.25;

using Columns = std::vector<std::vector<double>>;

// 1 where the column has `value` `shift` periods later.
std::vector<double> indicator(const std::vector<float>& column, float value, int shift) {
    std::vector<double> result(column.size());
    for (std::size_t t = 0; t < column.size(); ++t) {
        const auto from = static_cast<std::ptrdiff_t>(t) + shift;
        if (from >= 0 && from < std::ssize(column)) result[t] = column[static_cast<std::size_t>(from)] == value;
    }
    return result;
}

void add_indicators(const std::vector<float>& column, const std::map<float, std::size_t>& counts, Columns& columns) {
    const auto commonest = std::ranges::max_element(counts, {}, [](const auto& one) { return one.second; })->first;
    for (const auto& [value, count] : counts) {
        if (value == commonest) continue;
        columns.push_back(indicator(column, value, 0));
        if (double(count) >= rare * double(column.size())) continue;
        columns.push_back(indicator(column, value, 1));
        columns.push_back(indicator(column, value, -1));
    }
}

std::vector<double> standardised(const std::vector<float>& column, std::size_t seen) {
    double count = 0, sum = 0, squares = 0;
    for (std::size_t t = 0; t < seen; ++t)
        if (std::isfinite(column[t])) {
            count += 1;
            sum += column[t];
            squares += double(column[t]) * column[t];
        }
    const double mean = count > 0 ? sum / count : 0;
    const double deviation = count > 0 ? std::sqrt(std::max(0.0, squares / count - mean * mean)) : 0;
    std::vector<double> result(column.size());
    for (std::size_t t = 0; t < column.size(); ++t)
        if (std::isfinite(column[t]) && deviation > 1e-12 * std::abs(mean) && deviation > 0)
            result[t] = std::clamp((column[t] - mean) / deviation, -10.0, 10.0);
    return result;
}

std::vector<double> predict_one(const SeriesRecord& series, int step_days) {
    const auto skipped = series.values.size() > longest ? series.values.size() - longest : 0;
    ProphetSeries task{std::span(series.values).subspan(skipped), regressors_of(series), series.horizon()};
    for (auto& column : task.regressors) column.erase(column.begin(), column.begin() + std::ptrdiff_t(skipped));
    return fit_prophet(task, {.seasons = seasons_of(series, step_days)}).mean;
}

}  // namespace

std::vector<FourierSeason> seasons_of(const SeriesRecord& series, int step_days) {
    const auto seen = double(series.values.size());
    std::vector<FourierSeason> seasons;
    const auto add = [&](double period, int order) {
        if (seen >= 2 * period - 1) seasons.push_back({period, order});
    };
    if (step_days == 1) add(7, 3);
    if (step_days == 1 || step_days == 7) {
        add(days_a_year / step_days, 10);
        return seasons;
    }
    if (series.season > 1) add(series.season, std::min(10, series.season / 2));
    return seasons;
}

Columns regressors_of(const SeriesRecord& series) {
    Columns columns;
    for (const auto& column : series.known) {
        std::map<float, std::size_t> counts;
        for (const float value : column)
            if (std::isfinite(value) && counts.size() <= most_values) ++counts[value];
        if (counts.size() < 2) continue;
        if (counts.size() <= most_values)
            add_indicators(column, counts, columns);
        else
            columns.push_back(standardised(column, series.values.size()));
    }
    return columns;
}

Result<Predictions> prophet(const Dataset& dataset, const RunOptions& options) {
    Predictions predictions(dataset.series.size());
    in_parallel(predictions.size(), options.threads, [&](std::size_t s) {
        if (dataset.series[s].horizon() > 0) predictions[s] = predict_one(dataset.series[s], dataset.step_days);
    });
    return predictions;
}

}  // namespace suanpan::demand
