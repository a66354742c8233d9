#pragma once

#include <span>
#include <vector>

namespace suanpan::demand::arima {

// ARIMA(p,d,q)(P,D,Q)[m] with regressors, among them a mean or drift (Box and Jenkins 1970; Hyndman and Khandakar
// 2008).
struct Order {
    int p = 0, d = 0, q = 0, P = 0, D = 0, Q = 0, m = 1;
    bool constant = false;  // a mean where d + D = 0, a drift where it is 1

    bool operator==(const Order&) const = default;
    auto operator<=>(const Order&) const = default;
    [[nodiscard]] int coefficients() const { return p + q + P + Q; }
    // Of the expanded polynomials.
    [[nodiscard]] std::size_t ar_degree() const { return static_cast<std::size_t>(p + P * m); }
    [[nodiscard]] std::size_t ma_degree() const { return static_cast<std::size_t>(q + Q * m); }
};

// phi(B) X = theta(B) Z, phi(B) = 1 - ar[0] B - …, theta(B) = 1 + ma[0] B + …; seasonal factors multiplied out.
struct Arma {
    std::vector<double> ar, ma;
};

// Coefficients from a point of the search: every factor is stationary or invertible whatever the point, by partial
// autocorrelations tanh(u) (Monahan 1984). The point holds p, q, P, Q numbers in this order.
[[nodiscard]] Arma arma_of(const Order& order, std::span<const double> point);

// Sum of squares of the residuals where everything before the first value is 0 (conditional sum of squares).
// `residuals` has the length of w and holds them afterwards.
double conditional_squares(std::span<const double> w, const Arma& arma, std::span<double> residuals);

// The exact Gaussian likelihood of w given regressors, whose coefficients and variance are at their best for the ARMA:
// the innovations form of Ansley (1979), Brockwell and Davis (1991), section 8.7, by a banded Cholesky factor that
// becomes constant once it has converged.
struct Likelihood {
    bool defined = false;
    double log_likelihood = 0;
    double variance = 0;               // of the innovations
    std::vector<double> coefficients;  // of the regressors
    std::vector<double> innovations;   // of w less the regressors, standardised by their own variance
    std::vector<double> ahead;         // the next `horizon` expected values of w less the regressors
};
using Columns = std::vector<std::vector<double>>;  // regressors, each as long as w
[[nodiscard]] Likelihood likelihood(std::span<const double> w, const Columns& regressors, const Arma& arma,
                                    std::size_t horizon);

// Best coefficients b of y = X b in the least squares, by Householder reflections; columns that depend on others get 0.
[[nodiscard]] std::vector<double> least_squares(Columns columns, std::vector<double> y);

}  // namespace suanpan::demand::arima
