#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "areas/data/csv/csv.h"

namespace csv = suanpan::data::csv;

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

// What is written by the rules reads back as it was.
void check_written(const csv::Cells& cells, char delimiter) {
    std::string row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) row += delimiter;
        row += '"';
        for (const char letter : cells[i]) row += letter == '"' ? std::string("\"\"") : std::string(1, letter);
        row += '"';
    }
    row += '\n';
    const auto size = csv::row_size(row, delimiter, csv::Text::whole);
    require(size && size->bytes == row.size() && !size->open_quote);
    csv::Cells again;
    require(again.split(row, delimiter) == csv::Fault::none && again.size() == cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) require(again[i] == cells[i]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view whole(reinterpret_cast<const char*>(data), size);
    const char delimiter = csv::find_delimiter(whole.substr(0, whole.find('\n')));
    csv::Cells cells;
    for (auto text = whole; !text.empty();) {
        const auto row = csv::row_size(text, delimiter, csv::Text::whole);
        require(row && row->bytes > 0 && row->bytes <= text.size() && row->lines > 0);
        if (row->open_quote) break;
        const auto fault = cells.split(text.substr(0, row->bytes), delimiter);
        require(fault == csv::Fault::blank || cells.size() > 0);
        if (fault == csv::Fault::none) check_written(cells, delimiter);
        text.remove_prefix(row->bytes);
    }
    require(csv::is_utf8(csv::readable(whole)));
    return 0;
}
