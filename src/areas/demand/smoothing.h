#pragma once

#include <array>
#include <functional>
#include <span>
#include <vector>

namespace suanpan::demand {

// Nelder and Mead (1965) on a box: coordinates are held within their bounds. Returns the best point found.
struct Bounds {
    double low, high;
};
struct Simplex {
    std::vector<double> start;
    std::vector<double> step;
    std::vector<Bounds> bounds;
    int most_evaluations = 400;
    double tolerance = 1e-8;  // relative spread of the values at which it stops
};
[[nodiscard]] std::vector<double> minimise(const std::function<double(const std::vector<double>&)>& function,
                                           const Simplex& simplex);

// Damped-trend exponential smoothing in error-correction form (Hyndman et al. 2008, table 2.2, additive errors).
struct Smoothing {
    double alpha = 0, beta = 0, phi = 1, level = 0, trend = 0;
};

// Runs over y from the first state; gives the last state and the sum of squared one-step errors, and adds the errors to
// `residuals` where one is given.
struct Smoothed {
    Smoothing last;
    double squares = 0;
};
[[nodiscard]] Smoothed smooth(std::span<const double> y, Smoothing first, std::vector<double>* residuals = nullptr);

}  // namespace suanpan::demand
