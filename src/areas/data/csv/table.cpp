#include "areas/data/csv/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <limits>
#include <utility>

#include "areas/data/duplicates.h"

namespace suanpan::data {
namespace {

using csv::Fault;

constexpr std::size_t window = 4U << 20;

std::unexpected<Error> refuse(std::string message) {
    return fail(ErrorCode::invalid_argument, std::move(message));
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(
        a, b, {}, [](unsigned char c) { return std::tolower(c); }, [](unsigned char c) { return std::tolower(c); });
}

// SQL does not tell upper from lower case.
std::string distinct_name(std::string name, const std::vector<std::string>& taken) {
    const auto is_taken = [&](const std::string& one) {
        const auto is_one = [&](std::string_view other) { return same_name(one, other); };
        return std::ranges::any_of(own_names, is_one) || std::ranges::any_of(taken, is_one);
    };
    if (!is_taken(name)) return name;
    for (int n = 1;; ++n)
        if (auto numbered = fmt::format("{}_{}", name, n); !is_taken(numbered)) return numbered;
}

class Indexer {
  public:
    Indexer(std::shared_ptr<const TextFile> text, const CsvOptions& options)
        : options_(options), nulls_(options.null_texts), duplicates_(nulls_) {
        table_.text = std::move(text);
    }

    Result<CsvTable> run() {
        for (bool whole = false; !whole;) whole = TRY(step());
        if (table_.columns.empty())
            return refuse("the file is empty; a table begins with a line that names its columns");
        for (const auto row : TRY(duplicates_.confirmed(table_))) table_.fates[row] = Fate::duplicate;
        return std::move(table_);
    }

  private:
    // Takes the rows that are there whole. Whether that was all.
    Result<bool> step() {
        const auto available = TRY(table_.text->wait_beyond(at_ + waiting_));
        const auto size = std::min<std::uint64_t>(available.bytes - at_, std::max(window, 2 * waiting_));
        const auto text = TRY(table_.text->read(at_, size, buffer_));
        const bool last = available.whole && at_ + size == available.bytes;
        const auto taken = TRY(take_rows(text, last ? csv::Text::whole : csv::Text::goes_on));
        at_ += taken;
        options_.progress(table_.sizes.size());
        waiting_ = taken > 0 ? 0 : size;
        if (waiting_ > longest_line && !last)
            return refuse(fmt::format(
                "the row that begins in line {} is longer than 16 MiB; is there a quote that nothing closes?", line_));
        return last;
    }

    Result<std::size_t> take_rows(std::string_view text, csv::Text rest) {
        std::size_t done = 0;
        if (table_.columns.empty()) done = TRY(take_header(text, rest));
        while (done < text.size() && !table_.columns.empty()) {
            const auto row = csv::row_size(text.substr(done), table_.delimiter, rest);
            if (!row) break;
            if (row->open_quote)
                return refuse(
                    fmt::format("the row that begins in line {} has a quote that nothing closes; close it, or "
                                "double it where it stands for itself",
                                line_));
            if (table_.sizes.size() == std::numeric_limits<std::uint32_t>::max())
                return refuse("the file has more than 4 billion rows; cut it into smaller ones");
            add(text.substr(done, row->bytes), at_ + done, records_ ? 1 : row->lines);
            done += row->bytes;
        }
        return done;
    }

    // 0 where the text ends before the header does.
    Result<std::size_t> take_header(std::string_view text, csv::Text rest) {
        std::size_t done = at_ == 0 && text.starts_with("\xef\xbb\xbf") ? 3 : 0;
        for (;; ++line_) {
            const auto end = text.find('\n', done);
            if (end == std::string_view::npos || !csv::without_line_end(text.substr(done, end + 1 - done)).empty())
                break;
            done = end + 1;
        }
        const auto first = text.substr(done, text.find('\n', done) - done);
        records_ = table_.text->told().first_record > 0;
        const char delimiter = records_                     ? ','
                               : options_.delimiter.empty() ? csv::find_delimiter(first)
                                                            : options_.delimiter.front();
        const auto size = csv::row_size(text.substr(done), delimiter, rest);
        if (!size || text.size() == done) return rest == csv::Text::whole ? text.size() : 0;
        if (size->open_quote) return refuse("the header has a quote that nothing closes; close it");
        TRY(name_columns(text.substr(done, size->bytes), delimiter));
        line_ = records_ ? table_.text->told().first_record : line_ + size->lines;
        return done + size->bytes;
    }

