#pragma once

#include <functional>
#include <limits>
#include <memory>

#include "areas/data/csv/table.h"
#include "platform/store/row_source.h"

namespace suanpan::data {

// The rows of a table with one fate, for statements: source_line, source_row (its number from 0), source_place (among
// the rows of its order, from 1; 0 where nobody numbers them) and the file's columns as texts.
class CsvRows : public store::RowSource {
  public:
    struct Part {
        std::uint8_t fate = 0;
        std::size_t first_chunk = 0, last_chunk = std::numeric_limits<std::size_t>::max();
    };
    // `given` hears how many rows a chunk had, from whichever thread made it.
    using Given = std::function<void(std::size_t rows)>;
    CsvRows(std::shared_ptr<const CsvTable> table, NullTexts nulls, Part part, Given given = [](std::size_t) {});
    [[nodiscard]] const std::vector<Column>& columns() const override { return columns_; }
    [[nodiscard]] std::size_t chunks() const override { return part_.last_chunk - part_.first_chunk; }
    [[nodiscard]] Result<std::size_t> fill(std::size_t chunk, store::ChunkWriter& to) const override;

  private:
    static constexpr std::size_t own_columns = own_names.size();
    [[nodiscard]] std::int64_t own_value(const CsvTable::Row& row, std::size_t column) const;
    std::shared_ptr<const CsvTable> table_;
    NullTexts nulls_;
    Part part_;
    Given given_;
    std::vector<Column> columns_;
};

}  // namespace suanpan::data
