#include "areas/demand/panel.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <format>
#include <numeric>
#include <thread>

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
    std::size_t below(std::size_t bound) {
        return static_cast<std::size_t>((next() >> 11) * 0x1.0p-53 * double(bound));
    }

  private:
    std::uint64_t state_;
};

// FNV-1a, so that a series keeps its draws wherever it stands and on every machine.
std::uint64_t hash_of(const std::string& text) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const unsigned char byte : text) hash = (hash ^ byte) * 0x100000001B3ULL;
    return hash;
}

double sum_of(const std::vector<double>& values, int count) {
    return std::accumulate(values.begin(), values.begin() + std::min<std::ptrdiff_t>(count, std::ssize(values)), 0.0);
}

struct Scored {
    std::vector<double> squares;  // a value a method
    int origins = 0;
};

Scored backtest(std::span<const double> y, const PanelOptions& options) {
    Scored scored{std::vector<double>(methods().size(), 0.0), 0};
    constexpr std::ptrdiff_t least = 8;  // periods to fit on before a forecast is judged
    for (int origin = 1; origin <= options.origins; ++origin) {
        const auto end = std::ssize(y) - std::ptrdiff_t{origin} * options.window;
        if (end < least) break;
        const auto past = y.first(static_cast<std::size_t>(end));
        const auto future = y.subspan(static_cast<std::size_t>(end), static_cast<std::size_t>(options.window));
        const double actual = std::accumulate(future.begin(), future.end(), 0.0);
        for (std::size_t m = 0; m < methods().size(); ++m) {
            const auto path = methods()[m].fit(past, options.season);
            scored.squares[m] += std::pow(sum_of(mean(path, options.window), options.window) - actual, 2);
        }
        ++scored.origins;
    }
    return scored;
}

// Too short to be judged: the average of what there is has the least that can go wrong.
constexpr std::size_t unjudged = 1;

std::size_t best_of(const Scored& scored) {
    if (scored.origins == 0) return unjudged;
    return static_cast<std::size_t>(std::ranges::min_element(scored.squares) - scored.squares.begin());
}

double root_mean(double squares, int count) {
    return count == 0 ? 0 : std::sqrt(squares / count);
}

ItemForecast forecast_one(const Series& series, const PanelOptions& options, std::uint64_t seed) {
    const auto scored = backtest(series.values, options);
    const auto best = best_of(scored);
    ItemForecast forecast{.id = series.id, .path = methods()[best].fit(series.values, options.season)};
    forecast.mean = mean(forecast.path, std::max(options.horizon, options.window));
    forecast.window_mean = sum_of(forecast.mean, options.window);
    forecast.mean.resize(static_cast<std::size_t>(options.horizon));
    forecast.window_quantiles = window_quantiles(forecast.path, options, seed);
    forecast.baseline_mean =
        sum_of(mean(seasonal_naive(series.values, options.season), options.window), options.window);
    forecast.error = root_mean(scored.squares[best], scored.origins);
    forecast.baseline_error = root_mean(scored.squares[0], scored.origins);
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
                    std::format("period {} is {}; demand is a finite number from 0 upwards", t + 1, series.values[t]),
                    series.id);
    }
    return {};
}

}  // namespace

std::vector<double> window_quantiles(const Path& path, const PanelOptions& options, std::uint64_t seed) {
    Random random(seed);
    // Errors of the first periods tell of the start, not of the method.
    const auto skip = std::min<std::size_t>(path.residuals.size() / 4, 8);
    std::vector<double> errors(path.residuals.begin() + static_cast<std::ptrdiff_t>(skip), path.residuals.end());
    // A method that lags behind a rise has errors of one sign; the mean forecast does not count on them, nor do these.
    const double bias = errors.empty() ? 0 : std::accumulate(errors.begin(), errors.end(), 0.0) / double(errors.size());
    for (auto& error : errors) error -= bias;
    std::vector<double> sums(static_cast<std::size_t>(options.samples));
    Path state = path;
    for (auto& sum : sums) {
        state.level = path.level;
        state.trend = path.trend;
        state.season = path.season;
        for (int h = 0; h < options.window; ++h) {
            const double expected = next_mean(state);
            double error = errors.empty() ? 0 : errors[random.below(errors.size())];
            if (path.relative) error *= std::max(expected, 0.0);
            sum += std::max(0.0, expected + error);
            advance(state, error);
        }
    }
    std::ranges::sort(sums);
    std::vector<double> quantiles;
    for (const double level : options.levels) {
        const double at = level * double(sums.size() - 1);
        const auto below = static_cast<std::size_t>(at);
        const auto above = std::min(below + 1, sums.size() - 1);
        quantiles.push_back(sums[below] + (at - double(below)) * (sums[above] - sums[below]));
    }
    return quantiles;
}

Result<std::vector<ItemForecast>> forecast_panel(std::span<const Series> series, const PanelOptions& options) {
    TRY(check(series));
    std::vector<ItemForecast> forecasts(series.size());
    std::atomic<std::size_t> next = 0, done = 0;
    auto work = [&](bool reports) {
        for (std::size_t i; (i = next++) < series.size() && !options.stop.stop_requested();) {
            forecasts[i] = forecast_one(series[i], options, options.seed ^ hash_of(series[i].id));
            if (const auto count = ++done; reports && count % 64 == 0) options.progress(count);
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (int i = 1; i < options.threads; ++i) helpers.emplace_back(work, false);
        work(true);
    }
    if (options.stop.stop_requested())
        return fail(ErrorCode::unavailable, "the forecast was asked to stop; nothing of it was kept");
    options.progress(series.size());
    return forecasts;
}

}  // namespace suanpan::demand
