#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <utility>
#include <vector>

#include "areas/data/csv/csv.h"
#include "areas/data/sources/csv_text.h"
#include "areas/data/sources/json_line.h"
#include "areas/data/sources/readers.h"

namespace suanpan::data {
namespace {

constexpr std::size_t most_columns = 4'000;

// The lines of a text, without their ends.
class Lines {
  public:
    explicit Lines(std::unique_ptr<Bytes> text) : text_(std::move(text)) {}

    // The next line; none at the end. The view holds until the next call.
    Result<std::optional<std::string_view>> next() {
        while (true) {
            const auto end = buffer_.find('\n', searched_);
            if (end != std::string::npos || (ended_ && at_ < buffer_.size())) {
                const auto stop = std::min(end, buffer_.size());
                const auto line = std::string_view(buffer_).substr(at_, stop - at_);
                searched_ = at_ = std::min(stop + 1, buffer_.size());
                ++number_;
                return csv::without_line_end(line);
            }
            if (ended_) return std::nullopt;
            if (buffer_.size() - at_ > longest_line)
                return fail(
                    ErrorCode::invalid_argument,
                    fmt::format("line {} is longer than 16 MiB; write each object on a line of its own", number_ + 1));
            TRY(fill());
        }
    }
    [[nodiscard]] std::uint64_t number() const { return number_; }

  private:
    Result<> fill() {
        buffer_.erase(0, std::exchange(at_, 0));
        searched_ = buffer_.size();
        buffer_.resize(searched_ + read_block);
        const auto got = TRY(text_->read(buffer_.data() + searched_, read_block));
        buffer_.resize(searched_ + got);
        ended_ = got == 0;
        return {};
    }

    std::unique_ptr<Bytes> text_;
    std::string buffer_;
    std::size_t at_ = 0, searched_ = 0;
    std::uint64_t number_ = 0;
    bool ended_ = false;
};

std::string_view without_mark(std::string_view line) {
    if (line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
    return line;
}

using Columns = std::unordered_map<std::string, std::size_t>;
using Rows = std::vector<std::vector<JsonCell>>;

// The rows that a line gives: one, or one for each element of the array that is taken apart.
Result<> rows_of(std::string_view line, const std::string& unnest, Rows& rows) {
    if (!unnest.empty()) return unnest_json(line, unnest, rows);
    rows.resize(1);
    return flatten_json(line, rows.front());
}

// The names of all objects, in the order in which they come first.
Result<std::vector<std::string>> column_names(Lines lines, const std::string& unnest, Columns& columns) {
    std::vector<std::string> names;
    Rows rows;
    while (const auto line = TRY(lines.next())) {
        if (!rows_of(without_mark(*line), unnest, rows)) continue;
        for (const auto& cells : rows)
            for (const auto& cell : cells)
                if (columns.try_emplace(cell.name, names.size()).second) names.push_back(cell.name);
        if (names.size() > most_columns)
            return fail(ErrorCode::invalid_argument,
                        fmt::format("the objects up to line {} have more than {} names in all; are values used as "
                                    "names? Write them as values",
                                    lines.number(), most_columns));
    }
    return names;
}

class JsonLines : public Bytes {
  public:
    struct Taking {
        std::string unnest;
        std::shared_ptr<Told> told;
    };
    JsonLines(Lines lines, Columns columns, const std::vector<std::string>& names, Taking taking)
        : lines_(std::move(lines)), columns_(std::move(columns)), values_(names.size()), taking_(std::move(taking)) {
        for (const auto& name : names) {
            if (!out_.empty()) out_ += ',';
            if (name.empty())
                out_ += "\"\"";
            else
                add_cell(name, out_);
        }
        out_ += '\n';
    }

    Result<std::size_t> read(char* to, std::size_t size) override {
        if (at_ == out_.size()) {
            out_.clear();
            at_ = 0;
        }
        while (!ended_ && out_.size() < size) TRY(add_line());
        const auto bytes = std::min(size, out_.size() - at_);
        std::memcpy(to, out_.data() + at_, bytes);
        at_ += bytes;
        return bytes;
    }

  private:
    Result<> add_line() {
        const auto line = TRY(lines_.next());
        ended_ = !line;
        if (!line) return {};
        const auto object = without_mark(*line);
        const auto before = out_.size();
        std::size_t rows = 1;
        if (object.find_first_not_of(" \t") == std::string_view::npos) {
            out_ += '\n';
        } else if (const auto flat = rows_of(object, taking_.unnest, rows_); !flat) {
            add_refused_row("the line " + flat.error().message, object, out_);
        } else {
            for (const auto& cells : rows_) add_row(cells);
            rows = rows_.size();
        }
        if (taking_.unnest.empty()) return {};
        auto& told = *taking_.told;
        told.lines.insert(told.lines.end(), rows, static_cast<std::uint32_t>(lines_.number()));
        return refuse_endless(object.size(), out_.size() - before);
    }

    // Arrays that make a small file a huge one.
    Result<> refuse_endless(std::size_t in, std::size_t out) {
        read_ += in;
        written_ += out;
        if (written_ <= UnpackLimits().memory || written_ / UnpackLimits().highest_ratio <= read_) return {};
        return fail(
            ErrorCode::invalid_argument,
            fmt::format("up to line {} taking \"{}\" apart makes {} times as much text as there is; load the file "
                        "without `unnest`, or cut the rest of its lines",
                        lines_.number(), taking_.unnest, written_ / read_));
    }

    void add_row(const std::vector<JsonCell>& cells) {
        for (auto& value : values_) value = {};
        for (const auto& cell : cells) values_[columns_.at(cell.name)] = cell.text;
        const auto begin = out_.size();
        for (std::size_t i = 0; i < values_.size(); ++i) {
            if (i > 0) out_ += ',';
            add_cell(values_[i], out_);
        }
        if (out_.size() == begin) out_ += "\"\"";  // a row with one empty cell is no blank line
        out_ += '\n';
    }

    Lines lines_;
    Columns columns_;
    Rows rows_;
    std::vector<std::string_view> values_;
    Taking taking_;
    std::size_t read_ = 0, written_ = 0;  // bytes, where lines are taken apart
    std::string out_;
    std::size_t at_ = 0;
    bool ended_ = false;
};

}  // namespace

Result<std::unique_ptr<Bytes>> read_json_lines(const std::function<Result<std::unique_ptr<Bytes>>()>& open,
                                               const std::shared_ptr<Told>& told, const std::string& unnest) {
    Columns columns;
    const auto names = TRY(column_names(Lines(TRY(open())), unnest, columns));
    if (names.empty())
        return fail(
            ErrorCode::invalid_argument,
            "no line of the file is a JSON object; JSON lines have one object a line, such as {\"sku\": \"A1\"}");
    told->first_record = 1;
    return std::make_unique<JsonLines>(Lines(TRY(open())), std::move(columns), names, JsonLines::Taking{unnest, told});
}

}  // namespace suanpan::data
