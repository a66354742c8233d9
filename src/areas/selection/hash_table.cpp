#include "areas/selection/hash_table.h"

#include <bit>

namespace suanpan::selection {

HashTable::HashTable(std::size_t most) {
    const auto bits = std::bit_width(2 * most + 1);
    shift_ = 64 - static_cast<int>(bits);
    entries_.resize(std::size_t(1) << bits);
}

// The entry of the hash, or the free one where it would be.
std::size_t HashTable::place(std::uint64_t hash) const {
    auto at = hash >> shift_;
    while (entries_[at].number != 0 && entries_[at].hash != hash) at = (at + 1) % entries_.size();
    return at;
}

std::uint32_t HashTable::add(std::uint64_t hash, std::uint32_t number) {
    auto& entry = entries_[place(hash)];
    if (entry.number != 0) return entry.number;
    entry = {hash, number};
    return 0;
}

void HashTable::find(std::span<const std::uint64_t> hashes, std::span<std::uint32_t> numbers) const {
    for (const auto hash : hashes) __builtin_prefetch(&entries_[hash >> shift_]);
    for (std::size_t i = 0; i < hashes.size(); ++i) numbers[i] = entries_[place(hashes[i])].number;
}

}  // namespace suanpan::selection
