#include "areas/selection/order_sizes.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <utility>

#include "areas/selection/shares.h"
#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

constexpr std::string_view orders_sql =
    "SELECT count(*) FROM data.order_line WHERE passes(?, (hash(order_id) >> 1)::BIGINT)";

class OrderSink : public store::RowFilter {
  public:
    void judge(Columns columns, std::span<bool> passes) override {
        std::ranges::fill(passes, false);
        const auto lease = seen_.borrow();
        for (const auto hash : columns[0]) (*lease).add(spread(hash));
    }
    [[nodiscard]] std::vector<OrderBuckets*> seen() const {
        std::vector<OrderBuckets*> all;
        for (const auto& some : seen_.all()) all.push_back(some.get());
        return all;
    }

  private:
    Shares<OrderBuckets> seen_{[] { return OrderBuckets(); }};
};

// All orders of a bucket, taken out of it.
std::vector<std::uint64_t> take(std::span<OrderBuckets* const> from, std::size_t bucket) {
    std::vector<std::uint64_t> orders;
    for (auto* some : from) {
        orders.insert(orders.end(), (*some)[bucket].begin(), (*some)[bucket].end());
        (*some)[bucket] = {};
    }
    return orders;
}

}  // namespace

// Of one bucket, whose first bits say nothing: the bits after them are where an order is looked for.
std::vector<OrderSizes::Size> OrderSizes::counted(const std::vector<std::uint64_t>& orders) {
    const auto bits = std::bit_width(2 * orders.size() + 1);
    std::vector<Size> places(std::size_t(1) << bits);
    for (const auto order : orders) {
        auto at = (order << OrderBuckets::first_bits) >> (64 - bits);
        while (places[at].lines != 0 && places[at].order != order) at = (at + 1) % places.size();
        places[at] = {order, places[at].lines + 1};
    }
    std::erase_if(places, [](const Size& size) { return size.lines < 2; });
    return places;
}

OrderSizes OrderSizes::count(std::span<OrderBuckets* const> orders) {
    std::vector<std::vector<Size>> sizes(OrderBuckets::count);
    in_parallel(sizes.size(), 0, [&](std::size_t bucket) { sizes[bucket] = counted(take(orders, bucket)); });
    std::size_t most = 0;
    for (const auto& some : sizes) most += some.size();
    HashTable several(most);
    for (const auto& some : sizes)
        for (const auto& [order, lines] : some) several.add(order, lines);
    return OrderSizes(std::move(several));
}

Result<OrderSizes> OrderSizes::read(store::Connection& connection) {
    const auto sink = std::make_shared<OrderSink>();
    const auto offer = connection.offer(sink);
    TRY(connection.query(orders_sql, offer.number()));
    return count(sink->seen());
}

void OrderSizes::lines(std::span<const std::uint64_t> orders, std::span<std::uint32_t> lines) const {
    several_.find(orders, lines);
    for (auto& count : lines) count = std::max(1U, count);
}

}  // namespace suanpan::selection
