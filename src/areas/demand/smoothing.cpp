#include "areas/demand/smoothing.h"

#include <algorithm>
#include <cmath>

namespace suanpan::demand {
namespace {

using Point = std::vector<double>;

struct Corner {
    Point at;
    double value;
};

struct Search {
    const std::function<double(const Point&)>& function;
    const Simplex& simplex;
    int evaluations = 0;

    double value(const Point& point) {
        ++evaluations;
        const double found = function(point);
        return std::isfinite(found) ? found : 1e300;
    }

    // centre + factor (centre - worst), within the bounds.
    Corner reflect(const Point& centre, const Point& worst, double factor) {
        Point point(centre.size());
        for (std::size_t i = 0; i < point.size(); ++i)
            point[i] =
                std::clamp(centre[i] + factor * (centre[i] - worst[i]), simplex.bounds[i].low, simplex.bounds[i].high);
        const double found = value(point);
        return {std::move(point), found};
    }
};

Point centre_of(const std::vector<Corner>& corners) {
    Point centre(corners.front().at.size(), 0.0);
    for (std::size_t c = 0; c + 1 < corners.size(); ++c)
        for (std::size_t i = 0; i < centre.size(); ++i)
            centre[i] += corners[c].at[i] / static_cast<double>(corners.size() - 1);
    return centre;
}

void shrink(std::vector<Corner>& corners, Search& search) {
    for (std::size_t c = 1; c < corners.size(); ++c) {
        for (std::size_t i = 0; i < corners[c].at.size(); ++i)
            corners[c].at[i] = (corners[c].at[i] + corners[0].at[i]) / 2;
        corners[c].value = search.value(corners[c].at);
    }
}

void improve(std::vector<Corner>& corners, Search& search) {
    const auto centre = centre_of(corners);
    const auto worst = corners.back().at;
    auto reflected = search.reflect(centre, worst, 1.0);
    if (reflected.value < corners.front().value) {
        auto expanded = search.reflect(centre, worst, 2.0);
        corners.back() = expanded.value < reflected.value ? std::move(expanded) : std::move(reflected);
        return;
    }
    if (reflected.value < corners[corners.size() - 2].value) {
        corners.back() = std::move(reflected);
        return;
    }
    auto contracted = search.reflect(centre, worst, reflected.value < corners.back().value ? 0.5 : -0.5);
    if (contracted.value < std::min(reflected.value, corners.back().value))
        corners.back() = std::move(contracted);
    else
        shrink(corners, search);
}

}  // namespace

std::vector<double> minimise(const std::function<double(const Point&)>& function, const Simplex& simplex) {
    Search search{function, simplex};
    std::vector<Corner> corners{{simplex.start, search.value(simplex.start)}};
    for (std::size_t i = 0; i < simplex.start.size(); ++i) {
        Point point = simplex.start;
        const double up = point[i] + simplex.step[i];
        point[i] = up <= simplex.bounds[i].high ? up : point[i] - simplex.step[i];
        const double found = search.value(point);
        corners.push_back({std::move(point), found});
    }
    auto sort = [&] { std::ranges::stable_sort(corners, std::less<>{}, &Corner::value); };
    for (sort(); search.evaluations < simplex.most_evaluations; sort()) {
        if (corners.back().value - corners.front().value <=
            simplex.tolerance * (std::abs(corners.front().value) + 1e-12))
            break;
        improve(corners, search);
    }
    return corners.front().at;
}

namespace {

template <Errors errors, Season kind>
Smoothed run(std::span<const double> y, Smoothing state, std::span<double> season, std::vector<double>* residuals) {
    Smoothed done;
    double product = 1;
    std::size_t place = 0;
    for (const double value : y) {
        const double base = state.level + state.phi * state.trend;
        double* index = kind == Season::none ? nullptr : &season[place];
        double expected = base, by = 1, base_by = 1;
        if constexpr (kind == Season::additive) expected = base + *index;
        if constexpr (kind == Season::multiplicative) {
            expected = base * *index;
            by = *index;
            base_by = base;
            if (!(by > 1e-9) || !(base_by > 1e-9)) done.defined = false;
        }
        const double error = value - expected;
        double residual = error;
        if constexpr (errors == Errors::relative) {
            if (!(expected > 1e-9)) done.defined = false;
            residual = error / expected;
            product *= expected;
            if (!(product < 1e200) || product < 1e-200) {
                done.log_means += std::log(product);
                product = 1;
            }
        }
        if (!done.defined) return done;
        done.squares += residual * residual;
        if (residuals != nullptr) residuals->push_back(residual);
        state.level = base + state.alpha * error / by;
        state.trend = state.phi * state.trend + state.beta * error / by;
        if constexpr (kind != Season::none) {
            *index += state.gamma * error / base_by;
            if (++place == season.size()) place = 0;
        }
    }
    done.log_means += std::log(product);
    done.last = state;
    return done;
}

template <Errors errors>
Smoothed run_season(std::span<const double> y, Season kind, const Smoothing& first, std::span<double> season,
                    std::vector<double>* residuals) {
    if (kind == Season::none) return run<errors, Season::none>(y, first, season, residuals);
    if (kind == Season::additive) return run<errors, Season::additive>(y, first, season, residuals);
    return run<errors, Season::multiplicative>(y, first, season, residuals);
}

}  // namespace

Smoothed smooth(std::span<const double> y, const Form& form, const Smoothing& first, std::span<double> season,
                std::vector<double>* residuals) {
    if (form.errors == Errors::additive) return run_season<Errors::additive>(y, form.season, first, season, residuals);
    return run_season<Errors::relative>(y, form.season, first, season, residuals);
}

bool is_admissible(const Smoothing& p, std::size_t cycle) {
    // Coefficients from the constant upwards; the last is that of the highest power, 1.
    std::vector<double> a(cycle + 2, p.alpha + p.beta - p.alpha * p.phi);
    a[0] = p.phi * (1 - p.alpha - p.gamma);
    a[1] = p.alpha + p.beta - p.alpha * p.phi + p.gamma - 1;
    a[cycle] = p.alpha + p.beta - p.phi;
    a[cycle + 1] = 1;
    for (std::size_t degree = cycle + 1; degree > 0; --degree) {
        const double reflection = a[0] / a[degree];
        if (!(std::abs(reflection) < 1 + 1e-10)) return false;
        if (std::abs(reflection) > 1 - 1e-10) return true;  // on the circle, within rounding
        for (std::size_t low = 0, high = degree; low <= high; ++low, --high) {
            const double left = a[low], right = a[high];
            a[low] = left - reflection * right;
            a[high] = right - reflection * left;
            if (high == 0) break;
        }
        a.erase(a.begin());  // the constant is zero now: divide by the variable
    }
    return true;
}

}  // namespace suanpan::demand
