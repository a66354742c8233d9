#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "areas/selection/hash_table.h"
#include "platform/store/connection.h"

namespace suanpan::selection {

// How many lines each order has. Orders are told by the hashes of their ids (DuckDB's, spread), which are far quicker
// to count than texts.
class OrderSizes {
  public:
    [[nodiscard]] static Result<OrderSizes> read(store::Connection& connection);
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
