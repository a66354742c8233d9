#include "areas/data/sources/json_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "areas/data/csv/csv.h"
#include "areas/data/sources/encoding.h"

namespace suanpan::data {
namespace {

constexpr int deepest = 64;

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

class Scanner {
  public:
    Scanner(std::string_view text, std::vector<JsonCell>& cells) : text_(text), cells_(cells) {}

    Result<> run(const std::string& prefix = "") {
        skip_space();
        if (peek() != '{') return wrong("an object is expected");
        TRY(object(prefix, 1));
        skip_space();
        return at_ == text_.size() ? Result<>{} : wrong("there is text after the object");
    }

    // The text of each element of the array that the text is.
    Result<std::vector<std::string_view>> elements() {
        std::vector<std::string_view> found;
        skip_space();
        if (peek() != '[') return wrong("an array is expected");
        ++at_;
        skip_space();
        for (bool more = peek() != ']'; more;) {
            skip_space();
            const auto begin = at_;
            TRY(value(1));
            found.push_back(text_.substr(begin, at_ - begin));
            skip_space();
            more = peek() == ',';
            if (!more && peek() != ']') return wrong("a comma or the end of the array is expected");
            if (more) ++at_;
        }
        ++at_;
        skip_space();
        if (at_ < text_.size()) return wrong("there is text after the array");
        return found;
    }

    // The cell of a text that is one value.
    Result<> run_value(const std::string& name) { return member(name, 1); }

  private:
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void skip_space() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").contains(text_[at_])) ++at_;
    }
    [[nodiscard]] std::unexpected<Error> wrong(std::string_view what) const {
        return fail(ErrorCode::invalid_argument, fmt::format("is no JSON: {} (byte {})", what, at_ + 1));
    }

    Result<> object(const std::string& prefix, int depth) {
        if (depth > deepest) return wrong("it is deeper than 64 levels");
        ++at_;
        skip_space();
        if (peek() == '}') return step();
        while (true) {
            skip_space();
            if (peek() != '"') return wrong("a name in quotes is expected");
            auto name = prefix;
            TRY(string(name));
            skip_space();
            if (peek() != ':') return wrong("a colon is expected");
            ++at_;
            skip_space();
            TRY(member(name, depth));
            skip_space();
            if (peek() == '}') return step();
            if (peek() != ',') return wrong("a comma or the end of the object is expected");
            ++at_;
        }
    }

    Result<> step() {
        ++at_;
        return {};
    }

    Result<> member(const std::string& name, int depth) {
        if (peek() == '{') return object(name + ".", depth + 1);
        if (name.contains('\0')) return wrong("a name has a NUL");
        cells_.push_back({name, ""});
        const auto cell = cells_.size() - 1;
        if (peek() == '"') return string(cells_[cell].text);
        const auto begin = at_;
        TRY(value(depth));
        const auto text = text_.substr(begin, at_ - begin);
        if (text != "null") cells_[cell].text = text;
        return {};
    }

    // Passes over any value.
    Result<> value(int depth) {
        const char first = peek();
        std::string ignored;
        if (first == '"') return string(ignored);
        if (first == '[' || first == '{') return array_or_object(depth + 1);
        if (first == '-' || is_digit(first)) return number();
        for (const std::string_view word : {"true", "false", "null"})
            if (text_.substr(at_).starts_with(word)) {
                at_ += word.size();
                return {};
            }
        return wrong("a value is expected");
    }

    Result<> array_or_object(int depth) {
        if (depth > deepest) return wrong("it is deeper than 64 levels");
        const bool named = peek() == '{';
        const char end = named ? '}' : ']';
        ++at_;
        skip_space();
        if (peek() == end) return step();
        while (true) {
            skip_space();
            if (named) {
                std::string ignored;
                if (peek() != '"') return wrong("a name in quotes is expected");
                TRY(string(ignored));
                skip_space();
                if (peek() != ':') return wrong("a colon is expected");
                ++at_;
                skip_space();
            }
            TRY(value(depth));
            skip_space();
            if (peek() == end) return step();
            if (peek() != ',') return wrong("a comma or the end of the array is expected");
            ++at_;
        }
    }

    Result<> digits() {
        if (!is_digit(peek())) return wrong("a digit is expected");
        while (is_digit(peek())) ++at_;
        return {};
    }

    Result<> number() {
        if (peek() == '-') ++at_;
        if (peek() == '0')
            ++at_;
        else
            TRY(digits());
        if (is_digit(peek())) return wrong("a number begins with 0");
        if (peek() == '.') {
            ++at_;
            TRY(digits());
        }
        if (peek() != 'e' && peek() != 'E') return {};
        ++at_;
        if (peek() == '+' || peek() == '-') ++at_;
        return digits();
    }

