#include "areas/demand/arima/search.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace suanpan::demand::arima {
namespace {

double squares_of(const std::vector<double>& residuals) {
    return std::inner_product(residuals.begin(), residuals.end(), residuals.begin(), 0.0);
}

// (J'J + damping diag(J'J)) step = -J'r by Cholesky; false where it is not positive definite.
bool damped_step(const std::vector<double>& normal, const Point& gradient, double damping, Point& step) {
    const std::size_t k = gradient.size();
    auto a = normal;
    for (std::size_t i = 0; i < k; ++i) a[i * k + i] *= 1 + damping;
    for (std::size_t i = 0; i < k; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = a[i * k + j];
            for (std::size_t l = 0; l < j; ++l) sum -= a[i * k + l] * a[j * k + l];
            if (i == j && !(sum > 1e-300)) return false;
            a[i * k + j] = i == j ? std::sqrt(sum) : sum / a[j * k + j];
        }
    for (std::size_t i = 0; i < k; ++i) {
        step[i] = -gradient[i];
        for (std::size_t l = 0; l < i; ++l) step[i] -= a[i * k + l] * step[l];
        step[i] /= a[i * k + i];
    }
    for (std::size_t i = k; i-- > 0;) {
        for (std::size_t l = i + 1; l < k; ++l) step[i] -= a[l * k + i] * step[l];
        step[i] /= a[i * k + i];
    }
    return true;
}

Point moved(const Point& from, const Point& step, double factor) {
    Point to = from;
    for (std::size_t i = 0; i < to.size(); ++i) to[i] = std::clamp(from[i] + factor * step[i], -6.0, 6.0);
    return to;
}

}  // namespace

Point least_residuals(const std::function<void(const Point&, std::vector<double>&)>& residuals, std::size_t count,
                      Point start) {
    const std::size_t k = start.size();
    std::vector<double> now(count), other(count), normal(k * k);
    std::vector<std::vector<double>> slopes(k, std::vector<double>(count));
    Point gradient(k), step(k);
    residuals(start, now);
    double least = squares_of(now), damping = 1e-2;
    for (int round = 0; round < 12; ++round) {
        for (std::size_t i = 0; i < k; ++i) {
            auto aside = start;
            aside[i] += 1e-5;
            residuals(aside, other);
            for (std::size_t t = 0; t < count; ++t) slopes[i][t] = (other[t] - now[t]) / 1e-5;
        }
        for (std::size_t i = 0; i < k; ++i) {
            gradient[i] = std::inner_product(now.begin(), now.end(), slopes[i].begin(), 0.0);
            for (std::size_t j = 0; j <= i; ++j)
                normal[i * k + j] = normal[j * k + i] =
                    std::inner_product(slopes[i].begin(), slopes[i].end(), slopes[j].begin(), 0.0);
        }
        bool better = false;
        const double before = least;
        for (int trial = 0; trial < 6 && !better; ++trial) {
            if (damped_step(normal, gradient, damping, step)) {
                auto to = moved(start, step, 1);
                residuals(to, other);
                if (const double found = squares_of(other); found < least) {
                    least = found;
                    start = std::move(to);
                    now = other;
                    better = true;
                }
            }
            damping = better ? damping / 10 : damping * 10;
        }
        if (!better || before - least < 1e-6 * before) break;
    }
    return start;
}

Point least_value(const std::function<double(const Point&)>& value, Point start, double least_gain) {
    constexpr int most_steps = 40;
    const std::size_t k = start.size();
    std::vector<double> inverse(k * k, 0.0);
    for (std::size_t i = 0; i < k; ++i) inverse[i * k + i] = 1;
    const auto gradient_at = [&](const Point& at, double here) {
        Point gradient(k);
        for (std::size_t i = 0; i < k; ++i) {
            auto aside = at;
            aside[i] += 1e-5;
            gradient[i] = (value(aside) - here) / 1e-5;
            if (!std::isfinite(gradient[i])) gradient[i] = 0;
        }
        return gradient;
    };
    double least = value(start);
    if (!std::isfinite(least)) return start;
    auto gradient = gradient_at(start, least);
    for (int round = 0; round < most_steps; ++round) {
        Point step(k, 0.0);
        double slope = 0, longest = 0;
        for (std::size_t i = 0; i < k; ++i) {
            for (std::size_t j = 0; j < k; ++j) step[i] -= inverse[i * k + j] * gradient[j];
            slope += step[i] * gradient[i];
            longest = std::max(longest, std::abs(step[i]));
        }
        if (!(slope < 0)) {
            for (std::size_t i = 0; i < k; ++i) step[i] = -gradient[i];
            slope = -std::inner_product(gradient.begin(), gradient.end(), gradient.begin(), 0.0);
            for (const double part : step) longest = std::max(longest, std::abs(part));
        }
        if (longest < 1e-6) break;
        double factor = std::min(1.0, 1.0 / longest), found = least;
        Point to;
        bool better = false;
        for (int trial = 0; trial < 12 && !better; ++trial, factor /= 3) {
            to = moved(start, step, factor);
            found = value(to);
            better = std::isfinite(found) && found < least + 1e-4 * factor * slope;
        }
        if (!better) break;
        const auto next = gradient_at(to, found);
        Point s(k), y(k), hy(k, 0.0);
        double sy = 0, yhy = 0;
        for (std::size_t i = 0; i < k; ++i) {
            s[i] = to[i] - start[i];
            y[i] = next[i] - gradient[i];
            sy += s[i] * y[i];
        }
        for (std::size_t i = 0; i < k; ++i) {
            for (std::size_t j = 0; j < k; ++j) hy[i] += inverse[i * k + j] * y[j];
            yhy += y[i] * hy[i];
        }
        if (sy > 1e-12)
            for (std::size_t i = 0; i < k; ++i)
                for (std::size_t j = 0; j < k; ++j)
                    inverse[i * k + j] += (1 + yhy / sy) * s[i] * s[j] / sy - (hy[i] * s[j] + s[i] * hy[j]) / sy;
        const double gained = least - found;
        start = to;
        gradient = next;
        least = found;
        if (gained < least_gain) break;
    }
    return start;
}

}  // namespace suanpan::demand::arima
