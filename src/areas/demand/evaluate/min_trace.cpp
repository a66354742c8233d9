#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/demand/evaluate/hierarchy.h"

namespace suanpan::demand {
namespace {

using Vector = std::vector<double>;
using Errors = std::vector<const Vector*>;

constexpr std::size_t most_nodes = 4000;

// W = lambda D + (1 - lambda) E E' / T, never formed: variables are the series, then the nodes.
struct Covariance {
    const Errors& errors;
    double lambda = 1, times = 1;
    Vector diagonal;

    Covariance(const Errors& of, double share) : errors(of), lambda(share), times(double(of.front()->size())) {
        double sum = 0;
        for (const auto* error : errors) {
            double square = 0;
            for (const double e : *error) square += e * e;
            diagonal.push_back(square / times);
            sum += diagonal.back();
        }
        // A variable that was never wrong would be held fast, and two that contradict one another would have no answer.
        const double least = std::max(1e-12, 1e-6 * sum / double(errors.size()));
        for (auto& variance : diagonal) variance = std::max(variance, least);
    }
};

// Solves a x = b for a symmetric positive definite a (n by n, by rows) by Cholesky's factors, in place.
class Cholesky {
  public:
    Cholesky(Vector matrix, std::size_t size) : a_(std::move(matrix)), n_(size) {
        for (std::size_t j = 0; j < n_; ++j) {
            for (std::size_t i = j; i < n_; ++i) {
                double sum = a_[i * n_ + j];
                for (std::size_t k = 0; k < j; ++k) sum -= a_[i * n_ + k] * a_[j * n_ + k];
                if (i == j)
                    a_[j * n_ + j] = std::sqrt(std::max(sum, 1e-300));
                else
                    a_[i * n_ + j] = sum / a_[j * n_ + j];
            }
        }
    }
    [[nodiscard]] Vector solve(Vector b) const {
        for (std::size_t i = 0; i < n_; ++i) {
            for (std::size_t k = 0; k < i; ++k) b[i] -= a_[i * n_ + k] * b[k];
            b[i] /= a_[i * n_ + i];
        }
        for (std::size_t i = n_; i-- > 0;) {
            for (std::size_t k = i + 1; k < n_; ++k) b[i] -= a_[k * n_ + i] * b[k];
            b[i] /= a_[i * n_ + i];
        }
        return b;
    }

  private:
    Vector a_;
    std::size_t n_;
};

// E' C': of each node, its errors less the sum of its series'. [node][time]
std::vector<Vector> constraint_errors(const Hierarchy& hierarchy, const PastErrors& errors) {
    std::vector<Vector> result = errors.nodes;
    for (std::size_t node = 0; node < result.size(); ++node)
        for (const auto s : hierarchy.nodes[node].series)
            for (std::size_t t = 0; t < result[node].size(); ++t) result[node][t] -= errors.series[s][t];
    return result;
}

double dot(const Vector& a, const Vector& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

// C W C'
Vector constraint_covariance(const Hierarchy& hierarchy, const Covariance& w, const std::vector<Vector>& violated) {
    const auto count = hierarchy.nodes.size(), series = w.diagonal.size() - count;
    Vector matrix(count * count);
    std::vector<std::vector<std::size_t>> of_series(series);
    for (std::size_t node = 0; node < count; ++node) {
        for (const auto s : hierarchy.nodes[node].series) of_series[s].push_back(node);
        matrix[node * count + node] = w.lambda * w.diagonal[series + node];
    }
    for (std::size_t s = 0; s < series; ++s)  // nodes that share a series
        for (const auto i : of_series[s])
            for (const auto j : of_series[s]) matrix[i * count + j] += w.lambda * w.diagonal[s];
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j < count; ++j)
            matrix[i * count + j] += (1 - w.lambda) * dot(violated[i], violated[j]) / w.times;
    return matrix;
}

// W C' x, over series and nodes.
Vector moved_by(const Hierarchy& hierarchy, const Covariance& w, const std::vector<Vector>& violated, const Vector& x) {
    const auto count = hierarchy.nodes.size(), series = w.diagonal.size() - count;
    Vector constrained(w.diagonal.size(), 0.0), along(violated.empty() ? 0 : violated[0].size(), 0.0);
    for (std::size_t node = 0; node < count; ++node) {
        constrained[series + node] = x[node];
        for (const auto s : hierarchy.nodes[node].series) constrained[s] -= x[node];
        for (std::size_t t = 0; t < along.size(); ++t) along[t] += violated[node][t] * x[node];
    }
    for (std::size_t i = 0; i < constrained.size(); ++i)
        constrained[i] =
            w.lambda * w.diagonal[i] * constrained[i] + (1 - w.lambda) * dot(*w.errors[i], along) / w.times;
    return constrained;
}

Result<> check(const Hierarchy& hierarchy, const PastErrors& errors) {
    if (hierarchy.nodes.size() > most_nodes)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("the hierarchy has {} sums; reconciling takes at most {}: leave out a category",
                                hierarchy.nodes.size(), most_nodes));
    if (errors.series.empty() || errors.series.front().empty() || errors.nodes.size() != hierarchy.nodes.size())
        return fail(
            ErrorCode::invalid_argument,
            "reconciling weighs forecasts by their errors before the split, and there are none: give --windows 1 "
            "or longer series");
    return {};
}

}  // namespace

double shrinkage(const Errors& errors) {
    const auto count = errors.size();
    const auto times = double(errors.front()->size());
    if (times < 2) return 1;
    std::vector<Vector> standard;
    for (const auto* error : errors) {
        const double deviation = std::sqrt(dot(*error, *error) / times);
        standard.push_back(*error);
        for (auto& e : standard.back()) e = deviation > 0 ? e / deviation : 0;
    }
    double variances = 0, squares = 0;
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j < i; ++j) {
            double mean = 0, square = 0;
            for (std::size_t t = 0; t < standard[i].size(); ++t) {
                const double product = standard[i][t] * standard[j][t];
                mean += product;
                square += product * product;
            }
            mean /= times;
            variances += (square - times * mean * mean) / (times * (times - 1));
            squares += mean * mean;
        }
    return squares > 0 ? std::clamp(variances / squares, 0.0, 1.0) : 1;
}

Result<Levelled> min_trace(const Levelled& base, const Hierarchy& hierarchy, const PastErrors& errors) {
    TRY(check(hierarchy, errors));
    Errors all;
    for (const auto& error : errors.series) all.push_back(&error);
    for (const auto& error : errors.nodes) all.push_back(&error);
    const Covariance w(all, std::max(1e-3, shrinkage(all)));  // never of less rank than it has variables
    const auto violated = constraint_errors(hierarchy, errors);
    const Cholesky factors(constraint_covariance(hierarchy, w, violated), hierarchy.nodes.size());
    auto result = base;
    const auto sums = bottom_up(base, hierarchy);
    const auto horizon = base.nodes.empty() ? 0 : base.nodes.front().size();
    for (std::size_t h = 0; h < horizon; ++h) {
        Vector gap;
        for (std::size_t node = 0; node < base.nodes.size(); ++node)
            gap.push_back(base.nodes[node][h] - sums.nodes[node][h]);
        const auto moved = moved_by(hierarchy, w, violated, factors.solve(std::move(gap)));
        for (std::size_t s = 0; s < base.series.size(); ++s)
            result.series[s][h] = std::max(0.0, base.series[s][h] - moved[s]);
    }
    return bottom_up(result, hierarchy);
}

}  // namespace suanpan::demand
