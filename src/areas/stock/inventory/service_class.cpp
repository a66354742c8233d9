#include "areas/stock/inventory/service_class.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace suanpan::stock {
namespace {

Result<> check(const ClassOptions& o) {
    if (!(0 < o.a_share && o.a_share <= o.b_share && o.b_share <= 1))
        return fail(
            ErrorCode::invalid_argument,
            fmt::format("shares of {:g} for A and {:g} for B must rise and lie between 0 and 1", o.a_share, o.b_share));
    if (!(0 <= o.x_variation && o.x_variation <= o.y_variation))
        return fail(ErrorCode::invalid_argument,
                    fmt::format("variations of {:g} for X and {:g} for Y must rise", o.x_variation, o.y_variation));
    for (const auto& row : o.service)
        for (const double level : row)
            if (!(level > 0 && level < 1))
                return fail(ErrorCode::invalid_argument,
                            fmt::format("a service level of {:g} is not between 0 and 1", level));
    return {};
}

std::size_t row_of_xyz(const ItemUse& item, const ClassOptions& options) {
    if (!(item.mean > 0)) return 2;
    const double variation = item.deviation / item.mean;
    return variation <= options.x_variation ? 0 : variation <= options.y_variation ? 1 : 2;
}

}  // namespace

Result<std::vector<ServiceClass>> classify(const std::vector<ItemUse>& items, const ClassOptions& options) {
    TRY(check(options));
    double total = 0;
    for (const auto& item : items) {
        if (!std::isfinite(item.value) || !std::isfinite(item.mean) || !std::isfinite(item.deviation))
            return fail(ErrorCode::invalid_argument, "an item's value or demand is not a finite number");
        total += std::max(0.0, item.value);
    }
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return items[i].value; });
    std::vector<ServiceClass> classes(items.size());
    double before = 0;
    for (const auto i : order) {
        // What brings nothing is C, wherever the sums stand.
        const double value = std::max(0.0, items[i].value);
        const double share = total > 0 ? before / total : 1;
        const std::size_t row = value <= 0 ? 2 : share < options.a_share ? 0 : share < options.b_share ? 1 : 2;
        const std::size_t column = row_of_xyz(items[i], options);
        classes[i] = {static_cast<char>('A' + row), static_cast<char>('X' + column), options.service[row][column]};
        before += value;
    }
    return classes;
}

}  // namespace suanpan::stock
