#include "areas/data/sources/encoding.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "areas/data/csv/csv.h"

namespace suanpan::data {
namespace {

using Byte = unsigned char;

bool is_high(char letter) {
    return static_cast<Byte>(letter) >= 0x80;
}

// Of UTF-16 without a mark every other byte of an ASCII letter is NUL; a table has many of those.
Encoding by_nuls(std::string_view begin) {
    const auto units = std::min<std::size_t>(begin.size(), 4096) / 2;
    std::size_t first = 0, second = 0;
    for (std::size_t i = 0; i < units; ++i) {
        first += begin[2 * i] == '\0' ? 1 : 0;
        second += begin[2 * i + 1] == '\0' ? 1 : 0;
    }
    if (first + second < std::max<std::size_t>(units / 10, 2)) return Encoding::unknown;
    if (first < second / 8 || first == 0) return Encoding::utf16le;
    if (second < first / 8 || second == 0) return Encoding::utf16be;
    return Encoding::unknown;
}

struct Evidence {
    std::size_t utf8_lines = 0, other_lines = 0;
    std::size_t pairs = 0, common_pairs = 0, broken = 0;  // of GB18030: letters, those of everyday Chinese, nothing
    std::size_t letters = 0, high = 0;                    // of the lines that are no UTF-8: bytes
};

// Reads the line as GB18030: two bytes or four a letter (GB 18030-2005, section 6).
void count_pairs(std::string_view line, Evidence& evidence) {
    const auto at = [&](std::size_t i) { return i < line.size() ? static_cast<Byte>(line[i]) : 0U; };
    for (std::size_t i = 0; i < line.size();) {
        const auto first = at(i), second = at(i + 1);
        if (first < 0x80) {
            ++i;
        } else if (first >= 0x81 && first <= 0xfe && second >= 0x40 && second != 0x7f && second != 0xff) {
            ++evidence.pairs;
            // Marks and the 3,755 letters of level 1 of GB 2312: nearly all of everyday text.
            if (second >= 0xa1 && (first <= 0xa3 ? first >= 0xa1 : first >= 0xb0 && first <= 0xd7))
                ++evidence.common_pairs;
            i += 2;
        } else if (first >= 0x81 && first <= 0xfe && second >= 0x30 && second <= 0x39 && at(i + 2) >= 0x81 &&
                   at(i + 3) >= 0x30 && at(i + 3) <= 0x39) {
            ++evidence.pairs;
            i += 4;
        } else {
            ++evidence.broken;
            ++i;
        }
    }
}

Evidence gather(std::string_view text) {
    Evidence evidence;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of("\r\n"), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (is_ascii(line)) continue;
        if (csv::is_utf8(line) || text.empty()) {  // the last one may be cut within a letter
            evidence.utf8_lines += csv::is_utf8(line) ? 1 : 0;
            if (csv::is_utf8(line) || evidence.utf8_lines + evidence.other_lines > 0) continue;
        }
        ++evidence.other_lines;
        evidence.letters += line.size();
        evidence.high += static_cast<std::size_t>(std::ranges::count_if(line, is_high));
        count_pairs(line, evidence);
    }
    return evidence;
}

}  // namespace

std::string_view name(Encoding encoding) {
    constexpr std::array<std::string_view, 7> names = {"unknown",  "UTF-8",    "GB18030", "windows-1252",
                                                       "UTF-16LE", "UTF-16BE", "other"};
    return names.at(static_cast<std::size_t>(encoding));
}

bool is_ascii(std::string_view text) {
    std::uint64_t any = 0;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        any |= word;
    }
    for (; at < text.size(); ++at) any |= static_cast<Byte>(text[at]);
    return (any & 0x8080808080808080) == 0;
}

Encoding detect_encoding(std::string_view begin) {
    if (begin.starts_with("\xef\xbb\xbf")) return Encoding::utf8;
    if (begin.starts_with("\xff\xfe")) return Encoding::utf16le;
    if (begin.starts_with("\xfe\xff")) return Encoding::utf16be;
    if (const auto wide = by_nuls(begin); wide != Encoding::unknown) return wide;
    if (is_ascii(begin)) return Encoding::unknown;
    const auto evidence = gather(begin);
    if (evidence.utf8_lines >= evidence.other_lines) return Encoding::utf8;
    if (evidence.broken * 20 <= evidence.pairs && evidence.common_pairs * 2 >= evidence.pairs) return Encoding::gb18030;
    // European text has a letter beyond ASCII here and there; what has many of them is something else.
    return evidence.high * 3 <= evidence.letters ? Encoding::windows1252 : Encoding::unknown;
}

void append_utf8(unsigned letter, std::string& to) {
    const auto add = [&](unsigned byte) { to += static_cast<char>(byte); };
    if (letter < 0x80) return add(letter);
    if (letter < 0x800) {
        add(0xc0 | letter >> 6);
    } else if (letter < 0x10000) {
        add(0xe0 | letter >> 12);
        add(0x80 | (letter >> 6 & 0x3f));
    } else {
        add(0xf0 | letter >> 18);
        add(0x80 | (letter >> 12 & 0x3f));
        add(0x80 | (letter >> 6 & 0x3f));
    }
    add(0x80 | (letter & 0x3f));
}

}  // namespace suanpan::data
