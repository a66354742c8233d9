#pragma once

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

enum class Errors { additive, relative };
enum class Trend { none, additive, damped };
enum class Season { none, additive, multiplicative };

// Which model of Hyndman et al. (2008), table 2.1, with their letters: ETS(M,Ad,A).
struct Form {
    Errors errors = Errors::additive;
    Trend trend = Trend::none;
    Season season = Season::none;
};

struct Smoothing {
    double alpha = 0, beta = 0, gamma = 0, phi = 1, level = 0, trend = 0;
};

struct Smoothed {
    Smoothing last;
    double squares = 0;    // of the errors, relative ones divided by the mean
    double log_means = 0;  // sum of log |mean|; only for relative errors
    bool defined = true;   // false where a mean that divides or multiplies is not above zero
};

// Runs over y from the first state. `season` holds the first cycle's, of the first period first, and the last cycle's
// afterwards, at the same places; errors are added to `residuals` where one is given.
[[nodiscard]] Smoothed smooth(std::span<const double> y, const Form& form, const Smoothing& first,
                              std::span<double> season, std::vector<double>* residuals = nullptr);

// Whether old errors fade away: every root of the characteristic polynomial of Hyndman et al. (2008), section 10.2,
// lies within the unit circle, by the test of Schur and Cohn.
[[nodiscard]] bool is_admissible(const Smoothing& parameters, std::size_t cycle);

}  // namespace suanpan::demand
