#include "areas/data/csv/rows.h"

#include <algorithm>
#include <utility>

namespace suanpan::data {

static_assert(CsvTable::chunk_rows == store::RowSource::chunk_rows);

CsvRows::CsvRows(std::shared_ptr<const CsvTable> table, NullTexts nulls, Part part, Given given)
    : table_(std::move(table)), nulls_(std::move(nulls)), part_(part), given_(std::move(given)) {
    part_.last_chunk = std::min(part.last_chunk, table_->chunks.size());
    for (const auto name : own_names) columns_.push_back({std::string(name), Column::Kind::whole});
    for (const auto& name : table_->columns) columns_.push_back({name, Column::Kind::text});
}

Result<std::size_t> CsvRows::fill(std::size_t number, store::ChunkWriter& to) const {
    const auto chunk = part_.first_chunk + number;
    const auto& [offset, line, one_line_each] = table_->chunks[chunk];
    std::size_t bytes = 0, count = 0;
    for (auto row = chunk * chunk_rows; row < table_->sizes.size() && row < (chunk + 1) * chunk_rows; ++row)
        bytes += table_->sizes[row];
    const bool lasting = table_->text->in_memory(offset, bytes);
    csv::Cells cells;
    TRY(table_->each_row(chunk, part_.fate, [&](const CsvTable::Row& row) -> Result<> {
        cells.split(row.text, table_->delimiter);
        for (const auto& [column, place] : to.wanted()) {
            if (column < own_columns) {
                to.put_whole(place, count, own_value(row, column));
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
    given_(count);
    return count;
}

std::int64_t CsvRows::own_value(const CsvTable::Row& row, std::size_t column) const {
    if (column == 2) return table_->places.empty() ? 0 : table_->places[row.number];
    return static_cast<std::int64_t>(column == 0 ? row.line : row.number);
}

}  // namespace suanpan::data
