#include "areas/selection/order_sizes.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

constexpr int first_bits = 14;

std::size_t bucket_of(std::uint64_t order) {
    return order >> (64 - first_bits);
}

}  // namespace

std::vector<OrderSizes::Size> OrderSizes::counted(std::vector<std::uint64_t> orders) {
    std::ranges::sort(orders);
    std::vector<Size> sizes;
    for (std::size_t first = 0, last = 0; first < orders.size(); first = last) {
        while (last < orders.size() && orders[last] == orders[first]) ++last;
        if (last - first > 1) sizes.push_back({orders[first], static_cast<std::uint32_t>(last - first)});
    }
    return sizes;
}

Result<OrderSizes> OrderSizes::read(store::Connection& connection) {
    std::vector<std::vector<std::uint64_t>> orders(std::size_t(1) << first_bits);
    {
        const auto table = TRY(connection.query("SELECT hash(order_id) FROM data.order_line"));
        for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk)
            for (const auto order : table.values<std::uint64_t>(chunk, 0)) orders[bucket_of(order)].push_back(order);
    }
    std::vector<std::vector<Size>> sizes(orders.size());
    in_parallel(orders.size(), 0,
                [&](std::size_t bucket) { sizes[bucket] = counted(std::exchange(orders[bucket], {})); });
    return OrderSizes(sizes);
}

OrderSizes::OrderSizes(const std::vector<std::vector<Size>>& sizes) {
    std::size_t count = 0;
    for (const auto& some : sizes) count += some.size();
    const auto bits = std::bit_width(2 * count + 1);
    shift_ = 64 - static_cast<int>(bits);
    places_.resize(std::size_t(1) << bits);
    for (const auto& some : sizes)
        for (const auto& size : some) {
            auto at = place(size.order);
            while (places_[at].lines != 0) at = (at + 1) % places_.size();
            places_[at] = size;
        }
}

void OrderSizes::lines(std::span<const std::uint64_t> orders, std::span<std::uint32_t> lines) const {
    for (const auto order : orders) __builtin_prefetch(&places_[place(order)]);
    for (std::size_t i = 0; i < orders.size(); ++i) {
        auto at = place(orders[i]);
        while (places_[at].lines != 0 && places_[at].order != orders[i]) at = (at + 1) % places_.size();
        lines[i] = std::max(1U, places_[at].lines);
    }
}

}  // namespace suanpan::selection
