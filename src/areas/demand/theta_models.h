#pragma once

#include <span>
#include <string>
#include <vector>

namespace suanpan::demand {

// The four Theta models of Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler (2016): the line's weight theta is 2
// (standard) or fitted (optimised), and the line is that of the whole sample or, dynamic, of what was seen so far.
enum class ThetaKind { standard, optimised, dynamic_standard, dynamic_optimised };

struct ThetaModel {
    ThetaKind kind = ThetaKind::standard;
    double level = 0;               // the first
    double alpha = 0.5, theta = 2;  // of the level's smoothing; of the line's weight 1 - 1 / theta
    double error = 0;               // mean squared one-step error in the sample, on the seasonally adjusted scale
    std::vector<double> mean;       // of the horizon
};

// Fits by least squared one-step errors (Nelder-Mead from alpha 0.5, theta 2, level y(1) / 2; alpha in [0.1, 0.99],
// theta >= 1) as statsforecast 2.1.1 does. Seasonal series are adjusted first, by multiplicative indices where the test
// of `theta` says so, by additive ones where an index is near 0.
[[nodiscard]] ThetaModel theta_model(std::span<const double> y, int season, ThetaKind kind, std::size_t horizon);

// The one of the four with the least squared error in the sample.
[[nodiscard]] ThetaModel auto_theta(std::span<const double> y, int season, std::size_t horizon);

// Whether |acf| at the season's lag is over 1.645 errors by Bartlett's formula, the test of R's thetaf.
[[nodiscard]] bool is_seasonal(std::span<const double> y, std::size_t m);

}  // namespace suanpan::demand
