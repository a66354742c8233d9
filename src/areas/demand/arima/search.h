#pragma once

#include <functional>
#include <vector>

namespace suanpan::demand::arima {

using Point = std::vector<double>;

// Least sum of squares of residuals by Levenberg (1944) and Marquardt (1963) with forward differences. `residuals`
// fills its second argument, which has `count` numbers.
[[nodiscard]] Point least_residuals(const std::function<void(const Point&, std::vector<double>&)>& residuals,
                                    std::size_t count, Point start);

// Least value by BFGS (Broyden, Fletcher, Goldfarb and Shanno 1970) with forward differences and a backtracking line
// search, until a step gains less than `least_gain`. A value that is not finite is no way to go.
[[nodiscard]] Point least_value(const std::function<double(const Point&)>& value, Point start, double least_gain);

}  // namespace suanpan::demand::arima