    Result<> name_columns(std::string_view header, char delimiter) {
        const auto fault = cells_.split(header, delimiter);
        if (fault == Fault::not_utf8)
            return refuse("the header is not UTF-8; save the file as CSV in UTF-8 and load that");
        if (fault != Fault::none) return refuse("the header " + reason_of(fault, cells_, table_));
        if (csv::without_line_end(header).contains('\r'))
            return refuse("some lines end with CR alone, others with LF; save the file with one kind of line end");
        table_.delimiter = delimiter;
        duplicates_.set_delimiter(delimiter);
        for (std::size_t i = 0; i < cells_.size(); ++i)
            table_.columns.push_back(
                distinct_name(cells_[i].empty() ? fmt::format("column{}", i) : std::string(cells_[i]), table_.columns));
        return options_.columns(table_.columns);
    }

    void add(std::string_view row, std::uint64_t offset, std::size_t lines) {
        if (table_.sizes.size() % CsvTable::chunk_rows == 0) table_.chunks.push_back({offset, line_});
        table_.chunks.back().one_line_each &= lines == 1;
        line_ += lines;
        table_.sizes.push_back(static_cast<std::uint32_t>(row.size()));
        const auto fault = split_row(cells_, row, table_);
        table_.fates.push_back(fault == Fault::none ? 0 : fault == Fault::blank ? Fate::blank : Fate::unreadable);
        if (options_.duplicates == Duplicates::find) duplicates_.add(cells_, row, fault);
    }

    const CsvOptions& options_;
    NullTexts nulls_;
    DuplicateFinder duplicates_;
    CsvTable table_;
    csv::Cells cells_;
    std::string buffer_;
    std::uint64_t at_ = 0, line_ = 1;
    std::uint64_t waiting_ = 0;  // bytes from at_ on that are no whole row
    bool records_ = false;       // rows are numbered one by one
};

}  // namespace

NullTexts::NullTexts(std::vector<std::string> texts) : texts_(std::move(texts)) {
    if (texts_.empty()) texts_.emplace_back();
    for (const auto& text : texts_) sizes_ |= 1ULL << std::min<std::size_t>(text.size(), 63);
}

bool NullTexts::is_listed(std::string_view text) const {
    return std::ranges::any_of(texts_, [&](const std::string& listed) { return listed == text; });
}

std::int64_t CsvTable::count(std::uint8_t fate) const {
    return std::ranges::count(fates, fate);
}

Result<> CsvTable::each_row(std::size_t chunk, std::uint8_t fate,
                            const std::function<Result<>(const Row&)>& function) const {
    const auto first = chunk * chunk_rows, last = std::min(first + chunk_rows, sizes.size());
    const auto [offset, first_line, one_line_each] = chunks[chunk];
    if (std::find(fates.begin() + std::ptrdiff_t(first), fates.begin() + std::ptrdiff_t(last), fate) ==
        fates.begin() + std::ptrdiff_t(last))
        return {};
    std::size_t bytes = 0;
    for (auto row = first; row < last; ++row) bytes += sizes[row];
    std::string buffer;
    auto rest = TRY(text->read(offset, bytes, buffer));
    auto line = first_line;
    const auto& lines = text->told().lines;
    for (auto row = first; row < last; ++row) {
        const auto one = rest.substr(0, sizes[row]);
        if (fates[row] == fate) TRY(function({row, lines.empty() ? line : lines[row], one}));
        line += one_line_each ? 1 : static_cast<std::uint64_t>(std::ranges::count(one, '\n'));
        rest.remove_prefix(sizes[row]);
    }
    return {};
}

Fault split_row(csv::Cells& cells, std::string_view row, const CsvTable& table) {
    const auto fault = cells.split(row, table.delimiter);
    if (fault == Fault::none && cells.size() < table.columns.size()) return Fault::too_few;
    if (fault == Fault::none && cells.size() > table.columns.size()) return Fault::too_many;
    return fault;
}

std::string reason_of(Fault fault, const csv::Cells& cells, const CsvTable& table) {
    switch (fault) {
        case Fault::after_quote:
            return "has text after a closing quote; a quote within a quoted cell is doubled";
        case Fault::nul:
            return "has a NUL byte, which no text has; export the file anew";
        case Fault::not_utf8:
            return "is not UTF-8; save the file as CSV in UTF-8 and load it again";
        case Fault::too_few:
        case Fault::too_many:
            return fmt::format("has {} cells, the header has {}", cells.size(), table.columns.size());
        case Fault::blank:
        case Fault::none:
            break;
    }
    return "is empty";
}

Result<CsvTable> index_csv(std::shared_ptr<const TextFile> text, const CsvOptions& options) {
    return Indexer(std::move(text), options).run();
}

}  // namespace suanpan::data
