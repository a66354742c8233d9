#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "platform/base/result.h"
#include "platform/base/time.h"

// A table as a file that people open in a spreadsheet program.
namespace suanpan::selection {

struct Amount {
    double major = 0;
};
// Nothing: an empty cell.
using Cell = std::variant<std::monostate, std::string, double, Amount, Day>;

struct Sheet {
    std::string title;
    int decimals = 2;  // of amounts
    std::vector<std::string> columns;
    std::vector<std::vector<Cell>> rows;
};

// RFC 4180, with UTF-8's mark so that spreadsheet programs read Chinese. A text that they would take for a formula gets
// an apostrophe before it.
[[nodiscard]] std::string to_csv(const Sheet& sheet);

// Office Open XML; amounts and days as numbers with their format, texts never as formulas and cut to 32,000 bytes.
// Errors: internal with libxlsxwriter's sentence.
[[nodiscard]] Result<std::string> to_xlsx(const Sheet& sheet);

// The text that a spreadsheet program does not run: one that begins with = + - @, a tab or a line's end gets an
// apostrophe before it.
[[nodiscard]] std::string harmless(const std::string& text);

}  // namespace suanpan::selection
