#include <fmt/format.h>

#include <algorithm>

#include "platform/base/money.h"
#include "platform/operations/command_line.h"
#include "platform/operations/json.h"
#include "platform/operations/text_width.h"

namespace suanpan::operations {
namespace {

constexpr std::size_t widest = 64;  // columns of a terminal that one cell may take

struct Grid {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    std::vector<bool> numeric;
};

// A text in two languages, or an amount of money, is one cell.
std::optional<std::string> as_cell(const Json& object, std::string_view language) {
    if (const auto* text = member(object, language); text && text->is_string()) return text->get_string();
    const auto* minor = member(object, "minor");
    const auto* currency = member(object, "currency");
    if (minor == nullptr || currency == nullptr || !currency->is_string()) return std::nullopt;
    return format(Money{static_cast<std::int64_t>(as_number(*minor)), currency->get_string()});
}

std::string cell(const Json& value, std::string_view language) {
    if (value.is_null()) return "";
    if (value.is_string()) return value.get_string();
    if (const auto* real = value.get_if<double>()) return fmt::format("{:.6g}", *real);
    if (value.is_object())
        if (auto text = as_cell(value, language)) return *text;
    return to_text(value);
}

bool fits_a_table(const Json& value, std::string_view language) {
    return (!value.is_array() && !value.is_object()) || (value.is_object() && as_cell(value, language));
}

Grid grid_of(const Json& list, Format format, std::string_view language) {
    Grid grid;
    for (const auto& row : list.get_array()) {
        if (!row.is_object()) continue;
        for (const auto& [key, value] : row.get_object()) {
            if (std::ranges::contains(grid.header, key)) continue;
            if (format == Format::table && !fits_a_table(value, language)) continue;
            grid.header.push_back(key);
            grid.numeric.push_back(value.is_number());
        }
    }
    for (const auto& row : list.get_array()) {
        auto& cells = grid.rows.emplace_back();
        for (const auto& key : grid.header) {
            const auto* value = member(row, key);
            cells.push_back(value == nullptr ? "" : cell(*value, language));
        }
    }
    return grid;
}

std::string padded(const std::string& text, std::size_t columns, bool right) {
    const std::string space(columns - std::min(columns, text_width(text)), ' ');
    return right ? space + text : text + space;
}

std::string as_table(Grid grid) {
    std::vector<std::size_t> widths;
    for (const auto& name : grid.header) widths.push_back(text_width(name));
    for (auto& row : grid.rows)
        for (std::size_t i = 0; i < row.size(); ++i) {
            row[i] = shortened(row[i], widest);
            widths[i] = std::max(widths[i], text_width(row[i]));
        }
    std::string text;
    auto add = [&](const std::vector<std::string>& row) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) line += padded(row[i], widths[i], grid.numeric[i]) + "  ";
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    };
    add(grid.header);
    for (const auto& row : grid.rows) add(row);
    return text;
}

std::string as_csv(const Grid& grid) {
    std::string text;
    auto add = [&](const std::vector<std::string>& row) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool quote = row[i].find_first_of(",\"\n\r") != std::string::npos;
            std::string value;
            for (const char letter : row[i]) value += letter == '"' ? "\"\"" : std::string(1, letter);
            text += (i == 0 ? "" : ",") + (quote ? "\"" + value + "\"" : value);
        }
        text += "\n";
    };
    add(grid.header);
    for (const auto& row : grid.rows) add(row);
    return text;
}

bool is_list_of_objects(const Json& value) {
    return value.is_array() && !value.get_array().empty() && value.get_array().front().is_object();
}

}  // namespace

Result<std::string> render(std::string_view reply, Format format, std::string_view language) {
    if (format == Format::json) return std::string(reply) + "\n";
    const auto json = TRY(parse_json(reply));
    std::string text, tables;
    for (const auto& [key, value] : json.get_object()) {
        if (is_list_of_objects(value)) {
            const auto grid = grid_of(value, format, language);
            tables +=
                format == Format::csv ? as_csv(grid) : (tables.empty() && text.empty() ? "" : "\n") + as_table(grid);
        } else if (format == Format::table && !value.is_null()) {
            text += fmt::format("{}: {}\n", key, cell(value, language));
        }
    }
    return text + tables;
}

}  // namespace suanpan::operations
