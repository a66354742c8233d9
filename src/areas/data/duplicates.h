#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "areas/data/csv/csv.h"
#include "platform/base/result.h"

namespace suanpan::data {

class NullTexts;
struct CsvTable;

// Finds rows that are equal to an earlier one in every cell, where all texts that stand for no value are equal. Rows
// are found by hash and then compared in full.
class DuplicateFinder {
  public:
    explicit DuplicateFinder(const NullTexts& nulls) : nulls_(nulls) {}

    // The next row of the table; one that is not sound is equal to none.
    void add(const csv::Cells& cells, std::string_view row, csv::Fault fault);
    void set_delimiter(char delimiter) { delimiter_ = delimiter; }

    // The numbers of the duplicates.
    [[nodiscard]] Result<std::vector<std::uint32_t>> confirmed(const CsvTable& table) const;

  private:
    struct Suspect {
        std::uint32_t row = 0, first = 0;  // the first row of the same hash
    };
    [[nodiscard]] std::vector<Suspect> suspects() const;
    [[nodiscard]] bool are_equal(const csv::Cells& one, const csv::Cells& other) const;

    [[nodiscard]] std::string_view canonical(const csv::Cells& cells, std::string_view row);

    const NullTexts& nulls_;
    char delimiter_ = ',';
    std::string canonical_;
    std::vector<std::uint64_t> hashes_;  // by row; 0: not sound
};

}  // namespace suanpan::data
