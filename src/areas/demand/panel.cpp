#include "areas/demand/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <numeric>
#include <optional>
#include <thread>
#include <unordered_map>

#include "areas/demand/backtest.h"
#include "areas/demand/quantile.h"
#include "platform/base/hash.h"

namespace suanpan::demand {
namespace {

// SplitMix64 (Steele, Lea and Flood 2014): the same draws on every machine.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    double uniform() { return double(next() >> 11) * 0x1.0p-53; }
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(uniform() * double(bound)); }
    // Nearly a standard normal: the sum of twelve uniform numbers.
    double normal() {
        double sum = -6;
        for (int i = 0; i < 12; ++i) sum += uniform();
        return sum;
    }

  private:
    std::uint64_t state_;
};

std::int64_t checksum(std::span<const double> values) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const double value : values) hash = (hash ^ std::bit_cast<std::uint64_t>(value)) * 0x100000001B3ULL;
    return static_cast<std::int64_t>((hash ^ values.size()) | 1);  // 0 stands for what is not known
}

// Errors behind the quantiles; more would only make the model's file larger.
constexpr std::ptrdiff_t kept_residuals = 156;

ItemModel train_one(const Series& series, const PanelOptions& options) {
    const auto y = newest(series.values, options);
    const auto windows = backtest(y, options);
    ItemModel model{.id = series.id, .path = methods()[best_of(windows)].fit(y, options.season), .seen = checksum(y)};
    auto& residuals = model.path.residuals;
    // Errors of the first periods tell of the start, not of the method.
    const auto start = std::min<std::ptrdiff_t>(std::ssize(residuals) / 4, 8);
    residuals.erase(residuals.begin(), residuals.begin() + std::max(start, std::ssize(residuals) - kept_residuals));
    double ours = 0, baseline = 0;
    for (const auto& window : judged(windows)) {
        ours += std::pow(window.forecast - window.actual, 2);
        baseline += std::pow(window.baseline - window.actual, 2);
        ++model.judged;
    }
    if (model.judged > 0) {
        model.error = std::sqrt(ours / double(model.judged));
        model.baseline_error = std::sqrt(baseline / double(model.judged));
    }
    return model;
}

ItemForecast serve_one(const Series& series, const ItemModel& model, const PanelOptions& options) {
    ItemForecast forecast{.id = series.id,
                          .path = model.path,
                          .error = model.error,
                          .baseline_error = model.baseline_error,
                          .judged = model.judged,
                          .method = model.path.method};
    forecast.mean = mean(forecast.path, std::max(options.horizon, options.window));
    forecast.window_mean = sum_of(forecast.mean, options.window);
    forecast.mean.resize(static_cast<std::size_t>(options.horizon));
    forecast.window_quantiles = window_quantiles(forecast.path, options, options.seed ^ fnv1a(series.id));
    forecast.baseline_mean =
        sum_of(mean(seasonal_naive(newest(series.values, options), options.season), options.window), options.window);
    return forecast;
}

Result<> check(std::span<const Series> all) {
    for (const auto& series : all) {
        if (series.values.empty())
            return fail(ErrorCode::invalid_argument, "the series is empty; give it at least one period", series.id);
        for (std::size_t t = 0; t < series.values.size(); ++t)
            if (!std::isfinite(series.values[t]) || series.values[t] < 0)
                return fail(
                    ErrorCode::invalid_argument,
                    fmt::format("period {} is {}; demand is a finite number from 0 upwards", t + 1, series.values[t]),
                    series.id);
    }
    return {};
}

}  // namespace

std::vector<double> window_quantiles(const Path& path, const PanelOptions& options, std::uint64_t seed) {
    Random random(seed);
    auto errors = path.residuals;
    // A method that lags behind a rise has errors of one sign; the mean forecast does not count on them, nor do these.
    const double bias = errors.empty() ? 0 : std::accumulate(errors.begin(), errors.end(), 0.0) / double(errors.size());
    for (auto& error : errors) error -= bias;
    std::vector<double> sums(static_cast<std::size_t>(options.samples));
    const std::size_t cycle = std::max<std::size_t>(1, path.season.size());
    Path state = path;
    for (auto& sum : sums) {
        state.level = path.level;
        state.trend = path.trend;
        if (path.gamma != 0) state.season = path.season;
        for (int h = 0; h < options.window; ++h) {
            const auto place = static_cast<std::size_t>(h) % cycle;
            const double expected = next_mean(state, place);
            // Of a series too short to have errors, Poisson's deviation is the least that can be said.
            double error = errors.empty() ? random.normal() * std::sqrt(std::max(expected, 0.0))
                                          : errors[random.below(errors.size())];
            if (path.relative && !errors.empty()) error *= std::max(expected, 0.0);
            sum += std::max(0.0, expected + error);
            advance(state, error, place);
        }
    }
    std::ranges::sort(sums);
    std::vector<double> quantiles;
    for (const double level : options.levels) quantiles.push_back(quantile(sums, level));
    return quantiles;
}

