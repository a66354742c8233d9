#include "areas/selection/sheet.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <cstdlib>
#include <memory>

namespace suanpan::selection {
namespace {

constexpr std::size_t longest_text = 32'000;  // a cell holds 32,767

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string all = "\"";
    for (const char letter : text) all += letter == '"' ? "\"\"" : std::string(1, letter);
    return all + "\"";
}

std::string csv_text(const Cell& cell, int decimals) {
    return std::visit(Overloaded{[](std::monostate) { return std::string(); },
                                 [](const std::string& text) { return quoted(harmless(text)); },
                                 [](double number) { return fmt::format("{}", number); },
                                 [&](Amount amount) { return fmt::format("{:.{}f}", amount.major, decimals); },
                                 [](Day day) { return format(day); }},
                      cell);
}

// Cut where no sign of several bytes is torn.
std::string cut(const std::string& text) {
    if (text.size() <= longest_text) return text;
    std::size_t end = longest_text;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

struct Formats {
    lxw_format *head, *amount, *day;
};

Formats formats_of(lxw_workbook* book, int decimals) {
    const Formats formats{workbook_add_format(book), workbook_add_format(book), workbook_add_format(book)};
    format_set_bold(formats.head);
    format_set_num_format(formats.amount, decimals == 0 ? "#,##0" : ("#,##0." + std::string(decimals, '0')).c_str());
    format_set_num_format(formats.day, "yyyy-mm-dd");
    return formats;
}

struct At {
    lxw_worksheet* sheet;
    lxw_row_t row;
    lxw_col_t column;
};

lxw_error write_cell(const At& at, const Cell& cell, const Formats& formats) {
    const auto number = [&](double value, lxw_format* format) {
        return worksheet_write_number(at.sheet, at.row, at.column, value, format);
    };
    const auto day = [&](Day value) {
        const std::chrono::year_month_day date(value);
        lxw_datetime when{
            .year = int(date.year()), .month = int(unsigned(date.month())), .day = int(unsigned(date.day()))};
        return worksheet_write_datetime(at.sheet, at.row, at.column, &when, formats.day);
    };
    return std::visit(Overloaded{[](std::monostate) { return LXW_NO_ERROR; },
                                 [&](const std::string& text) {
                                     return worksheet_write_string(at.sheet, at.row, at.column, cut(text).c_str(),
                                                                   nullptr);
                                 },
                                 [&](double value) { return number(value, nullptr); },
                                 [&](Amount amount) { return number(amount.major, formats.amount); }, day},
                      cell);
}

lxw_error write_rows(lxw_worksheet* sheet, const Sheet& from, const Formats& formats) {
    for (std::size_t c = 0; c < from.columns.size(); ++c)
        worksheet_write_string(sheet, 0, lxw_col_t(c), from.columns[c].c_str(), formats.head);
    worksheet_freeze_panes(sheet, 1, 0);
    if (!from.columns.empty())
        worksheet_autofilter(sheet, 0, 0, lxw_row_t(from.rows.size()), lxw_col_t(from.columns.size() - 1));
    for (std::size_t r = 0; r < from.rows.size(); ++r)
        for (std::size_t c = 0; c < from.rows[r].size(); ++c)
            if (const auto wrong = write_cell({sheet, lxw_row_t(r + 1), lxw_col_t(c)}, from.rows[r][c], formats))
                return wrong;
    return LXW_NO_ERROR;
}

std::unexpected<Error> failed(lxw_error wrong) {
    return fail(ErrorCode::internal,
                fmt::format("the spreadsheet cannot be written: {}; export it as csv", lxw_strerror(wrong)), "format");
}

}  // namespace

std::string harmless(const std::string& text) {
    return text.find_first_of("=+-@\t\r\n") == 0 ? "'" + text : text;
}

std::string to_csv(const Sheet& sheet) {
    std::string text = "\xEF\xBB\xBF";
    const auto line = [&](const auto& cells, const auto& say) {
        for (std::size_t i = 0; i < cells.size(); ++i) text += (i == 0 ? "" : ",") + say(cells[i]);
        text += "\r\n";
    };
    line(sheet.columns, quoted);
    for (const auto& row : sheet.rows) line(row, [&](const Cell& cell) { return csv_text(cell, sheet.decimals); });
    return text;
}

Result<std::string> to_xlsx(const Sheet& sheet) {
    if (sheet.rows.size() >= LXW_ROW_MAX)
        return fail(ErrorCode::invalid_argument, "a spreadsheet holds 1,048,576 lines; export it as csv", "format");
    const char* bytes = nullptr;
    std::size_t size = 0;
    lxw_workbook_options options{};
    options.output_buffer = &bytes;
    options.output_buffer_size = &size;
    lxw_workbook* const book = workbook_new_opt(nullptr, &options);
    if (book == nullptr) return failed(LXW_ERROR_MEMORY_MALLOC_FAILED);
    lxw_worksheet* const page = workbook_add_worksheet(book, sheet.title.c_str());
    const auto wrong = page == nullptr ? LXW_ERROR_SHEETNAME_LENGTH_EXCEEDED
                                       : write_rows(page, sheet, formats_of(book, sheet.decimals));
    const auto closed = workbook_close(book);
    const std::unique_ptr<const char, void (*)(const char*)> owned(
        bytes, [](const char* memory) { std::free(const_cast<char*>(memory)); });
    if (wrong != LXW_NO_ERROR) return failed(wrong);
    if (closed != LXW_NO_ERROR || bytes == nullptr) return failed(closed);
    return std::string(bytes, size);
}

}  // namespace suanpan::selection
