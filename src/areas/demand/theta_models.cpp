#include "areas/demand/theta_models.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "areas/demand/decompose.h"
#include "areas/demand/smoothing.h"

namespace suanpan::demand {
namespace {

bool is_dynamic(ThetaKind kind) {
    return kind == ThetaKind::dynamic_standard || kind == ThetaKind::dynamic_optimised;
}

bool is_optimised(ThetaKind kind) {
    return kind == ThetaKind::optimised || kind == ThetaKind::dynamic_optimised;
}

// The states of the paper's section 3: level, running mean, intercept and slope of the line.
struct State {
    double level = 0, mean = 0, intercept = 0, slope = 0, decay = 1;  // decay: (1 - alpha)^t
    double periods = 0;
};

State first_state(std::span<const double> y, const ThetaModel& model) {
    State state{.level = model.alpha * y[0] + (1 - model.alpha) * model.level, .mean = y[0], .periods = 1};
    state.decay = 1 - model.alpha;
    state.intercept = y[0];
    if (is_dynamic(model.kind)) return state;
    const double n = double(y.size());
    double over = 0, sum = 0;
    for (std::size_t t = 0; t < y.size(); ++t) {
        over += double(t + 1) * y[t];
        sum += y[t];
    }
    state.slope = n > 1 ? 6 * (2 * over / n - (1 + n) * sum / n) / (n * n - 1) : 0;
    state.intercept = sum / n - (n + 1) * state.slope / 2;
    return state;
}

double expected(const State& state, const ThetaModel& model) {
    return state.level + (1 - 1 / model.theta) * (state.intercept * state.decay +
                                                  state.slope * (1 - state.decay * (1 - model.alpha)) / model.alpha);
}

void advance(State& state, const ThetaModel& model, double y) {
    const double i = state.periods;
    state.level = model.alpha * y + (1 - model.alpha) * state.level;
    const double mean = state.mean;
    state.mean = (i * mean + y) / (i + 1);
    if (is_dynamic(model.kind)) {
        state.slope = ((i - 1) * state.slope + 6 * (y - mean) / (i + 1)) / (i + 2);
        state.intercept = state.mean - state.slope * (i + 2) / 2;
    }
    state.decay *= 1 - model.alpha;
    state.periods += 1;
}

// Sum of squared one-step errors from the fourth period on; the state afterwards.
double squares_of(std::span<const double> y, const ThetaModel& model, State& state) {
    state = first_state(y, model);
    double squares = 0;
    for (std::size_t t = 1; t < y.size(); ++t) {
        const double error = y[t] - expected(state, model);
        if (t >= 3) squares += error * error;
        advance(state, model, y[t]);
    }
    return squares;
}

void fit(std::span<const double> y, ThetaModel& model) {
    const auto set = [&](const std::vector<double>& point) {
        model.level = point[0];
        model.alpha = point[1];
        if (is_optimised(model.kind)) model.theta = point[2];
    };
    const double far = std::numeric_limits<double>::max();
    Simplex simplex{.start = {y[0] / 2, 0.5},
                    .step = {std::max(1e-3, std::abs(y[0]) * 0.25), 0.2},
                    .bounds = {{-far, far}, {0.1, 0.99}},
                    .most_evaluations = 600,
                    .tolerance = 1e-8};
    if (is_optimised(model.kind)) {
        simplex.start.push_back(2);
        simplex.step.push_back(1);
        simplex.bounds.push_back({1, 1e10});
    }
    State state;
    set(minimise(
        [&](const std::vector<double>& point) {
            set(point);
            return squares_of(y, model, state);
        },
        simplex));
}

struct Adjusted {
    std::vector<double> y, indices;
    bool multiplies = true;
};

Adjusted adjust(std::span<const double> y, int season) {
    const auto m = static_cast<std::size_t>(std::max(1, season));
    Adjusted adjusted{{y.begin(), y.end()}, {}, true};
    if (!is_seasonal(y, m)) return adjusted;
    adjusted.indices = multiplicative_indices(y, m);
    adjusted.multiplies = !adjusted.indices.empty() && std::ranges::min(adjusted.indices) >= 0.01;
    if (!adjusted.multiplies) adjusted.indices = additive_indices(y, m);
    for (std::size_t t = 0; t < y.size(); ++t)
        adjusted.y[t] = adjusted.multiplies ? y[t] / adjusted.indices[t % m] : y[t] - adjusted.indices[t % m];
    return adjusted;
}

ThetaModel of_adjusted(const Adjusted& adjusted, ThetaKind kind, std::size_t horizon) {
    const auto& y = adjusted.y;
    ThetaModel model{.kind = kind};
    if (y.size() < 4) {
        model.mean.assign(horizon, y.back());
        model.error = std::numeric_limits<double>::infinity();
    } else {
        fit(y, model);
        State state;
        model.error = squares_of(y, model, state) / double(y.size() - 3);
        for (std::size_t h = 0; h < horizon; ++h) {
            model.mean.push_back(expected(state, model));
            advance(state, model, model.mean.back());
        }
    }
    for (std::size_t h = 0; h < horizon && !adjusted.indices.empty(); ++h) {
        const double index = adjusted.indices[(y.size() + h) % adjusted.indices.size()];
        model.mean[h] = adjusted.multiplies ? model.mean[h] * index : model.mean[h] + index;
    }
    return model;
}

double autocorrelation(std::span<const double> y, std::size_t lag) {
    const double average = std::accumulate(y.begin(), y.end(), 0.0) / double(y.size());
    double over = 0, under = 0;
    for (std::size_t t = 0; t < y.size(); ++t) {
        under += (y[t] - average) * (y[t] - average);
        if (t >= lag) over += (y[t] - average) * (y[t - lag] - average);
    }
    return under > 0 ? over / under : 0;
}

}  // namespace

bool is_seasonal(std::span<const double> y, std::size_t m) {
    if (m < 2 || y.size() < 2 * m) return false;
    double squares = 0;
    for (std::size_t lag = 1; lag < m; ++lag) squares += std::pow(autocorrelation(y, lag), 2);
    const double error = std::sqrt((1 + 2 * squares) / double(y.size()));
    return std::abs(autocorrelation(y, m)) > 1.645 * error;
}

ThetaModel theta_model(std::span<const double> y, int season, ThetaKind kind, std::size_t horizon) {
    return of_adjusted(adjust(y, season), kind, horizon);
}

ThetaModel auto_theta(std::span<const double> y, int season, std::size_t horizon) {
    const auto adjusted = adjust(y, season);
    ThetaModel best = of_adjusted(adjusted, ThetaKind::standard, horizon);
    for (const auto kind : {ThetaKind::optimised, ThetaKind::dynamic_standard, ThetaKind::dynamic_optimised})
        if (auto tried = of_adjusted(adjusted, kind, horizon); tried.error < best.error) best = std::move(tried);
    return best;
}

}  // namespace suanpan::demand
