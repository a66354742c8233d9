#include "areas/stock/inventory/base_stock.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/stock/inventory/normal.h"

namespace suanpan::stock {
namespace {

Result<> check(const Replenishment& r) {
    const double values[] = {r.demand.mean, r.demand.sd, r.lead_time.mean, r.lead_time.sd, r.review};
    for (const double value : values)
        if (!(value >= 0 && std::isfinite(value)))
            return fail(ErrorCode::invalid_argument,
                        fmt::format("{:g} is no demand, deviation, lead time or review period", value));
    return {};
}

Result<> check_level(double level, std::string_view what) {
    if (level > 0 && level < 1) return {};
    return fail(ErrorCode::invalid_argument, fmt::format("a {} of {:g} is not between 0 and 1", what, level));
}

double shortage(const Normal& demand, double units) {
    if (demand.sd <= 0) return std::max(0.0, demand.mean - units);
    return demand.sd * normal_loss((units - demand.mean) / demand.sd);
}

}  // namespace

Normal protection_demand(const Replenishment& r) {
    const double periods = r.lead_time.mean + r.review;
    const double variance = periods * r.demand.sd * r.demand.sd + std::pow(r.demand.mean * r.lead_time.sd, 2);
    return {periods * r.demand.mean, std::sqrt(variance)};
}

Result<Level> base_stock(const Costs& costs, const Replenishment& replenishment) {
    TRY(check(replenishment));
    return newsvendor(costs, protection_demand(replenishment));
}

Result<double> base_stock_of_service(double service_level, const Replenishment& replenishment) {
    TRY(check(replenishment));
    TRY(check_level(service_level, "service level"));
    const auto demand = protection_demand(replenishment);
    return demand.mean + normal_quantile(service_level) * demand.sd;
}

Result<double> base_stock_of_fill_rate(double fill_rate, const Replenishment& replenishment) {
    TRY(check(replenishment));
    TRY(check_level(fill_rate, "fill rate"));
    auto before = replenishment;
    before.review = 0;
    const auto whole = protection_demand(replenishment), lead = protection_demand(before);
    const double allowed = (1 - fill_rate) * replenishment.review * replenishment.demand.mean;
    double low = 0, high = whole.mean + 40 * whole.sd + 1;
    for (int i = 0; i < 200 && high - low > 1e-10 * high; ++i) {
        const double middle = (low + high) / 2;
        (shortage(whole, middle) - shortage(lead, middle) > allowed ? low : high) = middle;
    }
    return high;
}

}  // namespace suanpan::stock
