#include "areas/selection/linear.h"

#include <algorithm>
#include <cmath>

#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

using engines::Rows;

void standardise(const Rows& rows, Linear& model) {
    std::vector<double> count(rows.columns), sum(rows.columns), square(rows.columns);
    for (std::size_t i = 0; i < rows.values.size(); ++i) {
        const double x = double(rows.values[i]);
        if (!std::isfinite(x)) continue;
        ++count[i % rows.columns];
        sum[i % rows.columns] += x;
        square[i % rows.columns] += x * x;
    }
    for (std::size_t c = 0; c < rows.columns; ++c) {
        const double n = std::max(1.0, count[c]), mean = sum[c] / n;
        const double deviation = std::sqrt(std::max(0.0, square[c] / n - mean * mean));
        model.mean.push_back(mean);
        model.scale.push_back(deviation > 1e-9 ? 1 / deviation : 0);
    }
}

void put(const Rows& rows, const Linear& model, std::size_t row, std::vector<double>& z) {
    for (std::size_t c = 0; c < rows.columns; ++c) {
        const double x = double(rows.values[row * rows.columns + c]);
        z[c] = std::isfinite(x) ? (x - model.mean[c]) * model.scale[c] : 0;
    }
}

// Solves A x = b of a symmetric positive definite A, by Cholesky's L L' in its lower half.
std::vector<double> solve(std::vector<double> a, std::vector<double> b) {
    const std::size_t n = b.size();
    for (std::size_t j = 0; j < n; ++j)
        for (std::size_t i = j; i < n; ++i) {
            double sum = a[i * n + j];
            for (std::size_t k = 0; k < j; ++k) sum -= a[i * n + k] * a[j * n + k];
            a[i * n + j] = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / a[j * n + j];
        }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
        b[i] /= a[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
        b[i] /= a[i * n + i];
    }
    return b;
}

}  // namespace

std::vector<double> Linear::predict(const Rows& rows) const {
    constexpr std::size_t block = 1024;
    std::vector<double> found(rows.count(), base);
    in_parallel((found.size() + block - 1) / block, 0, [&](std::size_t part) {
        std::vector<double> z(rows.columns);
        for (std::size_t row = part * block; row < std::min(found.size(), (part + 1) * block); ++row) {
            put(rows, *this, row, z);
            for (std::size_t c = 0; c < rows.columns; ++c) found[row] += slope[c] * z[c];
        }
    });
    return found;
}

Result<Linear> fit_linear(const engines::TrainingRows& rows, double ridge) {
    const auto& features = rows.features;
    const std::size_t n = features.columns, count = features.count();
    if (count == 0 || rows.labels.size() != count)
        return fail(ErrorCode::invalid_argument, "a linear model needs rows, and a label for each");
    Linear model;
    standardise(features, model);
    for (const float y : rows.labels) model.base += double(y) / static_cast<double>(count);
    std::vector<double> gram(n * n), moment(n), z(n);
    for (std::size_t row = 0; row < count; ++row) {
        put(features, model, row, z);
        for (std::size_t i = 0; i < n; ++i) {
            moment[i] += z[i] * (double(rows.labels[row]) - model.base);
            for (std::size_t j = 0; j <= i; ++j) gram[i * n + j] += z[i] * z[j];
        }
    }
    for (std::size_t i = 0; i < n; ++i) gram[i * n + i] += ridge * static_cast<double>(count);
    model.slope = solve(std::move(gram), std::move(moment));
    return model;
}

}  // namespace suanpan::selection
