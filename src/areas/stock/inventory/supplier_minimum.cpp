#include "areas/stock/inventory/supplier_minimum.h"

#include <fmt/format.h>

#include <cmath>
#include <queue>

namespace suanpan::stock {
namespace {

struct Next {
    double cover = 0;  // days, with the pack
    std::size_t line = 0;

    bool operator<(const Next& other) const {  // the shortest cover first
        return cover != other.cover ? cover > other.cover : line > other.line;
    }
};

Result<> check(const std::vector<SupplierLine>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (lines[i].pack <= 0 || lines[i].units < 0 || !(lines[i].unit_cost >= 0) ||
            !std::isfinite(lines[i].unit_cost) || !std::isfinite(lines[i].a_day) || !std::isfinite(lines[i].position))
            return fail(ErrorCode::invalid_argument, "packs must be above zero, units and costs not below",
                        fmt::format("line {}", i));
    return {};
}

}  // namespace

Result<SupplierOrder> reach_minimum(const std::vector<SupplierLine>& lines, const SupplierMinimum& minimum) {
    TRY(check(lines));
    SupplierOrder wanted;
    std::int64_t units = 0;
    for (const auto& line : lines) {
        wanted.units.push_back(line.units);
        wanted.value += static_cast<double>(line.units) * line.unit_cost;
        units += line.units;
    }
    if (units == 0 || wanted.value >= minimum.value) return wanted;

    auto order = wanted;
    std::priority_queue<Next> next;
    auto offer = [&](std::size_t i) {
        const auto& line = lines[i];
        const auto more = static_cast<double>(order.units[i] + line.pack);
        if (!(line.a_day > 0) || line.unit_cost <= 0 || more > line.most_units) return;
        const double cover = (line.position + more) / line.a_day;
        if (cover <= minimum.longest_cover) next.push({cover, i});
    };
    for (std::size_t i = 0; i < lines.size(); ++i) offer(i);
    while (order.value < minimum.value && !next.empty()) {
        const auto i = next.top().line;
        next.pop();
        order.units[i] += lines[i].pack;
        order.value += static_cast<double>(lines[i].pack) * lines[i].unit_cost;
        offer(i);
    }
    if (order.value >= minimum.value) return order;
    wanted.reached = false;
    return wanted;
}

}  // namespace suanpan::stock
