#include "areas/data/sources/csv_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "areas/data/sources/encoding.h"

namespace suanpan::data {
namespace {

constexpr std::string_view refused_begin("\"\0", 2);

void add_quoted(std::string_view text, std::string& row) {
    for (const char letter : text) {
        row += letter;
        if (letter == '"') row += '"';
    }
}

std::optional<Unreadable> parse_refused(std::string_view row) {
    row = csv::without_line_end(row);
    if (!row.starts_with(refused_begin) || !row.ends_with('"')) return std::nullopt;
    row = row.substr(2, row.size() - 3);
    const auto middle = row.find('\0');
    if (middle == std::string_view::npos) return std::nullopt;
    Unreadable found{std::string(row.substr(0, middle)), ""};
    for (auto at = middle + 1; at < row.size(); ++at) {
        found.text += row[at];
        if (row[at] == '"') ++at;
    }
    found.text = csv::readable(found.text);
    return found;
}

// What the row would be in the encoding that makes sense of it, so that nobody has to look for the bytes.
Unreadable describe_foreign(std::string_view row) {
    const auto found = detect_encoding(std::string(row) + "\n");
    if (found == Encoding::gb18030 || found == Encoding::windows1252) {
        if (auto decoder = LineDecoder::of(found, std::string(name(found)))) {
            std::string text;
            (*decoder)->append(row, text);
            if (csv::is_utf8(text))
                return {fmt::format("the row is not UTF-8, as the file is; it is shown as {}, which it seems to be; "
                                    "save the whole file in UTF-8 and load it again",
                                    name(found)),
                        csv::readable(text)};
        }
    }
    return {"the row is not UTF-8; save the file as CSV in UTF-8 and load it again", csv::readable(row)};
}

Unreadable describe_undecoded(std::string_view row, const std::string& encoding) {
    if (row.contains(foreign_line)) {
        std::string text(row);
        std::erase(text, foreign_line);
        return {fmt::format("the row is UTF-8, the file is {}; save the whole file in one encoding and load it again",
                            encoding),
                csv::readable(text)};
    }
    return {fmt::format("the row has bytes that are no {}, as the file is; save the whole file in one encoding and "
                        "load it again",
                        encoding),
            csv::readable(row)};
}

}  // namespace

void add_cell(std::string_view cell, std::string& row) {
    if (cell.find_first_of("\",\r\n") == std::string_view::npos) {
        row += cell;
        return;
    }
    row += '"';
    add_quoted(cell, row);
    row += '"';
}

void add_refused_row(std::string_view reason, std::string_view text, std::string& to) {
    to += refused_begin;
    to += reason;
    to += '\0';
    add_quoted(text, to);
    to += "\"\n";
}

Unreadable describe_unreadable(const csv::Cells& cells, std::string_view row, csv::Fault fault, const CsvTable& table) {
    const auto& told = table.text->told();
    row = csv::without_line_end(row);
    if (fault == csv::Fault::nul && told.first_record > 0)
        if (auto refused = parse_refused(row)) return *refused;
    if (fault == csv::Fault::not_utf8)
        return told.encoding == "UTF-8" ? describe_foreign(row) : describe_undecoded(row, told.encoding);
    return {"the row " + reason_of(fault, cells, table), csv::readable(row)};
}

}  // namespace suanpan::data