namespace {

// Calls `one` for 0 to count - 1 on some threads.
Result<> for_each(std::size_t count, const PanelOptions& options, const std::function<void(std::size_t)>& one) {
    std::atomic<std::size_t> next = 0, done = 0;
    auto work = [&](bool reports) {
        for (std::size_t i; !options.stop.stop_requested() && (i = next++) < count;) {
            one(i);
            if (const auto finished = ++done; reports && finished % 64 == 0) options.progress(finished);
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (int i = 1; i < options.threads; ++i) helpers.emplace_back(work, false);
        work(true);
    }
    if (done < count) return fail(ErrorCode::unavailable, "the forecast was stopped; run it again");
    options.progress(count);
    return {};
}

}  // namespace

Result<std::vector<ItemModel>> train_panel(std::span<const Series> series, const PanelOptions& options) {
    TRY(check(series));
    std::vector<ItemModel> models(series.size());
    TRY(for_each(series.size(), options, [&](std::size_t i) { models[i] = train_one(series[i], options); }));
    return models;
}

namespace {

using ById = std::unordered_map<std::string_view, const ItemModel*>;

ById by_id(std::span<const ItemModel> models) {
    ById found;
    for (const auto& model : models) found.emplace(model.id, &model);
    return found;
}

// Whether its turn came in one of the periods since the earlier training.
bool is_due(const Series& series, const Earlier& earlier) {
    const auto every = static_cast<std::uint64_t>(std::max(1, earlier.refit_every));
    const auto turn = fnv1a(series.id) % every;
    for (std::size_t back = 0; back < earlier.since; ++back)
        if ((static_cast<std::uint64_t>(earlier.period) - back) % every == turn) return true;
    return false;
}

// The earlier model brought up to date; nothing where the series has to be fitted.
std::optional<ItemModel> kept(const Series& series, const ItemModel& model, const PanelOptions& options,
                              const Earlier& earlier) {
    const std::span<const double> y = series.values;
    if (earlier.since >= y.size() || is_due(series, earlier)) return std::nullopt;
    if (checksum(newest(y.first(y.size() - earlier.since), options)) != model.seen) return std::nullopt;
    auto moved = model;
    moved.path = advanced(std::move(moved.path), y, earlier.since);
    moved.seen = checksum(newest(y, options));
    return moved;
}

}  // namespace

Result<Trained> train_panel_after(std::span<const Series> series, const PanelOptions& options, const Earlier& earlier) {
    TRY(check(series));
    const auto before = by_id(earlier.models);
    Trained trained{std::vector<ItemModel>(series.size()), 0};
    std::atomic<std::int64_t> count = 0;
    TRY(for_each(series.size(), options, [&](std::size_t i) {
        const auto found = before.find(series[i].id);
        auto old = found == before.end() ? std::nullopt : kept(series[i], *found->second, options, earlier);
        count += old.has_value();
        trained.models[i] = old ? *std::move(old) : train_one(series[i], options);
    }));
    trained.kept = count;
    return trained;
}

Result<std::vector<ItemForecast>> serve_panel(std::span<const ItemModel> models, std::span<const Series> series,
                                              std::size_t since, const PanelOptions& options) {
    TRY(check(series));
    const auto known = by_id(models);
    std::vector<ItemForecast> forecasts(series.size());
    TRY(for_each(series.size(), options, [&](std::size_t i) {
        const auto found = known.find(series[i].id);
        auto model = found == known.end() ? ItemModel{.id = series[i].id, .path = window_average(series[i].values, 1)}
                                          : *found->second;
        if (found != known.end()) model.path = advanced(std::move(model.path), series[i].values, since);
        forecasts[i] = serve_one(series[i], model, options);
    }));
    return forecasts;
}

Result<std::vector<ItemForecast>> forecast_panel(std::span<const Series> series, const PanelOptions& options) {
    return serve_panel(TRY(train_panel(series, options)), series, 0, options);
}

}  // namespace suanpan::demand
