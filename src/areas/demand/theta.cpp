#include <algorithm>
#include <cmath>
#include <numeric>

#include "areas/demand/decompose.h"
#include "areas/demand/method.h"
#include "areas/demand/theta_models.h"

namespace suanpan::demand {
Path theta(std::span<const double> y, int season) {
    const auto m = static_cast<std::size_t>(std::max(1, season));
    std::vector<double> adjusted(y.begin(), y.end());
    const auto indices = is_seasonal(y, m) ? multiplicative_indices(y, m) : std::vector<double>{};
    if (!indices.empty())
        for (std::size_t t = 0; t < adjusted.size(); ++t) adjusted[t] /= indices[t % m];
    auto path = simple_exponential_smoothing(adjusted, 1);
    path.method = "theta";
    // The slope of the least-squares line, halved: eq. 5 of Hyndman and Billah.
    const double n = double(y.size());
    double over = 0;
    for (std::size_t t = 0; t < adjusted.size(); ++t) over += adjusted[t] * (double(t) - (n - 1) / 2);
    path.trend = y.size() > 2 ? over * 12 / (n * (n * n - 1)) / 2 : 0;
    path.level += path.trend * ((1 - std::pow(1 - path.alpha, n)) / path.alpha - 1);
    if (!indices.empty()) {
        path.multiplicative = true;
        for (std::size_t h = 0; h < m; ++h) path.season.push_back(indices[(y.size() + h) % m]);
        for (std::size_t t = 0; t < path.residuals.size(); ++t) path.residuals[t] *= indices[t % m];
    }
    return path;
}

}  // namespace suanpan::demand
