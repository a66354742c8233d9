#include "areas/stock/inventory/newsvendor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/stock/inventory/normal.h"

namespace suanpan::stock {
namespace {

// Integral over `width` of probability of (x - units)+ where x goes from low to high at an even pace.
double shortage_of_part(double low, double high, double width, double units) {
    if (units <= low) return width * ((low + high) / 2 - units);
    if (units >= high) return 0;
    return width * (high - units) * (high - units) / (2 * (high - low));
}

double critical_ratio(const Costs& costs) {
    return costs.shortage / (costs.holding + costs.shortage);
}

}  // namespace

Result<> check(const Costs& costs) {
    if (!(costs.holding > 0 && std::isfinite(costs.holding)) ||
        !(costs.shortage > 0 && std::isfinite(costs.shortage)) || !(costs.fixed >= 0 && std::isfinite(costs.fixed)))
        return fail(ErrorCode::invalid_argument,
                    fmt::format("costs of holding {:g}, shortage {:g} and an order {:g}: the first two must be above "
                                "zero, the last not below",
                                costs.holding, costs.shortage, costs.fixed));
    return {};
}

Result<Level> newsvendor(const Costs& costs, const Normal& demand) {
    TRY(check(costs));
    if (!std::isfinite(demand.mean) || !(demand.sd >= 0 && std::isfinite(demand.sd)))
        return fail(ErrorCode::invalid_argument,
                    fmt::format("demand of mean {:g} and deviation {:g} is none", demand.mean, demand.sd));
    const double z = normal_quantile(critical_ratio(costs));
    return Level{demand.mean + z * demand.sd, (costs.holding + costs.shortage) * normal_density(z) * demand.sd};
}

Result<Level> newsvendor(const Costs& costs, const DiscreteDemand& demand) {
    TRY(check(costs));
    const auto units = demand.quantile(critical_ratio(costs));
    return Level{static_cast<double>(units),
                 costs.holding * demand.expected_leftover(units) + costs.shortage * demand.expected_shortage(units)};
}

Result<Level> newsvendor(const Costs& costs, const WindowDemand& demand) {
    TRY(check(costs));
    const double units = quantile(demand, critical_ratio(costs));
    return Level{units,
                 costs.holding * expected_leftover(demand, units) + costs.shortage * expected_shortage(demand, units)};
}

double expected_shortage(const WindowDemand& demand, double units) {
    const auto &levels = demand.levels, &values = demand.quantiles;
    if (levels.empty()) return std::max(0.0, demand.mean - units);
    double result = levels.front() * std::max(0.0, values.front() - units) +
                    (1 - levels.back()) * std::max(0.0, values.back() - units);
    for (std::size_t i = 1; i < levels.size(); ++i)
        result += shortage_of_part(values[i - 1], values[i], levels[i] - levels[i - 1], units);
    return result;
}

double expected_leftover(const WindowDemand& demand, double units) {
    // Of the distribution of the quantiles, whose mean need not be that of the forecast.
    return units + expected_shortage(demand, units) - expected_shortage(demand, 0) -
           (demand.levels.empty() ? std::min(0.0, demand.mean) : 0.0);
}

}  // namespace suanpan::stock
