#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "areas/data/sources/csv_text.h"
#include "areas/data/sources/readers.h"
#include "areas/data/sources/sheet.h"
#include "areas/data/sources/zip_file.h"

namespace suanpan::data {
namespace {

constexpr std::size_t largest_part = 16U << 20;
constexpr std::size_t most_shared = 512U << 20;  // bytes of all shared texts

void trim(std::vector<std::string>& cells) {
    while (!cells.empty() && cells.back().empty()) cells.pop_back();
}

// "worksheets/sheet1.xml" beside xl/workbook.xml, or "/xl/worksheets/sheet1.xml".
std::string part_name(std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    return "xl/" + std::string(target);
}

Result<std::string> sheet_part(const ZipFile& file, const Workbook& book, const std::string& wanted) {
    std::string names;
    for (const auto& sheet : book.sheets) {
        names += (names.empty() ? "" : ", ") + sheet.name;
        if (wanted.empty() ? sheet.hidden : sheet.name != wanted) continue;
        const auto relations = TRY(file.text("xl/_rels/workbook.xml.rels", largest_part));
        return part_name(TRY(parse_relation(relations, sheet.relation)));
    }
    return fail(ErrorCode::invalid_argument,
                wanted.empty()
                    ? "the spreadsheet has no sheet that is not hidden; name one in the mapping, `sheet: NAME`"
                    : fmt::format("there is no sheet \"{}\"; there are {}", wanted, names),
                file.about());
}

// "x:" where the names of the text have that prefix.
Result<std::string> prefix_of(const ZipFile& file, const std::string& part) {
    auto bytes = TRY(file.entry(part));
    std::string begin(4096, '\0');
    begin.resize(TRY(bytes->read(begin.data(), begin.size())));
    for (std::size_t at = begin.find('<'); at != std::string::npos; at = begin.find('<', at + 1)) {
        if (at + 1 >= begin.size() || begin[at + 1] == '?' || begin[at + 1] == '!') continue;
        const auto name = begin.substr(at + 1, begin.find_first_of(" \t\r\n/>", at) - at - 1);
        return name.contains(':') ? name.substr(0, name.find(':') + 1) : std::string();
    }
    return std::string();
}

Result<std::vector<std::string>> shared_texts(const ZipFile& file) {
    constexpr auto part = "xl/sharedStrings.xml";
    std::vector<std::string> texts;
    if (!file.has(part)) return texts;
    Elements elements(TRY(file.entry(part)), TRY(prefix_of(file, part)) + "si");
    std::size_t bytes = 0;
    for (auto element = TRY(elements.next()); !element.empty(); element = TRY(elements.next())) {
        texts.push_back(TRY(parse_shared_string(element)));
        bytes += texts.back().size() + sizeof(std::string);
        if (bytes > most_shared)
            return fail(ErrorCode::invalid_argument,
                        "the spreadsheet has more than 512 MiB of texts; save the sheet as CSV in UTF-8", file.about());
    }
    return texts;
}

class SheetBytes : public Bytes {
  public:
    SheetBytes(std::unique_ptr<ZipFile> file, Elements rows, SheetTexts texts)
        : file_(std::move(file)), rows_(std::move(rows)), texts_(std::move(texts)) {}

    // The number of the row that names the columns.
    Result<std::uint64_t> read_header() {
        auto header = TRY(next());
        while (header && header->cells.empty()) header = TRY(next());
        if (!header)
            return fail(ErrorCode::invalid_argument,
                        "the sheet is empty; a table begins with a row that names its columns", file_->about());
        columns_ = header->cells.size();
        add(*header);
        return header->number;
    }

    Result<std::size_t> read(char* to, std::size_t size) override {
        while (out_.size() - at_ < size && !ended_) {
            const auto before = number_;
            const auto row = TRY(next());
            if (!row) break;
            out_.append(static_cast<std::size_t>(row->number - before - 1), '\n');
            if (row->fault.empty())
                add(*row);
            else
                refuse(*row);
        }
        const auto bytes = std::min(size, out_.size() - at_);
        std::memcpy(to, out_.data() + at_, bytes);
        at_ += bytes;
        if (at_ == out_.size()) {
            out_.clear();
            at_ = 0;
        }
        return bytes;
    }

  private:
    Result<std::optional<SheetRow>> next() {
        const auto element = TRY(rows_.next());
        ended_ = element.empty();
        if (ended_) return std::nullopt;
        auto row = TRY(parse_sheet_row(element, texts_));
        if (row.number == 0) row.number = number_ + 1;
        if (row.number <= number_)
            return fail(ErrorCode::invalid_argument,
                        fmt::format("row {} of the sheet comes after row {}; save the file anew", row.number, number_),
                        file_->about());
        number_ = row.number;
        trim(row.cells);
        return row;
    }

    void add(const SheetRow& row) {
        if (!row.cells.empty()) append_cells(row, out_);
        out_ += '\n';
    }

    void append_cells(const SheetRow& row, std::string& to) const {
        const auto begin = to.size();
        for (std::size_t i = 0; i < std::max(row.cells.size(), columns_); ++i) {
            if (i > 0) to += ',';
            if (i < row.cells.size()) add_cell(row.cells[i], to);
        }
        if (to.size() == begin) to += "\"\"";
    }

    void refuse(const SheetRow& row) {
        std::string text;
        append_cells(row, text);
        add_refused_row(row.fault, text, out_);
    }

    std::unique_ptr<ZipFile> file_;
    Elements rows_;
    SheetTexts texts_;
    std::size_t columns_ = 0, at_ = 0;
    std::uint64_t number_ = 0;
    std::string out_;
    bool ended_ = false;
};

}  // namespace

Result<std::unique_ptr<Bytes>> read_sheet(const std::filesystem::path& file, const SheetOptions& options,
                                          const std::shared_ptr<Told>& told) {
    auto zip = TRY(ZipFile::open(file, options.limits));
    if (!zip->has("xl/workbook.xml"))
        return fail(ErrorCode::invalid_argument,
                    "this is a zip archive without a spreadsheet in it; unpack it and load its files", file.string());
    const auto book = TRY(parse_workbook(TRY(zip->text("xl/workbook.xml", largest_part))));
    const auto part = TRY(sheet_part(*zip, book, options.sheet));
    SheetTexts texts{.shared = TRY(shared_texts(*zip)), .from_1904 = book.from_1904};
    if (zip->has("xl/styles.xml"))
        texts.date_styles = TRY(parse_date_styles(TRY(zip->text("xl/styles.xml", largest_part))));
    Elements rows(TRY(zip->entry(part)), TRY(prefix_of(*zip, part)) + "row");
    auto sheet = std::make_unique<SheetBytes>(std::move(zip), std::move(rows), std::move(texts));
    told->first_record = TRY(sheet->read_header()) + 1;
    told->encoding.clear();
    return sheet;
}

}  // namespace suanpan::data
