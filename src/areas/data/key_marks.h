#pragma once

#include <atomic>
#include <bit>
#include <cstdint>
#include <vector>

namespace suanpan::data {

// Says of most keys of many rows, by their hashes, that no other row has them: one bit of 16 to 32 a row, so that about
// a fortieth of the keys is suspected for nothing. May be asked by several threads at once.
class KeyMarks {
  public:
    explicit KeyMarks(std::size_t rows) : words_(std::bit_ceil(rows * 16 + 1024) / 64) {}

    // Whether a key of this hash may have been marked before; marks it. Of rows with one key all but one are told.
    bool mark(std::uint64_t hash) {
        const auto bit = std::uint64_t(1) << (hash & 63);
        const std::atomic_ref word(words_[hash >> 6 & (words_.size() - 1)]);
        return (word.fetch_or(bit, std::memory_order_relaxed) & bit) != 0;
    }

  private:
    std::vector<std::uint64_t> words_;
};

}  // namespace suanpan::data
