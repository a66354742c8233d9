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

Smoothed smooth(std::span<const double> y, Smoothing state, std::vector<double>* residuals) {
    double squares = 0;
    for (const double value : y) {
        const double expected = state.level + state.phi * state.trend;
        const double error = value - expected;
        squares += error * error;
        if (residuals != nullptr) residuals->push_back(error);
        state.level = expected + state.alpha * error;
        state.trend = state.phi * state.trend + state.beta * error;
    }
    return {state, squares};
}

}  // namespace suanpan::demand
