#include "areas/demand/arima/arma.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace suanpan::demand::arima {
namespace {

// Coefficients of 1 - c1 B - … with partial autocorrelations tanh(u), by the recursion of Durbin and Levinson.
std::vector<double> stable(std::span<const double> u) {
    std::vector<double> c(u.size()), before(u.size());
    for (std::size_t k = 0; k < u.size(); ++k) {
        const double partial = std::tanh(u[k]);
        std::copy_n(c.begin(), k, before.begin());
        for (std::size_t j = 0; j < k; ++j) c[j] = before[j] - partial * before[k - 1 - j];
        c[k] = partial;
    }
    return c;
}

// (1 - a1 B - …)(1 - s1 B^m - …), in the same form.
std::vector<double> product(const std::vector<double>& a, const std::vector<double>& s, std::size_t m) {
    std::vector<double> c(a.size() + s.size() * m, 0.0);
    std::ranges::copy(a, c.begin());
    for (std::size_t k = 0; k < s.size(); ++k) {
        c[(k + 1) * m - 1] += s[k];
        for (std::size_t j = 0; j < a.size(); ++j) c[(k + 1) * m + j] -= s[k] * a[j];
    }
    return c;
}

// The lags with a coefficient: seasonal polynomials are mostly zeros.
struct Terms {
    std::vector<std::size_t> lag;
    std::vector<double> value;

    explicit Terms(const std::vector<double>& coefficients) {
        for (std::size_t j = 0; j < coefficients.size(); ++j)
            if (coefficients[j] != 0) {
                lag.push_back(j + 1);
                value.push_back(coefficients[j]);
            }
    }
    // sum of value * x[t - lag], with zeros before the first.
    [[nodiscard]] double at(std::span<const double> x, std::size_t t) const {
        double sum = 0;
        for (std::size_t k = 0; k < lag.size() && lag[k] <= t; ++k) sum += value[k] * x[t - lag[k]];
        return sum;
    }
};

// Z's weights in X: psi(B) = theta(B) / phi(B).
std::vector<double> psi_weights(const Arma& arma, std::size_t count) {
    std::vector<double> psi(count, 0.0);
    for (std::size_t j = 0; j < count; ++j) {
        psi[j] = j == 0 ? 1 : (j <= arma.ma.size() ? arma.ma[j - 1] : 0);
        for (std::size_t i = 1; i <= std::min(j, arma.ar.size()); ++i) psi[j] += arma.ar[i - 1] * psi[j - i];
    }
    return psi;
}

// Solves a x = b in place by elimination with pivots; false where it is singular.
bool solve(std::vector<double>& a, std::vector<double>& b) {
    const std::size_t n = b.size();
    for (std::size_t k = 0; k < n; ++k) {
        std::size_t pivot = k;
        for (std::size_t i = k + 1; i < n; ++i)
            if (std::abs(a[i * n + k]) > std::abs(a[pivot * n + k])) pivot = i;
        if (!(std::abs(a[pivot * n + k]) > 1e-14)) return false;
        if (pivot != k) {
            std::swap_ranges(&a[k * n], &a[k * n] + n, &a[pivot * n]);
            std::swap(b[k], b[pivot]);
        }
        for (std::size_t i = k + 1; i < n; ++i) {
            const double factor = a[i * n + k] / a[k * n + k];
            if (factor == 0) continue;
            for (std::size_t j = k + 1; j < n; ++j) a[i * n + j] -= factor * a[k * n + j];
            b[i] -= factor * b[k];
        }
    }
    for (std::size_t k = n; k-- > 0;) {
        for (std::size_t j = k + 1; j < n; ++j) b[k] -= a[k * n + j] * b[j];
        b[k] /= a[k * n + k];
    }
    return true;
}

// Covariances of phi(B) X(t) = theta(B) Z(t) with X(t - k), k = 0 … q, for a variance of 1.
std::vector<double> cross_covariances(const Arma& arma) {
    const std::size_t q = arma.ma.size();
    const auto psi = psi_weights(arma, q + 1);
    std::vector<double> cross(q + 1, 0.0);
    for (std::size_t k = 0; k <= q; ++k)
        for (std::size_t j = k; j <= q; ++j) cross[k] += (j == 0 ? 1 : arma.ma[j - 1]) * psi[j - k];
    return cross;
}

// Autocovariances of X at lags 0 … count - 1, for a variance of 1; empty where there are none.
std::vector<double> autocovariances(const Arma& arma, const std::vector<double>& cross, std::size_t count) {
    const std::size_t p = arma.ar.size();
    std::vector<double> a((p + 1) * (p + 1), 0.0), gamma(p + 1, 0.0);
    for (std::size_t k = 0; k <= p; ++k) {
        a[k * (p + 1) + k] += 1;
        for (std::size_t i = 1; i <= p; ++i) a[k * (p + 1) + (i > k ? i - k : k - i)] -= arma.ar[i - 1];
        gamma[k] = k < cross.size() ? cross[k] : 0;
    }
    if (!solve(a, gamma)) return {};
    for (std::size_t k = p + 1; k < count; ++k) {
        double value = k < cross.size() ? cross[k] : 0;
        for (std::size_t i = 1; i <= p; ++i) value += arma.ar[i - 1] * gamma[k - i];
        gamma.push_back(value);
    }
    gamma.resize(count);
    return gamma;
}

// W(t) = X(t) for the first M = max(p, q) periods and phi(B) X(t) afterwards has a banded covariance. The factor L of
// W = L z is made row by row, for as long as it changes.
class Factor {
  public:
    explicit Factor(const Arma& arma) : arma_(arma), ar_(arma.ar), ma_(arma.ma) {
        start_ = std::max(arma.ar.size(), arma.ma.size());
        cross_ = cross_covariances(arma);
        gamma_ = autocovariances(arma, cross_, std::max<std::size_t>(1, start_));
        moving_.assign(arma.ma.size() + 1, 0.0);
        for (std::size_t k = 0; k < moving_.size(); ++k)
            for (std::size_t j = k; j < moving_.size(); ++j) moving_[k] += theta(j) * theta(j - k);
        defined_ = !gamma_.empty() && gamma_[0] > 0 && std::isfinite(gamma_[0]);
    }

