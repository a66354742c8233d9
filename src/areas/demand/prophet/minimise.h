#pragma once

#include <functional>
#include <span>
#include <vector>

namespace suanpan::demand {

// f(x) + sum of penalty[i] |x[i]|, f smooth.
struct Penalised {
    // Gives f and writes its gradient.
    std::function<double(std::span<const double> x, std::span<double> gradient)> smooth;
    std::vector<double> penalty;  // one a coordinate, at least 0
};

struct MinimiseOptions {
    int memory = 12;          // pairs of steps that curvature is learned from
    int most = 2000;          // iterations
    double tolerance = 1e-7;  // of the largest part of the pseudo-gradient
};

struct Minimum {
    std::vector<double> x;
    double value = 0;
    int iterations = 0;
    bool converged = false;
};

// L-BFGS (Nocedal 1980), where there are penalties by orthants (OWL-QN, Andrew and Gao 2007), so that penalised
// coordinates become exactly 0.
[[nodiscard]] Minimum minimise(const Penalised& problem, std::vector<double> start, const MinimiseOptions& options);

}  // namespace suanpan::demand
