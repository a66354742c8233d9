#include "areas/data/labels/predicate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "areas/data/labels/text.h"

namespace suanpan::data::labels {
namespace {

constexpr std::size_t longest = 4000, deepest = 50;

constexpr std::array<std::string_view, 11> keywords = {"AND", "OR",   "NOT",  "IN",    "LIKE",   "ILIKE",
                                                       "IS",  "NULL", "TRUE", "FALSE", "BETWEEN"};
constexpr std::array<std::string_view, 12> functions = {"lower",    "upper",       "trim",      "length",
                                                        "contains", "starts_with", "ends_with", "regexp_matches",
                                                        "abs",      "round",       "coalesce",  "number"};
constexpr std::array<std::string_view, 14> operators = {"<>", "!=", "<=", ">=", "||", "=", "<",
                                                        ">",  "+",  "-",  "*",  "/",  ",", "?"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
// Bytes of UTF-8 beyond ASCII count as letters, so that columns may have Chinese names.
bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::string upper(std::string_view word) {
    std::string out(word);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}
std::string lower(std::string_view word) {
    std::string out(word);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// Reads the text once, from left to right, and writes what is known into `out`.
class Reader {
  public:
    Reader(std::string_view text, std::span<const std::string> given) : text_(text), given_(given) {}
    Result<Predicate> read();

  private:
    std::string_view text_;
    std::span<const std::string> given_;
    std::size_t at_ = 0, used_ = 0;
    std::vector<std::string_view> closers_;  // what each open parenthesis ends with
    Predicate out_;

    Result<> token();
    Result<> word();
    Result<> number();
    Result<> symbol();
    Result<std::string> quoted(char mark);
    Result<> open(std::string_view closer);
    Result<> column(std::string name);
    Result<> placeholder();
    void value(store::Value bound);
    void skip_spaces();
    [[nodiscard]] std::unexpected<Error> wrong(std::size_t at, std::string_view what) const {
        return fail(ErrorCode::invalid_argument, fmt::format("{} (at character {} of the condition)", what, at + 1));
    }
};

Result<Predicate> Reader::read() {
    if (text_.size() > longest) return wrong(longest, "the condition is too long; split it into several rules");
    if (!is_utf8(text_)) return wrong(0, "the condition is not UTF-8");
    skip_spaces();
    if (at_ == text_.size()) return wrong(0, "the condition is empty");
    for (; at_ < text_.size(); skip_spaces()) TRY(token());
    if (!closers_.empty()) return wrong(text_.size(), "a parenthesis is not closed");
    if (used_ < given_.size())
        return wrong(text_.size(), fmt::format("{} values are given for {} question marks", given_.size(), used_));
    out_.sql = "(" + out_.sql + ")";
    return std::move(out_);
}

void Reader::skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
        ++at_;
}

Result<> Reader::token() {
    const char c = text_[at_];
    if (starts_name(c)) return word();
    if (is_digit(c)) return number();
    if (c == '\'') {
        value(TRY(quoted('\'')));
        return {};
    }
    if (c == '"') return column(TRY(quoted('"')));
    return symbol();
}

Result<std::string> Reader::quoted(char mark) {
    const auto begin = at_++;
    std::string inner;
    for (; at_ < text_.size(); ++at_) {
        if (text_[at_] == mark) {
            if (at_ + 1 == text_.size() || text_[at_ + 1] != mark) {
                ++at_;
                return inner;
            }
            ++at_;
        }
        inner += text_[at_];
    }
    return wrong(begin, "a quotation is not closed");
}

Result<> Reader::word() {
    const auto begin = at_;
    while (at_ < text_.size() && (starts_name(text_[at_]) || is_digit(text_[at_]))) ++at_;
    const auto name = text_.substr(begin, at_ - begin);
    if (const auto keyword = upper(name); std::ranges::find(keywords, keyword) != keywords.end()) {
        out_.sql += keyword + " ";
        return {};
    }
    skip_spaces();
    if (at_ == text_.size() || text_[at_] != '(') return column(std::string(name));
    const auto function = lower(name);
    if (std::ranges::find(functions, function) == functions.end())
        return wrong(begin, fmt::format("\"{}\" is not a function that conditions may use", name));
    ++at_;
    out_.sql += function == "number" ? "TRY_CAST" : function;
    return open(function == "number" ? " AS DOUBLE) " : ") ");
}

Result<> Reader::column(std::string name) {
    if (name.empty() || name.size() > 200 || name.find_first_of("\"\\") != std::string::npos ||
        name.find('\0') != std::string::npos)
        return wrong(at_, "this is no name of a column");
    if (std::ranges::find(out_.columns, name) == out_.columns.end()) out_.columns.push_back(name);
    out_.sql += "\"" + name + "\" ";
    return {};
}

Result<> Reader::number() {
    const auto* begin = text_.data() + at_;
    const auto* end = text_.data() + text_.size();
    std::int64_t whole = 0;
    if (const auto read = std::from_chars(begin, end, whole);
        read.ec == std::errc{} && (read.ptr == end || (*read.ptr != '.' && *read.ptr != 'e' && *read.ptr != 'E'))) {
        at_ += static_cast<std::size_t>(read.ptr - begin);
        value(whole);
        return {};
    }
    double real = 0;
    const auto read = std::from_chars(begin, end, real);
    if (read.ec != std::errc{}) return wrong(at_, "this number is too large");
    at_ += static_cast<std::size_t>(read.ptr - begin);
    value(real);
    return {};
}

void Reader::value(store::Value bound) {
    out_.sql += "? ";
    out_.values.push_back(std::move(bound));
}

Result<> Reader::open(std::string_view closer) {
    if (closers_.size() == deepest) return wrong(at_, "parentheses are nested too deeply");
    closers_.push_back(closer);
    out_.sql += "(";
    return {};
}

Result<> Reader::placeholder() {
    if (used_ == given_.size())
        return wrong(at_, fmt::format("there is no value for this question mark; {} are given", given_.size()));
    value(given_[used_++]);
    return {};
}

Result<> Reader::symbol() {
    const auto rest = text_.substr(at_);
    if (rest.front() == '(') {
        ++at_;
        return open(") ");
    }
    if (rest.front() == ')') {
        if (closers_.empty()) return wrong(at_, "a parenthesis closes that was not opened");
        out_.sql += closers_.back();
        closers_.pop_back();
        ++at_;
        return {};
    }
    if (rest.starts_with("--") || rest.starts_with("/*")) return wrong(at_, "conditions have no comments");
    const auto known = std::ranges::find_if(operators, [&](auto text) { return rest.starts_with(text); });
    if (known == operators.end())
        return wrong(at_, fmt::format("\"{}\" has no meaning in a condition", rest.substr(0, 1)));
    if (*known == "?")
        TRY(placeholder());
    else
        out_.sql += std::string(*known) + " ";
    at_ += known->size();
    return {};
}

}  // namespace

Result<Predicate> parse_predicate(std::string_view text, std::span<const std::string> given) {
    return Reader(text, given).read();
}

}  // namespace suanpan::data::labels
