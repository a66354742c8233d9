#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "areas/data/sources/bytes.h"

// Text encodings: found out from the bytes, and brought to UTF-8.
namespace suanpan::data {

enum class Encoding : std::uint8_t { unknown, utf8, gb18030, windows1252, utf16le, utf16be, other };
[[nodiscard]] std::string_view name(Encoding encoding);

// What a text is that begins like this: by its byte order mark, its NULs, then by which encoding makes sense of its
// lines that are not ASCII. `unknown` where all of it is ASCII, or nothing fits: see `is_ascii`.
[[nodiscard]] Encoding detect_encoding(std::string_view begin);
[[nodiscard]] bool is_ascii(std::string_view text);

// Marks within a decoded text, which no UTF-8 has, so that the row is found unreadable and set aside.
constexpr char undecodable = '\xff';   // in place of bytes that are nothing in the text's encoding
constexpr char foreign_line = '\xfe';  // at the end of a line that is UTF-8 where the text is not

// One line, of an encoding whose letters are bytes, as UTF-8.
class LineDecoder {
  public:
    // Errors: iconv knows no such encoding.
    [[nodiscard]] static Result<std::unique_ptr<LineDecoder>> of(Encoding encoding, const std::string& name);
    virtual ~LineDecoder() = default;
    // Appends the line, with marks where something is no text.
    virtual void append(std::string_view line, std::string& to) = 0;
};

// UTF-8 of bytes in an encoding: the one given by name ("GB18030", "windows-1251", any that iconv knows), or the one
// found out where the name is empty. Plain UTF-8 passes through unchanged and unchecked.
[[nodiscard]] Result<std::unique_ptr<Bytes>> decode(std::unique_ptr<Bytes> bytes, const std::string& encoding,
                                                    std::shared_ptr<Told> told);

// Appends a letter, a code point of Unicode, as UTF-8.
void append_utf8(unsigned letter, std::string& to);

}  // namespace suanpan::data
