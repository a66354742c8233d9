#include "areas/data/duplicates.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <string>
#include <utility>

#include "areas/data/csv/table.h"

namespace suanpan::data {
namespace {

// Folds the 128 bits of a product (wyhash's mixing step).
std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const auto product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

constexpr std::uint64_t odd = 0x9e3779b97f4a7c15, other_odd = 0xd6e8feb86659fd93;

std::uint64_t hash_of(std::string_view text) {
    auto hash = mix(text.size() ^ odd, other_odd);
    for (; text.size() > 8; text.remove_prefix(8)) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), 8);
        hash = mix(hash ^ word, other_odd);
    }
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), text.size());
    return mix(hash ^ word, odd);
}

Result<std::string> text_of(const CsvTable& table, std::uint32_t row) {
    const auto chunk = row / CsvTable::chunk_rows;
    auto offset = table.chunks[chunk].offset;
    for (auto before = chunk * CsvTable::chunk_rows; before < row; ++before) offset += table.sizes[before];
    std::string buffer;
    return std::string(TRY(table.text->read(offset, table.sizes[row], buffer)));
}

}  // namespace

void DuplicateFinder::add(const csv::Cells& cells, std::string_view row, csv::Fault fault) {
    hashes_.push_back(0);
    if (fault != csv::Fault::none) return;
    hashes_.back() = std::max<std::uint64_t>(hash_of(canonical(cells, row)), 1);
}

// A text that is the same for equal rows: most rows as they are.
std::string_view DuplicateFinder::canonical(const csv::Cells& cells, std::string_view row) {
    bool plain = !row.contains('"');
    for (std::size_t i = 0; plain && i < cells.size(); ++i) plain = cells[i].empty() || !nulls_.contains(cells[i]);
    if (plain) return csv::without_line_end(row);
    canonical_.clear();
    const std::string_view null = nulls_.contains("") ? "" : std::string_view("\0", 1);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) canonical_ += delimiter_;
        canonical_ += nulls_.contains(cells[i]) ? null : cells[i];
    }
    return canonical_;
}

// Rows are dealt into buckets by hash first, so that each bucket's table fits the processor's nearest cache.
std::vector<DuplicateFinder::Suspect> DuplicateFinder::suspects() const {
    constexpr std::size_t bucket_rows = 2048;
    const auto buckets = std::bit_ceil(hashes_.size() / bucket_rows + 1);
    std::vector<std::size_t> ends(buckets + 1);
    const auto bucket_of = [&](std::uint64_t hash) { return static_cast<std::size_t>(hash) & (buckets - 1); };
    for (const auto hash : hashes_) ++ends[bucket_of(hash) + 1];
    for (std::size_t i = 1; i <= buckets; ++i) ends[i] += ends[i - 1];
    const auto begins = ends;
    std::vector<std::uint32_t> rows(hashes_.size());
    for (std::uint32_t row = 0; row < hashes_.size(); ++row) rows[ends[bucket_of(hashes_[row])]++] = row;
    std::vector<Suspect> found;
    std::vector<std::uint32_t> slots;  // open addressing; row + 1, 0 is free
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
        const std::span bucket_of_rows(rows.begin() + std::ptrdiff_t(begins[bucket]), ends[bucket] - begins[bucket]);
        slots.assign(std::bit_ceil(2 * bucket_of_rows.size() + 1), 0);
        for (const auto row : bucket_of_rows) {
            const auto hash = hashes_[row];
            if (hash == 0) continue;
            auto at = static_cast<std::size_t>(hash >> 32) & (slots.size() - 1);
            while (slots[at] != 0 && hashes_[slots[at] - 1] != hash) at = (at + 1) & (slots.size() - 1);
            if (slots[at] == 0)
                slots[at] = row + 1;
            else
                found.push_back({row, slots[at] - 1});
        }
    }
    return found;
}

bool DuplicateFinder::are_equal(const csv::Cells& one, const csv::Cells& other) const {
    for (std::size_t i = 0; i < one.size(); ++i)
        if (one[i] != other[i] && !(nulls_.contains(one[i]) && nulls_.contains(other[i]))) return false;
    return true;
}

Result<std::vector<std::uint32_t>> DuplicateFinder::confirmed(const CsvTable& table) const {
    std::vector<std::uint32_t> rows;
    csv::Cells cells, first_cells;
    for (const auto& [row, first] : suspects()) {
        const auto text = TRY(text_of(table, row)), first_text = TRY(text_of(table, first));
        cells.split(text, table.delimiter);
        first_cells.split(first_text, table.delimiter);
        if (are_equal(cells, first_cells)) rows.push_back(row);
    }
    return rows;
}

}  // namespace suanpan::data
