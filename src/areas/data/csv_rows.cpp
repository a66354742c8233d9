#include "areas/data/csv_rows.h"

#include <utility>

namespace suanpan::data {

static_assert(CsvTable::chunk_rows == store::RowSource::chunk_rows);

CsvRows::CsvRows(std::shared_ptr<const CsvTable> table, NullTexts nulls, std::uint8_t fate)
    : table_(std::move(table)), nulls_(std::move(nulls)), fate_(fate) {
    columns_ = {{"source_line", Column::Kind::whole}, {"source_row", Column::Kind::whole}};
    for (const auto& name : table_->columns) columns_.push_back({name, Column::Kind::text});
}

Result<std::size_t> CsvRows::fill(std::size_t chunk, store::ChunkWriter& to) const {
    const auto& [offset, line, one_line_each] = table_->chunks[chunk];
    std::size_t bytes = 0, count = 0;
    for (auto row = chunk * chunk_rows; row < table_->sizes.size() && row < (chunk + 1) * chunk_rows; ++row)
        bytes += table_->sizes[row];
    const bool lasting = table_->text->in_memory(offset, bytes);
    csv::Cells cells;
    TRY(table_->each_row(chunk, fate_, [&](const CsvTable::Row& row) -> Result<> {
        cells.split(row.text, table_->delimiter);
        for (const auto& [column, place] : to.wanted()) {
            if (column < own_columns) {
                to.put_whole(place, count, static_cast<std::int64_t>(column == 0 ? row.line : row.number));
                continue;
            }
            const auto cell = cells[column - own_columns];
            if (nulls_.contains(cell))
                to.put_null(place, count);
            else if (lasting && cells.in_row(column - own_columns))
                to.put_lasting(place, count, cell);
            else
                to.put_text(place, count, cell);
        }
        ++count;
        return {};
    }));
    return count;
}

}  // namespace suanpan::data
