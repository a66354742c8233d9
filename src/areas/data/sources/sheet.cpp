#include "areas/data/sources/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstring>
#include <map>
#include <optional>
#include <pugixml.hpp>

#include "areas/data/csv/csv.h"
#include "platform/base/time.h"

namespace suanpan::data {
namespace {

constexpr std::size_t most_columns = 16'384, most_rows = 1'048'576;

Result<> parse(pugi::xml_document& document, std::string_view xml) {
    const auto parsed =
        document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
    if (parsed && csv::is_utf8(xml)) return {};
    return fail(ErrorCode::invalid_argument,
                fmt::format("a part of the spreadsheet is broken XML ({}); save the file anew",
                            parsed ? "not UTF-8" : parsed.description()));
}

// Names may have a prefix.
std::string_view local(std::string_view name) {
    return name.substr(name.find(':') + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
    for (const auto& one : node.children())
        if (local(one.name()) == name) return one;
    return {};
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
    for (const auto& one : node.attributes())
        if (local(one.name()) == name) return one.value();
    return {};
}

bool is_true(std::string_view text) {
    return text == "1" || text == "true";
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
    Number value{};
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
    return value;
}

// Text in runs of formatting; what tells how it is spoken is left out.
std::string text_of(const pugi::xml_node& node) {
    std::string text;
    for (const auto& part : node.children()) {
        const auto name = local(part.name());
        if (name == "t") text += part.text().get();
        if (name == "r") text += child(part, "t").text().get();
    }
    return text;
}

// "BC12" is column 54; none where there are no letters or too many.
std::optional<std::size_t> column_of(std::string_view reference) {
    std::size_t column = 0;
    for (const char letter : reference) {
        if (letter < 'A' || letter > 'Z') break;
        column = column * 26 + static_cast<std::size_t>(letter - 'A') + 1;
        if (column > most_columns) return std::nullopt;
    }
    return column == 0 ? std::nullopt : std::optional(column - 1);
}

std::string format_time(long seconds) {
    return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

// A day number with its part of the day (section 18.17.4.1). 1900 counts as a leap year, which it was not.
std::optional<std::string> format_serial(double serial, bool from_1904) {
    constexpr double last = 2'958'466;  // 10000-01-01
    if (!(serial >= 0) || serial >= last) return std::nullopt;
    auto days = static_cast<long>(serial);
    auto seconds = std::lround((serial - static_cast<double>(days)) * 86'400);
    if (seconds == 86'400) {
        ++days;
        seconds = 0;
    }
    if (days == 0 && !from_1904) return format_time(seconds);
    const auto epoch = from_1904 ? std::chrono::sys_days(std::chrono::year(1904) / 1 / 1)
                                 : std::chrono::sys_days(std::chrono::year(1899) / 12 / (days < 60 ? 31 : 30));
    const auto day = suanpan::format(epoch + std::chrono::days(days));
    return seconds == 0 ? day : day + " " + format_time(seconds);
}

std::string format_number(std::string_view text) {
    const auto value = number_of<double>(text);
    if (!value || !std::isfinite(*value)) return std::string(text);
    if (text.size() <= 15 && text.find_first_of("eE") == std::string_view::npos) return std::string(text);
    if (*value == std::floor(*value) && std::abs(*value) < 1e15) return fmt::format("{:.0f}", *value);
    return fmt::format("{:.15g}", *value);
}

class RowReader {
  public:
    explicit RowReader(const SheetTexts& texts) : texts_(texts) {}

    Result<SheetRow> read(const pugi::xml_node& node) {
        if (const auto number = attribute(node, "r"); !number.empty())
            row_.number = number_of<std::size_t>(number).value_or(0);
        if (row_.number > most_rows)
            return fail(ErrorCode::invalid_argument, "a row's number is beyond what sheets have; save the file anew");
        for (const auto& cell : node.children())
            if (local(cell.name()) == "c") TRY(add(cell));
        return std::move(row_);
    }

  private:
    Result<> add(const pugi::xml_node& cell) {
        const auto reference = attribute(cell, "r");
        const auto column = reference.empty() ? std::optional(row_.cells.size()) : column_of(reference);
        if (!column || *column >= most_columns)
            return fail(ErrorCode::invalid_argument, "a cell's column is beyond what sheets have; save the file anew");
        if (row_.cells.size() <= *column) row_.cells.resize(*column + 1);
        row_.cells[*column] = value(cell, reference);
        return {};
    }

    std::string value(const pugi::xml_node& cell, std::string_view reference) {
        const auto type = attribute(cell, "t");
        if (type == "inlineStr") return text_of(child(cell, "is"));
        const auto stored = child(cell, "v");
        const std::string_view text = stored.text().get();
        if (text.empty()) {
            if (!stored && child(cell, "f"))
                fault(
                    fmt::format("the formula in {} has no stored value; open the file in a spreadsheet program, save "
                                "it there and load it again",
                                reference));
            return {};
        }
        if (type == "s") return shared(text, reference);
        if (type == "b") return is_true(text) ? "true" : "false";
        if (type == "d") return iso(text);
        if (!type.empty() && type != "n") return std::string(text);  // str, and e: errors as they are shown
        const auto style = number_of<std::size_t>(attribute(cell, "s"));
        if (style && *style < texts_.date_styles.size() && texts_.date_styles[*style])
            if (const auto serial = number_of<double>(text))
                if (auto day = format_serial(*serial, texts_.from_1904)) return *std::move(day);
        return format_number(text);
    }

    std::string shared(std::string_view text, std::string_view reference) {
        const auto place = number_of<std::size_t>(text);
        if (place && *place < texts_.shared.size()) return texts_.shared[*place];
        fault(fmt::format("the text of {} is missing in the file; save it anew", reference));
        return {};
    }

    static std::string iso(std::string_view text) {
        std::string all(text);
        std::ranges::replace(all, 'T', ' ');
        return all;
    }

    void fault(std::string sentence) {
        if (row_.fault.empty()) row_.fault = std::move(sentence);
    }

    const SheetTexts& texts_;
    SheetRow row_;
};

bool is_built_in_date(std::size_t id) {
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

}  // namespace

Result<Workbook> parse_workbook(std::string_view xml) {
    pugi::xml_document document;
    TRY(parse(document, xml));
    const auto root = document.document_element();
    Workbook book{.from_1904 = is_true(attribute(child(root, "workbookPr"), "date1904"))};
    for (const auto& sheet : child(root, "sheets").children()) {
        if (local(sheet.name()) != "sheet") continue;
        const auto state = attribute(sheet, "state");
        book.sheets.push_back({std::string(attribute(sheet, "name")), std::string(attribute(sheet, "id")),
                               state == "hidden" || state == "veryHidden"});
    }
    return book;
}

Result<std::string> parse_relation(std::string_view xml, std::string_view id) {
    pugi::xml_document document;
    TRY(parse(document, xml));
    for (const auto& relation : document.document_element().children())
        if (attribute(relation, "Id") == id) return std::string(attribute(relation, "Target"));
    return std::string();
}

bool is_date_format(std::string_view code) {
    code = code.substr(0, code.find(';'));
    for (std::size_t at = 0; at < code.size(); ++at) {
        const char letter = code[at];
        if (letter == '"') {
            at = std::min(code.find('"', at + 1), code.size());
        } else if (letter == '\\' || letter == '_' || letter == '*') {
            ++at;
        } else if (letter == '[') {
            const auto end = std::min(code.find(']', at), code.size());
            const auto inside = code.substr(at + 1, end - at - 1);
            if (!inside.empty() && inside.find_first_not_of("hmsHMS") == std::string_view::npos) return true;
            at = end;
        } else if (std::string_view("ymdhsYMDHS").contains(letter)) {
            return true;
        }
    }
    return false;
}

Result<std::vector<bool>> parse_date_styles(std::string_view xml) {
    pugi::xml_document document;
    TRY(parse(document, xml));
    const auto root = document.document_element();
    std::map<std::size_t, bool> own;
    for (const auto& format : child(root, "numFmts").children())
        if (const auto id = number_of<std::size_t>(attribute(format, "numFmtId")))
            own[*id] = is_date_format(attribute(format, "formatCode"));
    std::vector<bool> styles;
    for (const auto& style : child(root, "cellXfs").children()) {
        const auto id = number_of<std::size_t>(attribute(style, "numFmtId")).value_or(0);
        styles.push_back(own.contains(id) ? own[id] : is_built_in_date(id));
    }
    return styles;
}

Result<std::string> parse_shared_string(std::string_view xml) {
    pugi::xml_document document;
    TRY(parse(document, xml));
    return text_of(document.document_element());
}

Result<SheetRow> parse_sheet_row(std::string_view xml, const SheetTexts& texts) {
    pugi::xml_document document;
    TRY(parse(document, xml));
    return RowReader(texts).read(document.document_element());
}

}  // namespace suanpan::data
