#include "areas/data/csv/csv.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "platform/base/utf8.h"

namespace suanpan::data::csv {
namespace {

constexpr char quote = '"';
constexpr std::uint64_t ones = 0x0101010101010101, lows = 0x7f7f7f7f7f7f7f7f, highs = 0x8080808080808080;
static_assert(std::endian::native == std::endian::little, "the first byte of a word is taken for its lowest");

// The high bit of each byte that is zero, exactly (Warren, Hacker's Delight, section 6-1).
constexpr std::uint64_t zero_bytes(std::uint64_t word) {
    return ~(((word & lows) + lows) | word | lows);
}

// Eight bytes of a text; behind its end, spaces.
std::uint64_t word_at(std::string_view text, std::size_t at) {
    std::uint64_t word = ones * ' ';
    if (at + sizeof(word) <= text.size())
        std::memcpy(&word, text.data() + at, sizeof(word));
    else
        std::memcpy(&word, text.data() + at, text.size() - at);
    return word;
}

std::size_t lines_of(std::string_view row) {
    return static_cast<std::size_t>(std::ranges::count(row, '\n')) + (row.ends_with('\n') ? 0 : 1);
}

// The position of the delimiter or line feed that ends the unquoted cell at `at`; the text's size where none does.
std::size_t cell_end(std::string_view text, std::size_t at, char delimiter) {
    while (at < text.size() && text[at] != delimiter && text[at] != '\n') ++at;
    return at;
}

// The position after the closing quote of the cell that opens at `at`; none where nothing closes it.
std::optional<std::size_t> closing_end(std::string_view text, std::size_t at) {
    for (++at;; at += 2) {
        at = text.find(quote, at);
        if (at == std::string_view::npos) return std::nullopt;
        if (at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
    }
}

}  // namespace

bool is_utf8(std::string_view text) {
    return suanpan::is_utf8(text);
}

std::string readable(std::string_view text) {
    return suanpan::readable(text);
}

std::string_view without_line_end(std::string_view row) {
    if (row.ends_with('\n')) row.remove_suffix(1);
    if (row.ends_with('\r')) row.remove_suffix(1);
    return row;
}

std::optional<RowSize> row_size(std::string_view text, char delimiter, Text rest) {
    const auto at_end = [&](bool open) {
        return rest == Text::whole ? std::optional(RowSize{text.size(), lines_of(text), open}) : std::nullopt;
    };
    const auto line = text.find('\n');
    const auto first_line = text.substr(0, line);
    if (first_line.find(quote) == std::string_view::npos)
        return line == std::string_view::npos ? at_end(false) : RowSize{line + 1};
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == quote) {
            const auto closed = closing_end(text, at);
            if (!closed) return at_end(true);
            at = *closed;
        }
        at = cell_end(text, at, delimiter);
        if (at == text.size()) break;
        if (text[at++] == '\n') return RowSize{at, lines_of(text.substr(0, at))};
    }
    return at_end(false);
}

Fault Cells::split(std::string_view row, char delimiter) {
    cells_.clear();
    unescaped_.clear();
    row = without_line_end(row);
    if (row.empty()) return Fault::blank;
    const std::uint64_t delimiters = ones * static_cast<unsigned char>(delimiter), quotes = ones * quote;
    std::uint64_t quoted = 0, nuls = 0, foreign = 0;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < row.size(); at += sizeof(std::uint64_t)) {
        const auto word = word_at(row, at);
        quoted |= zero_bytes(word ^ quotes);
        nuls |= zero_bytes(word);
        foreign |= word & highs;
        for (auto found = zero_bytes(word ^ delimiters); found != 0; found &= found - 1) {
            const auto end = at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
            if (end >= row.size()) break;
            cells_.push_back(row.substr(begin, end - begin));
            begin = end + 1;
        }
    }
    cells_.push_back(row.substr(begin));
    if (nuls != 0) return Fault::nul;
    if (foreign != 0 && !is_utf8(row)) return Fault::not_utf8;
    return quoted == 0 ? Fault::none : split_quoted(row, delimiter);
}

Fault Cells::split_quoted(std::string_view row, char delimiter) {
    cells_.clear();
    unescaped_.reserve(row.size());  // so that views into it stay
    for (std::size_t at = 0;; ++at) {
        if (at < row.size() && row[at] == quote) {
            const auto closed = closing_end(row, at).value_or(row.size());
            const auto end = std::min(closed, row.size());
            cells_.push_back(unescape(row.substr(at + 1, end - std::min(end, at + 2))));
            if (end < row.size() && row[end] != delimiter) return Fault::after_quote;
            at = end;
        } else {
            const auto end = std::min(row.find(delimiter, at), row.size());
            cells_.push_back(row.substr(at, end - at));
            at = end;
        }
        if (at >= row.size()) return Fault::none;
    }
}

std::string_view Cells::unescape(std::string_view quoted) {
    if (quoted.find(quote) == std::string_view::npos) return quoted;
    const auto begin = unescaped_.size();
    for (std::size_t at = 0; at < quoted.size(); ++at) {
        unescaped_ += quoted[at];
        if (quoted[at] == quote) ++at;
    }
    return std::string_view(unescaped_).substr(begin);
}

bool Cells::is_unescaped(std::string_view cell) const {
    return cell.data() >= unescaped_.data() && cell.data() < unescaped_.data() + unescaped_.size();
}

char find_delimiter(std::string_view header) {
    constexpr std::array<char, 4> candidates = {',', ';', '\t', '|'};
    std::array<std::size_t, candidates.size()> counts{};
    bool quoted = false;
    for (const char letter : header) {
        quoted ^= letter == quote;
        if (quoted) continue;
        for (std::size_t i = 0; i < candidates.size(); ++i) counts[i] += letter == candidates[i] ? 1 : 0;
    }
    return candidates[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

}  // namespace suanpan::data::csv
