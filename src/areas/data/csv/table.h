#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "areas/data/csv/csv.h"
#include "areas/data/csv/text_file.h"

namespace suanpan::data {

// The texts that stand for no value; only the empty one where none are given.
class NullTexts {
  public:
    explicit NullTexts(std::vector<std::string> texts);
    [[nodiscard]] bool contains(std::string_view text) const {
        return (sizes_ >> std::min<std::size_t>(text.size(), 63) & 1) != 0 && is_listed(text);
    }

  private:
    [[nodiscard]] bool is_listed(std::string_view text) const;
    std::vector<std::string> texts_;
    std::uint64_t sizes_ = 0;  // bit n: one has n bytes; bit 63: or more
};

// What becomes of a row: the number of the target that takes it, or one of these.
struct Fate {
    static constexpr std::uint8_t targets = 200;  // the most there may be
    static constexpr std::uint8_t faulty = 251, unrouted = 252, duplicate = 253, unreadable = 254, blank = 255;
};

// The program's own names beside the file's columns.
inline constexpr auto own_names = std::to_array<std::string_view>({"source_line", "source_row", "source_place"});

// Where the rows of a table lie in their text: 5 bytes a row, the text is read again as it is needed.
struct CsvTable {
    static constexpr std::size_t chunk_rows = 2048;
    struct Chunk {
        std::uint64_t offset = 0, line = 0;  // of its first row; lines are the file's, from 1
        bool one_line_each = true;
    };

    std::shared_ptr<const TextFile> text;
    char delimiter = ',';
    std::vector<std::string> columns;  // distinct, in the file's order
    std::vector<Chunk> chunks;
    std::vector<std::uint32_t> sizes;   // bytes of each row with its line end
    std::vector<std::uint8_t> fates;    // 0 for each sound row at first
    std::vector<std::uint32_t> places;  // of each row in its order, see route.h; empty where lines are not numbered

    [[nodiscard]] std::int64_t count(std::uint8_t fate) const;

    struct Row {
        std::uint64_t number = 0, line = 0;
        std::string_view text;
    };
    // The rows of a chunk with this fate, in the file's order.
    [[nodiscard]] Result<> each_row(std::size_t chunk, std::uint8_t fate,
                                    const std::function<Result<>(const Row&)>& function) const;
};

// Why the cells are no row of the table; in a sentence for the quarantine.
[[nodiscard]] std::string reason_of(csv::Fault fault, const csv::Cells& cells, const CsvTable& table);

// Splits the row; besides the faults of `split`, too few or too many cells.
[[nodiscard]] csv::Fault split_row(csv::Cells& cells, std::string_view row, const CsvTable& table);

enum class Duplicates { keep, find };
struct CsvOptions {
    std::string delimiter;  // empty: found out
    std::vector<std::string> null_texts;
    Duplicates duplicates = Duplicates::keep;  // find: a row equal to an earlier one in every cell is a duplicate
    std::function<void(std::size_t rows)> progress = [](std::size_t) {};
    // Hears the columns before any row is read; its error ends the reading.
    std::function<Result<>(const std::vector<std::string>&)> columns = [](const std::vector<std::string>&) {
        return Result<>();
    };
};

// Finds the rows while the text is still being unpacked. Finding duplicates takes 16 more bytes a row meanwhile.
// Errors: those of the text; invalid_argument for no header, a header that is not UTF-8, a quote that never closes, a
// row longer than 16 MiB.
[[nodiscard]] Result<CsvTable> index_csv(std::shared_ptr<const TextFile> text, const CsvOptions& options);

}  // namespace suanpan::data
