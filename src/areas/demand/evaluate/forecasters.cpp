#include "areas/demand/evaluate/forecasters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "areas/demand/arima/auto_arima.h"
#include "areas/demand/evaluate/group_season.h"
#include "areas/demand/intermittent.h"
#include "areas/demand/method.h"
#include "areas/demand/network/network.h"
#include "areas/demand/prophet/forecast.h"
#include "areas/demand/stl.h"
#include "areas/demand/theta_models.h"
#include "areas/demand/trees/boosted.h"
#include "platform/base/parallel.h"

namespace suanpan::demand {
namespace {

template <Path (*fit)(std::span<const double>, int)>
std::vector<double> by_path(const Task& task) {
    return mean(fit(task.y, task.season), static_cast<int>(task.horizon));
}

std::vector<double> naive(const Task& task) {
    return std::vector<double>(task.horizon, task.y.back());
}

std::vector<double> automatic_arima(const Task& task) {
    return arima::auto_arima(task.y, {.season = task.season, .horizon = task.horizon}).mean;
}

template <ThetaKind kind>
std::vector<double> by_theta(const Task& task) {
    return theta_model(task.y, task.season, kind, task.horizon).mean;
}

std::vector<double> automatic_theta(const Task& task) {
    return auto_theta(task.y, task.season, task.horizon).mean;
}

std::vector<double> flat(double value, const Task& task) {
    return std::vector<double>(task.horizon, value);
}

// The cycles that MSTL takes out: by days also the year, where there are two of them.
std::vector<int> cycles_of(const Task& task) {
    if (task.season == 7 && task.y.size() >= 2 * 365) return {7, 365};
    return {task.season};
}

// What is left after taking out the seasons goes on as `rest` says; each season repeats its last cycle.
template <std::vector<double> (*rest)(const Task&)>
std::vector<double> by_mstl(const Task& task) {
    const auto parts = mstl(task.y, cycles_of(task));
    std::vector<double> adjusted(task.y.begin(), task.y.end());
    for (const auto& season : parts.seasons)
        for (std::size_t t = 0; t < adjusted.size(); ++t) adjusted[t] -= season[t];
    auto forecast = rest({adjusted, 1, task.horizon});
    const auto cycles = cycles_of(task);
    for (std::size_t k = 0; k < parts.seasons.size(); ++k) {
        const auto m = static_cast<std::size_t>(cycles[k]);
        for (std::size_t h = 0; h < task.horizon; ++h) forecast[h] += parts.seasons[k][task.y.size() - m + h % m];
    }
    return forecast;
}

constexpr std::array all_forecasters = {
    Forecaster{"naive", "the last value", naive},
    Forecaster{"seasonal_naive", "the value a cycle before", by_path<seasonal_naive>},
    Forecaster{"window_average", "mean of the last 4 periods", by_path<window_average>},
    Forecaster{"ses", "simple exponential smoothing", by_path<simple_exponential_smoothing>},
    Forecaster{"ets", "exponential smoothing, form by AICc", by_path<ets>},
    Forecaster{"theta", "Theta as R's thetaf", by_path<theta>},
    Forecaster{"stm", "standard Theta model", by_theta<ThetaKind::standard>},
    Forecaster{"otm", "optimised Theta model", by_theta<ThetaKind::optimised>},
    Forecaster{"dstm", "dynamic standard Theta model", by_theta<ThetaKind::dynamic_standard>},
    Forecaster{"dotm", "dynamic optimised Theta model", by_theta<ThetaKind::dynamic_optimised>},
    Forecaster{"auto_theta", "the Theta model of least error", automatic_theta},
    Forecaster{"arima", "ARIMA, stepwise by AICc", automatic_arima},
    Forecaster{"mstl_ets", "MSTL, the rest by ETS", by_mstl<by_path<ets>>},
    Forecaster{"mstl_arima", "MSTL, the rest by ARIMA", by_mstl<automatic_arima>},
    Forecaster{"mstl_theta", "MSTL, the rest by Theta", by_mstl<by_theta<ThetaKind::standard>>},
    Forecaster{"group_season", "Theta with the season of the series' group", nullptr, group_season},
    Forecaster{"boosted", "one model of boosted trees over all series", nullptr, boosted},
    Forecaster{"boosted_mean", "mean of three such models that learn by different losses", nullptr, boosted_mean},
    Forecaster{"tcn", "one network of dilated causal convolutions over all series", nullptr, tcn},
    Forecaster{"lstm", "the same network with an LSTM", nullptr, lstm},
    Forecaster{"network", "tcn where it beats every simple method before the split", nullptr, network_or_simple},
    Forecaster{"prophet", "piecewise trend, Fourier seasons, regressors", nullptr, prophet},
    Forecaster{"croston", "Croston", [](const Task& task) { return flat(croston(task.y), task); }},
    Forecaster{"sba", "Syntetos-Boylan", [](const Task& task) { return flat(syntetos_boylan(task.y), task); }},
    Forecaster{"tsb", "Teunter-Syntetos-Babai",
               [](const Task& task) { return flat(teunter_syntetos_babai(task.y), task); }},
    Forecaster{"adida", "ADIDA", [](const Task& task) { return flat(adida(task.y), task); }},
    Forecaster{"imapa", "IMAPA", [](const Task& task) { return flat(imapa(task.y), task); }},
};

// The newest periods that the statistical methods look at: more than any of their cycles needs.
constexpr std::size_t longest = 3000;

std::vector<double> mended(std::vector<double> forecast, const Task& task) {
    forecast.resize(task.horizon, std::nan(""));
    if (std::ranges::all_of(forecast, [](double value) { return std::isfinite(value); })) {
        for (auto& value : forecast) value = std::max(0.0, value);
        return forecast;
    }
    return by_path<seasonal_naive>(task);
}

std::vector<double> predict_one(const Forecaster& method, const SeriesRecord& series) {
    const auto values = filled(series);
    const auto skipped = values.size() > longest ? values.size() - longest : 0;
    auto known = series.known;
    for (auto& column : known) column.erase(column.begin(), column.begin() + static_cast<std::ptrdiff_t>(skipped));
    const Task task{std::span(values).subspan(skipped), series.season, series.horizon(), &known};
    return mended(method.one(task), task);
}

}  // namespace

std::span<const Forecaster> forecasters() {
    return all_forecasters;
}

Result<const Forecaster*> forecaster(std::string_view name) {
    std::string names;
    for (const auto& method : all_forecasters) {
        if (method.name == name) return &method;
        names += fmt::format("{}{}", names.empty() ? "" : ", ", method.name);
    }
    return fail(
        ErrorCode::not_found,
        fmt::format("there is no model \"{}\". There are: {}, and mean:A+B, median:A+B, blend:A+B, best:A+B of these",
                    name, names),
        "--models");
}

Result<Predictions> predict(const Forecaster& method, const Dataset& dataset, const RunOptions& options) {
    if (method.all != nullptr) {
        auto predictions = TRY(method.all(dataset, options));
        for (std::size_t s = 0; s < predictions.size(); ++s) {
            const auto values = filled(dataset.series[s]);
            predictions[s] =
                mended(std::move(predictions[s]), {values, dataset.series[s].season, dataset.series[s].horizon()});
        }
        return predictions;
    }
    Predictions predictions(dataset.series.size());
    in_parallel(predictions.size(), options.threads,
                [&](std::size_t s) { predictions[s] = predict_one(method, dataset.series[s]); });
    return predictions;
}

}  // namespace suanpan::demand
