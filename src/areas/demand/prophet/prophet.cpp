#include "areas/demand/prophet/prophet.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "areas/demand/prophet/minimise.h"

namespace suanpan::demand {
namespace {

constexpr double least_noise = 1e-3;  // of the largest value: a perfect fit has no mode below
constexpr int most_turns = 30;

using Vector = std::vector<double>;

// Columns: slope, offset, changes, seasons, regressors.
struct Design {
    const ProphetSeries& series;
    const ProphetOptions& options;
    std::size_t changes = 0, columns = 0;
    Vector changepoints;

    Design(const ProphetSeries& of, const ProphetOptions& by) : series(of), options(by) {
        const auto seen = series.y.size();
        const auto room = static_cast<std::size_t>(options.changepoint_share * double(seen));
        changes =
            std::min<std::size_t>(static_cast<std::size_t>(std::max(0, options.changepoints)), room > 1 ? room - 1 : 0);
        for (std::size_t j = 1; j <= changes; ++j)
            changepoints.push_back(options.changepoint_share * double(j) / double(changes));
        columns = 2 + changes + series.regressors.size();
        for (const auto& season : options.seasons) columns += 2 * static_cast<std::size_t>(season.order);
    }
    void fill(std::size_t t, std::span<double> row) const;
};

void Design::fill(std::size_t t, std::span<double> row) const {
    const double at = double(t) / double(std::max<std::size_t>(1, series.y.size() - 1));
    std::size_t next = 0;
    row[next++] = at;
    row[next++] = 1;
    for (const double changepoint : changepoints) row[next++] = std::max(0.0, at - changepoint);
    for (const auto& season : options.seasons)
        for (int n = 1; n <= season.order; ++n) {
            const double angle = 2 * std::numbers::pi * n * double(t) / season.period;
            row[next++] = std::sin(angle);
            row[next++] = std::cos(angle);
        }
    for (const auto& column : series.regressors) row[next++] = column[t];
}

// X'X, X'y and y'y over what was observed: all that the fit needs.
struct Moments {
    std::size_t columns, observed = 0;
    Vector gram, product;
    double square = 0;

    Moments(const Design& design, double scale) : columns(design.columns), gram(columns * columns), product(columns) {
        Vector row(columns);
        const auto y = design.series.y;
        for (std::size_t t = 0; t < y.size(); ++t) {
            if (!std::isfinite(y[t])) continue;
            design.fill(t, row);
            add(row, y[t] / scale);
        }
        for (std::size_t i = 0; i < columns; ++i)
            for (std::size_t j = 0; j < i; ++j) gram[i * columns + j] = gram[j * columns + i];
    }
    void add(const Vector& row, double y) {
        for (std::size_t i = 0; i < columns; ++i) {
            if (row[i] == 0) continue;
            for (std::size_t j = i; j < columns; ++j) gram[i * columns + j] += row[i] * row[j];
            product[i] += row[i] * y;
        }
        square += y * y;
        ++observed;
    }
    // X'X theta
    [[nodiscard]] Vector times(std::span<const double> theta) const {
        Vector result(columns);
        for (std::size_t i = 0; i < columns; ++i) {
            const double* row = &gram[i * columns];
            double sum = 0;
            for (std::size_t j = 0; j < columns; ++j) sum += row[j] * theta[j];
            result[i] = sum;
        }
        return result;
    }
    [[nodiscard]] double residual_square(std::span<const double> theta) const {
        const auto gram_theta = times(theta);
        double sum = square;
        for (std::size_t i = 0; i < columns; ++i) sum += theta[i] * (gram_theta[i] - 2 * product[i]);
        return std::max(0.0, sum);
    }
};

struct Priors {
    Vector ridge, laplace;  // 1 / variance; 1 / scale

