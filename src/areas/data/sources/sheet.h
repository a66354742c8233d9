#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

// The parts of an .xlsx file (ECMA-376, part 1, section 18) that a table needs.
namespace suanpan::data {

struct Workbook {
    struct Sheet {
        std::string name, relation;
        bool hidden = false;
    };
    std::vector<Sheet> sheets;
    bool from_1904 = false;  // days are counted from 1904-01-01
};
[[nodiscard]] Result<Workbook> parse_workbook(std::string_view xml);

// The target of a relation, such as "worksheets/sheet1.xml"; empty where there is none.
[[nodiscard]] Result<std::string> parse_relation(std::string_view xml, std::string_view id);

// By style of a cell: whether its numbers are days.
[[nodiscard]] Result<std::vector<bool>> parse_date_styles(std::string_view xml);
[[nodiscard]] bool is_date_format(std::string_view code);

// The text of an element <si>.
[[nodiscard]] Result<std::string> parse_shared_string(std::string_view xml);

struct SheetTexts {
    std::vector<std::string> shared;
    std::vector<bool> date_styles;
    bool from_1904 = false;
};

struct SheetRow {
    std::uint64_t number = 0;        // 0: not told
    std::vector<std::string> cells;  // from column A; those behind the last are empty
    std::string fault;               // a sentence, where a cell has no value that can be read
};
// An element <row>. Days as 2011-11-14 or 2011-11-14 08:26:00, times as 08:26:00, booleans as true and false, numbers
// with at most the 15 digits that a spreadsheet shows.
[[nodiscard]] Result<SheetRow> parse_sheet_row(std::string_view xml, const SheetTexts& texts);

}  // namespace suanpan::data
