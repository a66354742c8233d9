#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace suanpan::selection {

// A hash as the store hands it on, of 63 bits, with its bits where a hash table looks first.
[[nodiscard]] constexpr std::uint64_t spread(std::int64_t hash) {
    return static_cast<std::uint64_t>(hash) << 1;
}

// Numbers by 64-bit hashes, which are told apart by all their bits: open addressing, linear probing.
class HashTable {
  public:
    explicit HashTable(std::size_t most);  // entries that it has room for
    // Of a hash that is there already, the number stays and is returned; else 0.
    std::uint32_t add(std::uint64_t hash, std::uint32_t number);  // number: above 0
    // Of each hash its number; 0: not there. Many at a time, so that none waits for another's memory.
    void find(std::span<const std::uint64_t> hashes, std::span<std::uint32_t> numbers) const;

  private:
    struct Entry {
        std::uint64_t hash = 0;
        std::uint32_t number = 0;  // 0: a free place
    };
    [[nodiscard]] std::size_t place(std::uint64_t hash) const;

    int shift_ = 0;
    std::vector<Entry> entries_;
};

}  // namespace suanpan::selection