    explicit Priors(const Design& design) : ridge(design.columns), laplace(design.columns) {
        const auto& options = design.options;
        for (std::size_t i = 0; i < design.columns; ++i) {
            if (i >= 2 && i < 2 + design.changes)
                laplace[i] = 1 / options.changepoint_scale;
            else
                ridge[i] = 1 / std::pow(i < 2 ? options.trend_scale : options.regressor_scale, 2);
        }
    }
};

// The weights' mode given the noise. Coordinates are scaled by their curvature, so that the search sees round valleys.
Minimum weights_given(double noise, const Moments& moments, const Priors& priors, const Vector& start) {
    const double inverse = 1 / (noise * noise);
    Vector scale(moments.columns), begin(moments.columns), theta(moments.columns);
    Penalised problem{nullptr, Vector(moments.columns)};
    for (std::size_t i = 0; i < moments.columns; ++i) {
        const double curvature = inverse * moments.gram[i * moments.columns + i] + priors.ridge[i];
        scale[i] = 1 / std::sqrt(std::max(1e-12, curvature));
        begin[i] = start[i] / scale[i];
        problem.penalty[i] = priors.laplace[i] * scale[i];
    }
    problem.smooth = [&](std::span<const double> x, std::span<double> gradient) {
        for (std::size_t i = 0; i < x.size(); ++i) theta[i] = x[i] * scale[i];
        const auto gram_theta = moments.times(theta);
        double value = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            value += theta[i] * (inverse * (gram_theta[i] / 2 - moments.product[i]) + priors.ridge[i] * theta[i] / 2);
            gradient[i] = scale[i] * (inverse * (gram_theta[i] - moments.product[i]) + priors.ridge[i] * theta[i]);
        }
        return value;
    };
    auto found = minimise(problem, std::move(begin), {.tolerance = 1e-5});
    for (std::size_t i = 0; i < found.x.size(); ++i) found.x[i] *= scale[i];
    return found;
}

// Minimises n log s + residual / (2 s^2) + s^2 / (2 prior^2): a quadratic in s^2.
double noise_given(double residual, std::size_t observed, double prior) {
    const double p2 = prior * prior, n = double(observed);
    const double square = p2 * (std::sqrt(n * n + 4 * residual / p2) - n) / 2;
    return std::max(least_noise, std::sqrt(square));
}

double largest_of(std::span<const double> y) {
    double largest = 0;
    for (const double value : y)
        if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
    return largest;
}

struct Mode {
    Vector theta;
    double noise = 0.5;
    bool converged = false;
};

Mode mode_of(const Moments& moments, const Priors& priors, double noise_scale) {
    Mode mode{Vector(moments.columns)};
    mode.noise = noise_given(moments.square, moments.observed, noise_scale);
    for (int turn = 0; turn < most_turns && !mode.converged; ++turn) {
        auto found = weights_given(mode.noise, moments, priors, mode.theta);
        const double noise = noise_given(moments.residual_square(found.x), moments.observed, noise_scale);
        mode.converged = found.converged && std::abs(noise - mode.noise) < 1e-4 * mode.noise;
        mode.theta = std::move(found.x);
        mode.noise = noise;
    }
    return mode;
}

void predict_horizon(ProphetFit& fit, const Design& design, const Vector& theta) {
    Vector row(design.columns);
    for (std::size_t h = 0; h < design.series.horizon; ++h) {
        design.fill(design.series.y.size() + h, row);
        double trend = 0, rest = 0;
        for (std::size_t i = 0; i < row.size(); ++i) (i < 2 + design.changes ? trend : rest) += row[i] * theta[i];
        fit.trend_of_horizon.push_back(trend * fit.scale);
        fit.mean.push_back((trend + rest) * fit.scale);
    }
}

}  // namespace

ProphetFit fit_prophet(const ProphetSeries& series, const ProphetOptions& options) {
    ProphetFit fit;
    fit.scale = largest_of(series.y);
    if (!(fit.scale > 1e-200)) {
        fit.mean.assign(series.horizon, 0.0);
        fit.trend_of_horizon = fit.mean;
        fit.converged = true;
        return fit;
    }
    const Design design(series, options);
    const auto mode = mode_of(Moments(design, fit.scale), Priors(design), options.noise_scale);
    auto part = mode.theta.begin();
    const auto take = [&](std::size_t count) {
        Vector taken(part, part + static_cast<std::ptrdiff_t>(count));
        part += static_cast<std::ptrdiff_t>(count);
        return taken;
    };
    const auto trend = take(2);
    fit.slope = trend[0];
    fit.offset = trend[1];
    fit.changepoints = design.changepoints;
    fit.changes = take(design.changes);
    fit.seasons = take(design.columns - 2 - design.changes - series.regressors.size());
    fit.regressors = take(series.regressors.size());
    fit.noise = mode.noise;
    fit.converged = mode.converged;
    predict_horizon(fit, design, mode.theta);
    return fit;
}

}  // namespace suanpan::demand