    // Appends what the quoted text says.
    Result<> string(std::string& to) {
        for (++at_; at_ < text_.size();) {
            const auto end = std::find_if(text_.begin() + std::ptrdiff_t(at_), text_.end(), [](unsigned char letter) {
                return letter == '"' || letter == '\\' || letter < 0x20;
            });
            const auto plain = static_cast<std::size_t>(end - text_.begin()) - at_;
            to += text_.substr(at_, plain);
            at_ += plain;
            if (at_ == text_.size()) break;
            if (text_[at_] == '"') return step();
            if (text_[at_] != '\\') return wrong("a text has a control character, which JSON writes as \\u00XX");
            TRY(escape(to));
        }
        return wrong("a text has no closing quote");
    }

    Result<> escape(std::string& to) {
        ++at_;
        constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
        if (const auto which = letters.find(peek()); peek() != '\0' && which != std::string_view::npos) {
            to += meanings[which];
            return step();
        }
        if (peek() != 'u') return wrong("a text has a backslash that means nothing");
        auto letter = TRY(unit());
        if (letter >= 0xd800 && letter < 0xdc00 && text_.substr(at_).starts_with("\\u")) {
            ++at_;
            const auto second = TRY(unit());
            if (second < 0xdc00 || second >= 0xe000) return wrong("a text has half a letter (\\uD8XX)");
            letter = 0x10000 + ((letter - 0xd800) << 10) + (second - 0xdc00);
        } else if (letter >= 0xd800 && letter < 0xe000) {
            return wrong("a text has half a letter (\\uD8XX)");
        }
        append_utf8(letter, to);
        return {};
    }

    // Four digits after the u.
    Result<unsigned> unit() {
        ++at_;
        unsigned value = 0;
        const auto hex = text_.substr(at_, 4);
        const auto [stop, error] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
        if (hex.size() < 4 || error != std::errc{} || stop != hex.data() + 4)
            return wrong("\\u is followed by four hexadecimal digits");
        at_ += 4;
        return value;
    }

    std::string_view text_;
    std::vector<JsonCell>& cells_;
    std::size_t at_ = 0;
};

Result<> refuse_twice(const std::vector<JsonCell>& cells) {
    std::vector<std::string_view> names;
    names.reserve(cells.size());
    for (const auto& cell : cells) names.push_back(cell.name);
    std::ranges::sort(names);
    if (const auto twice = std::ranges::adjacent_find(names); twice != names.end())
        return fail(ErrorCode::invalid_argument, fmt::format("tells \"{}\" twice", *twice));
    return {};
}

std::size_t size_of(const std::vector<JsonCell>& cells) {
    std::size_t bytes = 0;
    for (const auto& cell : cells) bytes += sizeof cell + cell.name.size() + cell.text.size();
    return bytes;
}

}  // namespace

Result<> flatten_json(std::string_view line, std::vector<JsonCell>& cells) {
    cells.clear();
    if (!csv::is_utf8(line)) return fail(ErrorCode::invalid_argument, "is not UTF-8");
    TRY(Scanner(line, cells).run());
    return refuse_twice(cells);
}

Result<> unnest_json(std::string_view line, const std::string& name, std::vector<std::vector<JsonCell>>& rows) {
    constexpr std::size_t most_bytes = 64U << 20;
    std::vector<JsonCell> shared;
    rows.clear();
    TRY(flatten_json(line, shared));
    const auto array = std::ranges::find(shared, name, &JsonCell::name);
    const auto text = array == shared.end() ? std::string() : array->text;
    std::vector<JsonCell> none;
    const auto elements = Scanner(text, none).elements();
    if (!elements) {  // nothing to take apart
        rows.push_back(std::move(shared));
        return {};
    }
    shared.erase(array);
    if (elements->size() * size_of(shared) + text.size() > most_bytes)
        return fail(
            ErrorCode::invalid_argument,
            fmt::format("has {} elements in \"{}\", too many to repeat the rest of the line beside each (64 MiB "
                        "is the most)",
                        elements->size(), name));
    for (const auto element : *elements) {
        auto& row = rows.emplace_back(shared);
        Scanner scanner(element, row);
        TRY(element.starts_with('{') ? scanner.run(name + ".") : scanner.run_value(name));
        TRY(refuse_twice(row));
    }
    if (rows.empty()) rows.push_back(std::move(shared));
    return {};
}

}  // namespace suanpan::data
