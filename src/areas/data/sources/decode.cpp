#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <utility>

#include "areas/data/csv/csv.h"
#include "areas/data/sources/encoding.h"

namespace suanpan::data {
namespace {

constexpr std::size_t begin_size = 4096;

// UTF-8 in a text of another encoding: rows that came from elsewhere. A letter of three bytes may be chance, as two
// Chinese letters of GB18030 can look like that; several are not.
bool is_foreign(std::string_view line, Encoding encoding) {
    if (!csv::is_utf8(line)) return false;
    const auto leads = [&](unsigned low) {
        return std::ranges::count_if(line, [&](char one) { return static_cast<unsigned char>(one) >= low; });
    };
    return encoding == Encoding::windows1252 ? leads(0xc2) > 0 : encoding == Encoding::gb18030 && leads(0xe0) > 1;
}

class Iconv : public LineDecoder {
  public:
    Iconv(iconv_t converter, Encoding encoding) : converter_(converter), encoding_(encoding) {}
    ~Iconv() override { iconv_close(converter_); }
    Iconv(const Iconv&) = delete;
    Iconv& operator=(const Iconv&) = delete;

    void append(std::string_view line, std::string& to) override {
        const auto end = std::min(line.find_first_of("\r\n"), line.size());
        if (is_foreign(line.substr(0, end), encoding_)) {
            to.append(line.substr(0, end)).push_back(foreign_line);
            to.append(line.substr(end));
            return;
        }
        iconv(converter_, nullptr, nullptr, nullptr, nullptr);
        auto* from = const_cast<char*>(line.data());  // iconv's declaration is older than const
        auto left = line.size();
        while (left > 0) {
            const auto before = to.size();
            to.resize(before + 4 * left + 8);
            auto *out = to.data() + before, *const begin = out;
            auto room = to.size() - before;
            const auto done = iconv(converter_, &from, &left, &out, &room);
            const auto code = errno;
            to.resize(before + static_cast<std::size_t>(out - begin));
            if (done != static_cast<std::size_t>(-1) || left == 0) return;
            if (code == E2BIG) continue;
            to += undecodable;
            ++from;
            --left;
        }
    }

  private:
    iconv_t converter_;
    Encoding encoding_;
};

// Turns raw bytes into UTF-8 as far as they go; what is left belongs to a letter or line whose rest is to come.
class Converter {
  public:
    virtual ~Converter() = default;
    // Appends to `to` and returns how many bytes of `raw` it took; all of them where the text ends with them.
    virtual std::size_t convert(std::string_view raw, csv::Text rest, std::string& to) = 0;
    std::int64_t converted = 0;
};

class Utf16Converter : public Converter {
  public:
    explicit Utf16Converter(Encoding encoding) : low_(encoding == Encoding::utf16le ? 0 : 1) {}

    std::size_t convert(std::string_view raw, csv::Text rest, std::string& to) override {
        std::size_t at = 0;
        if (std::exchange(at_begin_, false) && raw.size() >= 2 && unit(raw, 0) == 0xfeff) at = 2;
        for (; at + 2 <= raw.size(); at += 2) {
            const auto first = unit(raw, at);
            const bool high = first >= 0xd800 && first < 0xdc00;
            if (high && at + 4 > raw.size() && rest == csv::Text::goes_on) break;
            const auto second = high && at + 4 <= raw.size() ? unit(raw, at + 2) : 0U;
            if (high && second >= 0xdc00 && second < 0xe000) {
                append_utf8(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00), to);
                at += 2;
            } else if (first >= 0xd800 && first < 0xe000) {
                to += undecodable;
            } else {
                append_utf8(first, to);
            }
            foreign_ |= first >= 0x80;
            if (first == '\n') converted += std::exchange(foreign_, false) ? 1 : 0;
        }
        if (rest == csv::Text::goes_on) return at;
        if (at < raw.size()) to += undecodable;
        converted += foreign_ ? 1 : 0;
        return raw.size();
    }

  private:
    [[nodiscard]] unsigned unit(std::string_view raw, std::size_t at) const {
        return static_cast<unsigned char>(raw[at + low_]) | static_cast<unsigned char>(raw[at + 1 - low_]) << 8U;
    }
    std::size_t low_;  // the place of a unit's low byte
    bool at_begin_ = true, foreign_ = false;
};

// LF and CR are no part of any letter in the encodings that tables come in.
class LineConverter : public Converter {
  public:
    explicit LineConverter(std::unique_ptr<LineDecoder> decoder) : decoder_(std::move(decoder)) {}

    std::size_t convert(std::string_view raw, csv::Text rest, std::string& to) override {
        std::size_t at = 0;
        while (at < raw.size()) {
            const auto end = raw.find_first_of("\r\n", at);
            const bool whole = end != std::string_view::npos || rest == csv::Text::whole;
            if (!whole && raw.size() - at <= longest_line) break;
            const auto line = raw.substr(at, end == std::string_view::npos ? end : end + 1 - at);
            if (is_ascii(line)) {
                to += line;
            } else {
                decoder_->append(line, to);
                ++converted;
            }
            at += line.size();
        }
        return at;
    }

