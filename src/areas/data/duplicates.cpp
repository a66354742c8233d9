#include "areas/data/duplicates.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "areas/data/csv_table.h"

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
    const auto hash = hash_of(canonical(cells, row));
    hashes_.back() = hash;
    if (2 * used_ >= slots_.size()) grow();
    auto& slot = slot_of(hash);
    const auto number = static_cast<std::uint32_t>(hashes_.size() - 1);
    if (slot != 0) {
        suspects_.emplace_back(number, slot - 1);
    } else {
        slot = number + 1;
        ++used_;
    }
}

// A text that is the same for equal rows: most rows as they are.
std::string_view DuplicateFinder::canonical(const csv::Cells& cells, std::string_view row) {
    bool plain = !row.contains('"');
    for (std::size_t i = 0; plain && i < cells.size(); ++i) plain = cells[i].empty() || !nulls_.contains(cells[i]);
    if (plain) return csv::without_line_end(row);
    canonical_.clear();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) canonical_ += delimiter_;
        if (!nulls_.contains(cells[i])) canonical_ += cells[i];
    }
    return canonical_;
}

std::uint32_t& DuplicateFinder::slot_of(std::uint64_t hash) {
    const auto mask = slots_.size() - 1;
    auto at = static_cast<std::size_t>(hash) & mask;
    while (slots_[at] != 0 && hashes_[slots_[at] - 1] != hash) at = (at + 1) & mask;
    return slots_[at];
}

void DuplicateFinder::grow() {
    const auto old = std::exchange(slots_, std::vector<std::uint32_t>(std::max<std::size_t>(2 * slots_.size(), 1024)));
    for (const auto row : old)
        if (row != 0) slot_of(hashes_[row - 1]) = row;
}

bool DuplicateFinder::are_equal(const csv::Cells& one, const csv::Cells& other) const {
    for (std::size_t i = 0; i < one.size(); ++i)
        if (one[i] != other[i] && !(nulls_.contains(one[i]) && nulls_.contains(other[i]))) return false;
    return true;
}

Result<std::vector<std::uint32_t>> DuplicateFinder::confirmed(const CsvTable& table) const {
    std::vector<std::uint32_t> rows;
    csv::Cells cells, first_cells;
    for (const auto& [row, first] : suspects_) {
        const auto text = TRY(text_of(table, row)), first_text = TRY(text_of(table, first));
        cells.split(text, table.delimiter);
        first_cells.split(first_text, table.delimiter);
        if (are_equal(cells, first_cells)) rows.push_back(row);
    }
    return rows;
}

}  // namespace suanpan::data
