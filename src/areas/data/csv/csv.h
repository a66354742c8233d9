#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Delimited text as RFC 4180 describes it: cells may be quoted, a quote in a quoted cell is doubled, a quoted cell may
// hold delimiters and line breaks. Lines end with LF or CR LF. A quote within an unquoted cell stands for itself.
namespace suanpan::data::csv {

enum class Fault : std::uint8_t {
    none,
    blank,        // nothing but its line end; no row at all
    after_quote,  // text between a closing quote and the delimiter
    nul,
    not_utf8,
    too_few,  // cells; found by whoever knows how many there should be
    too_many,
};

// The cells of a row; views into the row, or into the object where a cell had doubled quotes.
class Cells {
  public:
    // The row is one that row_size measured. The views hold until the next call, those into the row as long as it does.
    Fault split(std::string_view row, char delimiter);

    [[nodiscard]] std::size_t size() const { return cells_.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t index) const { return cells_[index]; }
    // Whether a cell's view is into the row.
    [[nodiscard]] bool in_row(std::size_t index) const { return unescaped_.empty() || !is_unescaped(cells_[index]); }

  private:
    Fault split_quoted(std::string_view row, char delimiter);
    [[nodiscard]] std::string_view unescape(std::string_view quoted);
    [[nodiscard]] bool is_unescaped(std::string_view cell) const;
    std::vector<std::string_view> cells_;
    std::string unescaped_;
};

// The bytes of the first row of the text, with its line end. None where the text ends within the row and more may come,
// that is unless `text_is_whole`.
enum class Text { whole, goes_on };
struct RowSize {
    std::size_t bytes = 0;
    std::size_t lines = 1;    // of the file that the row takes
    bool open_quote = false;  // the text is whole and ends within a quoted cell
};
[[nodiscard]] std::optional<RowSize> row_size(std::string_view text, char delimiter, Text rest);

// The row without its line end.
[[nodiscard]] std::string_view without_line_end(std::string_view row);

// The delimiter that a header has most of, outside quotes: comma, semicolon, tab or bar; comma where it has none.
[[nodiscard]] char find_delimiter(std::string_view header);

[[nodiscard]] bool is_utf8(std::string_view text);
// Each byte that is not UTF-8, and each NUL, replaced by U+FFFD.
[[nodiscard]] std::string readable(std::string_view text);

}  // namespace suanpan::data::csv