  private:
    std::unique_ptr<LineDecoder> decoder_;
};

Encoding encoding_named(std::string_view name) {
    const auto is = [&](std::string_view other) {
        return std::ranges::equal(name, other, {}, [](unsigned char one) { return std::tolower(one); });
    };
    if (name.empty()) return Encoding::unknown;
    if (is("utf-8") || is("utf8")) return Encoding::utf8;
    if (is("utf-16le")) return Encoding::utf16le;
    if (is("utf-16be")) return Encoding::utf16be;
    if (is("gb18030") || is("gbk") || is("gb2312")) return Encoding::gb18030;
    if (is("windows-1252") || is("latin-1") || is("latin1") || is("iso-8859-1")) return Encoding::windows1252;
    return Encoding::other;
}

class Decoded : public Bytes {
  public:
    Decoded(std::unique_ptr<Bytes> bytes, std::string encoding, std::shared_ptr<Told> told)
        : bytes_(std::move(bytes)), named_(std::move(encoding)), told_(std::move(told)) {}

    // Errors: iconv knows no such encoding.
    Result<> prepare() {
        if (named_.empty()) return {};
        return decide(encoding_named(named_));
    }

    Result<std::size_t> read(char* to, std::size_t size) override {
        if (out_at_ < out_.size()) return take(to, size);
        if (plain_) return bytes_->read(to, size);
        if (!converter_) {
            const auto got = TRY(bytes_->read(to, size));
            raw_.assign(to, std::exchange(at_begin_, false) ? got : 0);
            if (!raw_.empty() && TRY(is_undecided())) {
                out_ = std::exchange(raw_, {});
                return take(to, size);
            }
            // ASCII is the same in nearly every encoding: what comes later decides.
            if (raw_.empty() && is_ascii({to, got})) return got;
            if (raw_.empty()) raw_.assign(to, got);
            TRY(decide_from_raw());
            if (plain_) {
                out_ = std::exchange(raw_, {});
                return take(to, size);
            }
        } else {
            TRY(more());
        }
        while (true) {
            convert();
            if (!out_.empty() || ended_) return take(to, size);
            TRY(more());
        }
    }

  private:
    std::size_t take(char* to, std::size_t size) {
        const auto bytes = std::min(size, out_.size() - out_at_);
        std::memcpy(to, out_.data() + out_at_, bytes);
        out_at_ += bytes;
        if (out_at_ == out_.size()) {
            out_.clear();
            out_at_ = 0;
        }
        return bytes;
    }

    Result<> more() {
        const auto before = raw_.size();
        raw_.resize(before + read_block);
        const auto got = TRY(bytes_->read(raw_.data() + before, read_block));
        raw_.resize(before + got);
        ended_ = got == 0;
        return {};
    }

    // Of the beginning: it is ASCII, and no UTF-16 of it.
    Result<bool> is_undecided() {
        while (!ended_ && raw_.size() < begin_size) TRY(more());
        return is_ascii(raw_) && detect_encoding(raw_) == Encoding::unknown;
    }

    // From at least a few thousand bytes beyond the first that is not ASCII.
    Result<> decide_from_raw() {
        const auto first = static_cast<std::size_t>(
            std::ranges::find_if(raw_, [](char one) { return static_cast<unsigned char>(one) >= 0x80; }) -
            raw_.begin());
        while (!ended_ && raw_.size() < first + (64U << 10)) TRY(more());
        if (raw_.starts_with(std::string_view("\xff\xfe\0\0", 4)) ||
            raw_.starts_with(std::string_view("\0\0\xfe\xff", 4)))
            return fail(ErrorCode::invalid_argument, "this is UTF-32; save the file as CSV in UTF-8");
        const auto found = detect_encoding(raw_);
        if (found == Encoding::unknown)
            return fail(ErrorCode::invalid_argument,
                        "the text's encoding cannot be told from its letters; say it in the mapping, such as "
                        "`encoding: windows-1251`, or save the file in UTF-8");
        return decide(found);
    }

    Result<> decide(Encoding encoding) {
        told_->encoding = encoding == Encoding::other ? named_ : std::string(name(encoding));
        plain_ = encoding == Encoding::utf8;
        if (plain_) return {};
        if (encoding == Encoding::utf16le || encoding == Encoding::utf16be)
            converter_ = std::make_unique<Utf16Converter>(encoding);
        else
            converter_ = std::make_unique<LineConverter>(TRY(LineDecoder::of(encoding, told_->encoding)));
        return {};
    }

    void convert() {
        const auto taken = converter_->convert(raw_, ended_ ? csv::Text::whole : csv::Text::goes_on, out_);
        raw_.erase(0, taken);
        told_->converted = converter_->converted;
    }

    std::unique_ptr<Bytes> bytes_;
    std::string named_;
    std::shared_ptr<Told> told_;
    bool plain_ = false, ended_ = false, at_begin_ = true;
    std::unique_ptr<Converter> converter_;
    std::string raw_, out_;
    std::size_t out_at_ = 0;
};

}  // namespace

Result<std::unique_ptr<LineDecoder>> LineDecoder::of(Encoding encoding, const std::string& name) {
    auto* converter = iconv_open("UTF-8", encoding == Encoding::windows1252 ? "CP1252" : name.c_str());
    if (converter == iconv_t(-1))
        return fail(ErrorCode::invalid_argument,
                    fmt::format("the encoding \"{}\" is not known here; `iconv --list` names those that are", name));
    return std::make_unique<Iconv>(converter, encoding);
}

Result<std::unique_ptr<Bytes>> decode(std::unique_ptr<Bytes> bytes, const std::string& encoding,
                                      std::shared_ptr<Told> told) {
    auto decoded = std::make_unique<Decoded>(std::move(bytes), encoding, std::move(told));
    TRY(decoded->prepare());
    return decoded;
}

}  // namespace suanpan::data
