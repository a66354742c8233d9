#include "areas/demand/backtest.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace suanpan::demand {

std::span<const double> newest(std::span<const double> y, const PanelOptions& options) {
    return y.last(std::min(y.size(), static_cast<std::size_t>(options.longest)));
}

double sum_of(const std::vector<double>& values, int count) {
    return std::accumulate(values.begin(), values.begin() + std::min<std::ptrdiff_t>(count, std::ssize(values)), 0.0);
}

std::vector<BacktestWindow> backtest(std::span<const double> y, const PanelOptions& options) {
    std::vector<BacktestWindow> windows;
    std::vector<Path> paths;  // a method each, of the origin before
    for (int origin = options.origins; origin >= 1; --origin) {
        const auto end = std::ssize(y) - std::ptrdiff_t{origin} * options.window;
        if (end < options.least) continue;
        const auto past = y.first(static_cast<std::size_t>(end));
        const auto future = y.subspan(static_cast<std::size_t>(end), static_cast<std::size_t>(options.window));
        auto& window = windows.emplace_back(origin);
        window.actual = std::accumulate(future.begin(), future.end(), 0.0);
        for (std::size_t m = 0; m < methods().size(); ++m) {
            const auto& method = methods()[m];
            const bool again = method.again != nullptr && paths.size() > m;
            auto path = again ? method.again(past, options.season, paths[m]) : method.fit(past, options.season);
            window.forecasts.push_back(sum_of(mean(path, options.window), options.window));
            if (paths.size() > m)
                paths[m] = std::move(path);
            else
                paths.push_back(std::move(path));
        }
    }
    return windows;
}

namespace {

// Too short to be judged: the average of what there is has the least that can go wrong.
constexpr std::size_t unjudged = 1;

}  // namespace

std::size_t best_of(std::span<const BacktestWindow> windows) {
    if (windows.empty()) return unjudged;
    std::vector<double> sums(windows.front().forecasts.size(), 0.0);
    for (const auto& window : windows)
        for (std::size_t m = 0; m < sums.size(); ++m) sums[m] += std::pow(window.forecasts[m] - window.actual, 2);
    return static_cast<std::size_t>(std::ranges::min_element(sums) - sums.begin());
}

std::vector<JudgedWindow> judged(std::span<const BacktestWindow> windows) {
    std::vector<JudgedWindow> found;
    for (std::size_t i = 1; i < windows.size(); ++i) {
        const auto& [origin, forecasts, actual] = windows[i];
        found.push_back({origin, forecasts[best_of(windows.first(i))], forecasts.front(), actual});
    }
    return found;
}

}  // namespace suanpan::demand
