#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "platform/store/connection.h"

namespace suanpan::selection {

// How many lines each order has. Orders are told by the hashes of their ids (DuckDB's), which are far quicker to count
// than texts.
class OrderSizes {
  public:
    [[nodiscard]] static Result<OrderSizes> read(store::Connection& connection);
    // Of each order its lines. Many at a time, so that none waits for another's memory.
    void lines(std::span<const std::uint64_t> orders, std::span<std::uint32_t> lines) const;

  private:
    struct Size {
        std::uint64_t order = 0;
        std::uint32_t lines = 0;  // 0: a free place
    };
    static std::vector<Size> counted(std::vector<std::uint64_t> orders);
    explicit OrderSizes(const std::vector<std::vector<Size>>& sizes);
    [[nodiscard]] std::size_t place(std::uint64_t order) const { return order >> shift_; }

    int shift_ = 0;
    std::vector<Size> places_;  // orders of several lines, each at the first free place from its hash's first bits on
};

}  // namespace suanpan::selection