    [[nodiscard]] bool defined() const { return defined_; }
    // Sum of the logarithms of the diagonal of the first `count` periods; once constant it is 1.
    [[nodiscard]] double log_diagonal(std::size_t count) const {
        double sum = 0;
        for (std::size_t t = 0; t < std::min(count, rows_); ++t) sum += std::log(rows_of_[t * width_ + width_ - 1]);
        return sum;
    }

    // Makes the factor's rows for `count` periods: a row is its diagonal and the `width_` - 1 numbers left of it.
    void make(std::size_t count) {
        width_ = std::max(start_, arma_.ma.size()) + 1;
        for (std::size_t t = 0; defined_ && t < count && !constant_; ++t) add_row(t);
    }

    // z of L z = W for x of which W is made.
    [[nodiscard]] std::vector<double> whiten(std::span<const double> x) const {
        std::vector<double> z(x.size());
        for (std::size_t t = 0; t < x.size(); ++t) {
            const double w = t < start_ ? x[t] : x[t] - ar_.at(x, t);
            z[t] = t < rows_ ? (w - row_product(t, z, t)) / rows_of_[t * width_ + width_ - 1] : w - ma_.at(z, t);
        }
        return z;
    }

    // The expected W at period t given z before `seen`.
    [[nodiscard]] double ahead(std::size_t t, const std::vector<double>& z, std::size_t seen) const {
        if (t < rows_) return row_product(t, z, seen);
        double sum = 0;
        for (std::size_t k = 0; k < ma_.lag.size() && ma_.lag[k] <= t; ++k)
            if (t - ma_.lag[k] < seen) sum += ma_.value[k] * z[t - ma_.lag[k]];
        return sum;
    }
    [[nodiscard]] std::size_t start() const { return start_; }
    [[nodiscard]] const Terms& ar() const { return ar_; }

  private:
    [[nodiscard]] double theta(std::size_t j) const { return j == 0 ? 1 : arma_.ma[j - 1]; }

    [[nodiscard]] double covariance(std::size_t t, std::size_t lag) const {
        if (t < start_) return gamma_[lag];
        if (lag > arma_.ma.size()) return 0;
        return t - lag < start_ ? cross_[lag] : moving_[lag];
    }

    [[nodiscard]] double row_product(std::size_t t, const std::vector<double>& z, std::size_t before) const {
        const std::size_t reach = t < start_ ? t : std::min(t, arma_.ma.size());
        const double* row = &rows_of_[t * width_ + width_ - 1 - reach];
        double sum = 0;
        for (std::size_t k = 0; k < reach && t - reach + k < before; ++k) sum += row[k] * z[t - reach + k];
        return sum;
    }

    void add_row(std::size_t t) {
        rows_of_.resize((t + 1) * width_, 0.0);
        double* row = &rows_of_[t * width_ + width_ - 1 - t];  // row[j] is L(t, j)
        const std::size_t first = t < start_ ? 0 : t - std::min(t, arma_.ma.size());
        double left = covariance(t, 0);
        for (std::size_t j = first; j < t; ++j) {
            const double* other = &rows_of_[j * width_ + width_ - 1 - j];
            const std::size_t other_first = j < start_ ? 0 : j - std::min(j, arma_.ma.size());
            double value = covariance(t, t - j);
            for (std::size_t k = std::max(first, other_first); k < j; ++k) value -= row[k] * other[k];
            row[j] = value / other[j];
            left -= row[j] * row[j];
        }
        defined_ = left > 1e-12 && std::isfinite(left);
        row[t] = std::sqrt(std::max(left, 1e-12));
        rows_ = t + 1;
        settled_ = t >= start_ && row[t] < 1 + 1e-9 ? settled_ + 1 : 0;
        constant_ = settled_ > arma_.ma.size();
    }

