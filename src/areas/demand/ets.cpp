#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "areas/demand/decompose.h"
#include "areas/demand/method.h"
#include "areas/demand/smoothing.h"

// ETS as in Hyndman, Koehler, Ord and Snyder, Forecasting with Exponential Smoothing (2008): the 15 models that R's
// ets() tries by default (no multiplicative trend, no additive errors with a multiplicative season), fitted by
// likelihood (section 5.1), chosen by AICc (section 7.2) within the usual region that is also admissible
// (section 10.2). The first states come from section 2.6.1. Level and trend are then fitted; the seasonal indices are
// not, unlike in R: on M3 fitting them too moves the sMAPE by 0.006 and takes four times as long.
namespace suanpan::demand {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

// First states. The search has the coordinates alpha, level [, beta/alpha, trend [, phi]] [, gamma/(1-alpha)].
struct Problem {
    std::span<const double> y;
    Form form;
    std::vector<double> indices;  // empty: no season
    double level = 0, slope = 0;

    [[nodiscard]] std::size_t trend_size() const {
        return form.trend == Trend::none ? 0 : (form.trend == Trend::damped ? 3 : 2);
    }
    // Of the likelihood: what is fitted, the season's first states as in R, and the variance.
    [[nodiscard]] double parameters() const {
        return 2 + double(trend_size()) + (indices.empty() ? 0 : double(indices.size())) + 1;
    }
};

Smoothing parameters_of(const std::vector<double>& point, const Problem& problem) {
    Smoothing state{.alpha = point[0], .level = point[1]};
    if (problem.form.trend != Trend::none) {
        state.beta = point[0] * point[2];  // the usual region: beta at most alpha
        state.trend = point[3];
        if (problem.form.trend == Trend::damped) state.phi = point[4];
    }
    if (!problem.indices.empty()) state.gamma = (1 - point[0]) * point[2 + problem.trend_size()];
    return state;
}

// -2 log likelihood but for a constant (2008, eq. 5.3).
double minus_likelihood(const Smoothed& smoothed, const Problem& problem) {
    if (!smoothed.defined) return never;
    const double n = double(problem.y.size());
    const double errors = n * std::log(std::max(smoothed.squares / n, 1e-24));
    return problem.form.errors == Errors::additive ? errors : errors + 2 * smoothed.log_means;
}

Problem problem_of(std::span<const double> y, const Form& form, std::vector<double> indices) {
    Problem problem{.y = y, .form = form, .indices = std::move(indices)};
    const std::size_t m = problem.indices.size();
    const std::size_t few = std::min(y.size(), std::max<std::size_t>(10, 2 * m));
    double sum = 0, over = 0, under = 0;
    for (std::size_t t = 0; t < few; ++t) {
        const double index = m == 0 ? 0 : problem.indices[t % m];
        const double value = form.season == Season::none       ? y[t]
                             : form.season == Season::additive ? y[t] - index
                                                               : y[t] / index;
        const double x = double(t) - double(few - 1) / 2;
        sum += value;
        over += value * x;
        under += x * x;
    }
    problem.level = sum / double(few);
    if (form.trend == Trend::none) return problem;
    problem.slope = under > 0 ? over / under : 0;
    problem.level -= problem.slope * double(few + 1) / 2;  // the line at period 0
    return problem;
}

void add(Simplex& simplex, double start, double step, Bounds bounds) {
    simplex.start.push_back(start);
    simplex.step.push_back(step);
    simplex.bounds.push_back(bounds);
}

Simplex simplex_of(const Problem& problem) {
    constexpr Bounds share{1e-4, 0.9999};
    constexpr Bounds free{-std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
    const double scale = std::max(1e-6, std::abs(problem.level) * 0.1 + std::abs(problem.slope));
    Simplex simplex;
    add(simplex, problem.indices.empty() ? 0.3 : 0.2, 0.2, share);
    add(simplex, problem.level, scale, free);
    if (problem.form.trend != Trend::none) {
        add(simplex, 0.1, 0.1, share);
        add(simplex, problem.slope, scale / 2, free);
    }
    if (problem.form.trend == Trend::damped) add(simplex, 0.95, -0.05, {0.8, 0.98});
    if (!problem.indices.empty()) add(simplex, 0.1, 0.1, share);
    simplex.most_evaluations = 100 + 100 * static_cast<int>(simplex.start.size());
    simplex.tolerance = 1e-7;
    return simplex;
}

struct Fit {
    Form form;
    Smoothing first;
    std::vector<double> season;  // of the first cycle
    double aicc = never;
};

Fit fit(const Problem& problem) {
    std::vector<double> season;
    const auto value = [&](const std::vector<double>& point) {
        const auto state = parameters_of(point, problem);
        if (!problem.indices.empty() && !is_admissible(state, problem.indices.size())) return never;
        season = problem.indices;
        return minus_likelihood(smooth(problem.y, problem.form, state, season), problem);
    };
    const auto best = minimise(value, simplex_of(problem));
    Fit fit{problem.form, parameters_of(best, problem), problem.indices, never};
    const double n = double(problem.y.size()), k = problem.parameters(), likelihood = value(best);
    if (n - k - 1 > 0) fit.aicc = likelihood + 2 * k + 2 * k * (k + 1) / (n - k - 1);
    return fit;
}

std::string name_of(const Form& form) {
    constexpr std::string_view trends[] = {"N", "A", "Ad"}, seasons[] = {"N", "A", "M"};
    return fmt::format("ETS({},{},{})", form.errors == Errors::additive ? "A" : "M",
                       trends[static_cast<int>(form.trend)], seasons[static_cast<int>(form.season)]);
}

Path path_of(std::span<const double> y, const Fit& fit, std::string method) {
    Path path{.method = std::move(method),
              .multiplicative = fit.form.season == Season::multiplicative,
              .relative = fit.form.errors == Errors::relative};
    auto season = fit.season;
    const auto smoothed = smooth(y, fit.form, fit.first, season, &path.residuals);
    path.level = smoothed.last.level;
    path.trend = smoothed.last.trend;
    path.phi = smoothed.last.phi;
    path.alpha = fit.first.alpha;
    path.beta = fit.first.beta;
    path.gamma = fit.first.gamma;
    path.sigma = std::sqrt(smoothed.squares / double(y.size()));
    if (!season.empty())
        std::ranges::rotate(season, season.begin() + static_cast<std::ptrdiff_t>(y.size() % season.size()));
    path.season = std::move(season);
    return path;
}

std::vector<double> indices_of(std::span<const double> y, Season kind, std::size_t m) {
    if (kind == Season::none) return {};
    return kind == Season::additive ? additive_indices(y, m) : multiplicative_indices(y, m);
}

}  // namespace

Path simple_exponential_smoothing(std::span<const double> y, int) {
    return path_of(y, fit(problem_of(y, {}, {})), "ses");
}

Path ets(std::span<const double> y, int season) {
    const auto m = static_cast<std::size_t>(std::max(1, season));
    const bool positive = std::ranges::min(y) > 0, seasonal = m > 1 && y.size() >= 2 * m;
    Fit best = fit(problem_of(y, {}, {}));
    for (const auto kind : {Season::none, Season::additive, Season::multiplicative}) {
        if (kind != Season::none && !seasonal) continue;
        const auto indices = indices_of(y, kind, m);
        if (kind != Season::none && indices.empty()) continue;
        for (const auto errors : {Errors::additive, Errors::relative}) {
            if ((errors == Errors::relative && !positive) ||
                (errors == Errors::additive && kind == Season::multiplicative))
                continue;
            for (const auto trend : {Trend::none, Trend::additive, Trend::damped})
                if (auto tried = fit(problem_of(y, {errors, trend, kind}, indices)); tried.aicc < best.aicc)
                    best = std::move(tried);
        }
    }
    return path_of(y, best, name_of(best.form));
}

Path ets_again(std::span<const double> y, int season, const Path& before) {
    const auto m = static_cast<std::size_t>(std::max(1, season));
    Form form{before.relative ? Errors::relative : Errors::additive};
    if (before.method.find(",A,") != std::string::npos) form.trend = Trend::additive;
    if (before.method.find(",Ad,") != std::string::npos) form.trend = Trend::damped;
    if (!before.season.empty()) form.season = before.multiplicative ? Season::multiplicative : Season::additive;
    const bool fits = form.season == Season::none || y.size() >= 2 * m;
    auto indices = fits ? indices_of(y, form.season, m) : std::vector<double>{};
    if ((form.errors == Errors::relative && !(std::ranges::min(y) > 0)) ||
        (form.season != Season::none && indices.empty()))
        return ets(y, season);
    const auto fitted = fit(problem_of(y, form, std::move(indices)));
    return fitted.aicc < never ? path_of(y, fitted, before.method) : ets(y, season);
}

}  // namespace suanpan::demand
