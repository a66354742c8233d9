#pragma once

#include <cstdint>
#include <span>

namespace suanpan::store {

// Decides in the program which rows of a statement pass, and may note what it sees. Asked for each row once, by several
// threads at once and in no particular order.
class RowFilter {
  public:
    using Columns = std::span<const std::span<const std::int64_t>>;

    RowFilter() = default;
    RowFilter(const RowFilter&) = delete;
    RowFilter& operator=(const RowFilter&) = delete;
    virtual ~RowFilter() = default;

    // The values of some rows by column; `passes` has a place for each row.
    virtual void judge(Columns columns, std::span<bool> passes) = 0;
};

}  // namespace suanpan::store
