#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "areas/selection/hash_table.h"
#include "platform/store/connection.h"

namespace suanpan::selection {

// Orders of lines, in no order, by the first bits of their hashes.
class OrderBuckets {
  public:
    static constexpr int first_bits = 10;
    static constexpr std::size_t count = std::size_t(1) << first_bits;

    void add(std::uint64_t order) { buckets_[order >> (64 - first_bits)].push_back(order); }
    [[nodiscard]] std::vector<std::uint64_t>& operator[](std::size_t bucket) { return buckets_[bucket]; }

  private:
    std::vector<std::vector<std::uint64_t>> buckets_{count};
};

// How many lines each order has. Orders are told by the hashes of their ids (DuckDB's, spread), which are far quicker
// to count than texts.
class OrderSizes {
  public:
    [[nodiscard]] static Result<OrderSizes> read(store::Connection& connection);
    // Of all lines, each in one of the buckets, which are emptied.
    [[nodiscard]] static OrderSizes count(std::span<OrderBuckets* const> orders);
    // Of each order its lines. Many at a time, so that none waits for another's memory.
    void lines(std::span<const std::uint64_t> orders, std::span<std::uint32_t> lines) const;

  private:
    struct Size {
        std::uint64_t order = 0;
        std::uint32_t lines = 0;
    };
    static std::vector<Size> counted(const std::vector<std::uint64_t>& orders);
    explicit OrderSizes(HashTable several) : several_(std::move(several)) {}

    HashTable several_;  // lines of orders that have more than one
};

}  // namespace suanpan::selection
