#include "areas/selection/order_sizes.h"

#include <algorithm>
#include <utility>

#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

constexpr int first_bits = 14;
using Buckets = std::vector<std::vector<std::uint64_t>>;  // orders by the first bits of their hashes

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
    std::vector<Buckets> slices(thread_count(0), Buckets(std::size_t(1) << first_bits));
    {
        const auto table = TRY(connection.query("SELECT hash(order_id) FROM data.order_line"));
        in_slices(table.chunks(), slices.size(), [&](std::size_t slice, std::size_t first, std::size_t last) {
            for (auto chunk = first; chunk < last; ++chunk)
                for (const auto order : table.values<std::uint64_t>(chunk, 0))
                    slices[slice][bucket_of(order)].push_back(order);
        });
    }
    std::vector<std::vector<Size>> sizes(slices.front().size());
    in_parallel(sizes.size(), 0, [&](std::size_t bucket) {
        std::vector<std::uint64_t> orders;
        for (auto& slice : slices) {
            orders.insert(orders.end(), slice[bucket].begin(), slice[bucket].end());
            slice[bucket] = {};
        }
        sizes[bucket] = counted(std::move(orders));
    });
    std::size_t count = 0;
    for (const auto& some : sizes) count += some.size();
    HashTable several(count);
    for (const auto& some : sizes)
        for (const auto& [order, lines] : some) several.add(order, lines);
    return OrderSizes(std::move(several));
}

void OrderSizes::lines(std::span<const std::uint64_t> orders, std::span<std::uint32_t> lines) const {
    several_.find(orders, lines);
    for (auto& count : lines) count = std::max(1U, count);
}

}  // namespace suanpan::selection