    const Arma& arma_;
    Terms ar_, ma_;
    std::vector<double> cross_, gamma_, moving_, rows_of_;
    std::size_t start_ = 0, width_ = 1, rows_ = 0, settled_ = 0;
    bool defined_ = true, constant_ = false;
};

std::vector<double> expected_ahead(const Factor& factor, std::span<const double> x, const std::vector<double>& z,
                                   std::size_t horizon) {
    std::vector<double> all(x.begin(), x.end());
    for (std::size_t h = 0; h < horizon; ++h) {
        const std::size_t t = all.size();
        all.push_back((t < factor.start() ? 0 : factor.ar().at(all, t)) + factor.ahead(t, z, x.size()));
    }
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(x.size()));
    return all;
}

}  // namespace

Arma arma_of(const Order& order, std::span<const double> point) {
    const auto take = [&](int count) {
        auto part = stable(point.first(static_cast<std::size_t>(count)));
        point = point.subspan(static_cast<std::size_t>(count));
        return part;
    };
    const auto ar = take(order.p), ma = take(order.q), seasonal_ar = take(order.P), seasonal_ma = take(order.Q);
    const auto m = static_cast<std::size_t>(order.m);
    Arma arma{product(ar, seasonal_ar, m), product(ma, seasonal_ma, m)};
    for (auto& value : arma.ma) value = -value;
    return arma;
}

double conditional_squares(std::span<const double> w, const Arma& arma, std::span<double> residuals) {
    const Terms ar(arma.ar), ma(arma.ma);
    double squares = 0;
    for (std::size_t t = 0; t < w.size(); ++t) {
        residuals[t] = w[t] - ar.at(w, t) - ma.at(residuals, t);
        squares += residuals[t] * residuals[t];
    }
    return squares;
}

std::vector<double> least_squares(Columns columns, std::vector<double> y) {
    const std::size_t n = y.size(), k = columns.size();
    std::vector<double> diagonal(k, 0.0), b(k, 0.0);
    for (std::size_t j = 0; j < std::min(n, k); ++j) {
        double size = 0, whole = 0;
        for (std::size_t i = 0; i < n; ++i) (i >= j ? size : whole) += columns[j][i] * columns[j][i];
        if (!(size > 1e-14 * (size + whole))) continue;  // depends on the columns before
        const double norm = columns[j][j] > 0 ? -std::sqrt(size) : std::sqrt(size);
        columns[j][j] -= norm;
        const double scale = -1 / (norm * columns[j][j]);
        const auto reflect = [&](std::vector<double>& other) {
            double sum = 0;
            for (std::size_t i = j; i < n; ++i) sum += columns[j][i] * other[i];
            for (std::size_t i = j; i < n; ++i) other[i] -= scale * sum * columns[j][i];
        };
        for (std::size_t l = j + 1; l < k; ++l) reflect(columns[l]);
        reflect(y);
        diagonal[j] = norm;
    }
    for (std::size_t j = std::min(n, k); j-- > 0;) {
        if (diagonal[j] == 0) continue;
        double value = y[j];
        for (std::size_t l = j + 1; l < k; ++l) value -= columns[l][j] * b[l];
        b[j] = value / diagonal[j];
    }
    return b;
}

Likelihood likelihood(std::span<const double> w, const Columns& regressors, const Arma& arma, std::size_t horizon) {
    Likelihood result;
    Factor factor(arma);
    factor.make(w.size() + horizon);
    if (!factor.defined() || w.size() <= factor.start()) return result;
    auto z = factor.whiten(w);
    Columns whitened;
    for (const auto& column : regressors) whitened.push_back(factor.whiten(column));
    result.coefficients = whitened.empty() ? std::vector<double>{} : least_squares(whitened, z);
    std::vector<double> x(w.begin(), w.end());
    for (std::size_t k = 0; k < whitened.size(); ++k)
        for (std::size_t t = 0; t < x.size(); ++t) {
            x[t] -= result.coefficients[k] * regressors[k][t];
            z[t] -= result.coefficients[k] * whitened[k][t];
        }
    double squares = 0;
    for (const double value : z) squares += value * value;
    const double n = double(w.size());
    result.variance = squares / n;
    result.defined = std::isfinite(squares);
    result.log_likelihood = -0.5 * n * (std::log(2 * std::numbers::pi * std::max(result.variance, 1e-300)) + 1) -
                            factor.log_diagonal(w.size());
    if (horizon > 0) result.ahead = expected_ahead(factor, x, z, horizon);
    result.innovations = std::move(z);
    return result;
}

}  // namespace suanpan::demand::arima
