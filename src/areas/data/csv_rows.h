#pragma once

#include <memory>

#include "areas/data/csv_table.h"
#include "platform/store/row_source.h"

namespace suanpan::data {

// The rows of a table with one fate, for statements: source_line, source_row (its number from 0) and the file's columns
// as texts.
class CsvRows : public store::RowSource {
  public:
    CsvRows(std::shared_ptr<const CsvTable> table, NullTexts nulls, std::uint8_t fate);
    [[nodiscard]] const std::vector<Column>& columns() const override { return columns_; }
    [[nodiscard]] std::size_t chunks() const override { return table_->chunks.size(); }
    [[nodiscard]] Result<std::size_t> fill(std::size_t chunk, store::ChunkWriter& to) const override;

  private:
    static constexpr std::size_t own_columns = 2;
    std::shared_ptr<const CsvTable> table_;
    NullTexts nulls_;
    std::uint8_t fate_;
    std::vector<Column> columns_;
};

}  // namespace suanpan::data
