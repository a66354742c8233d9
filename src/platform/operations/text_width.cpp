#include "platform/operations/text_width.h"

namespace suanpan::operations {
namespace {

bool continues_a_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

}  // namespace

std::size_t text_width(std::string_view text) {
    std::size_t columns = 0;
    for (const char letter : text) {
        if (continues_a_character(letter)) continue;
        const auto byte = static_cast<unsigned char>(letter);
        columns += byte >= 0xE3 && byte < 0xF0 ? 2 : 1;
    }
    return columns;
}

std::string shortened(std::string_view text, std::size_t columns) {
    if (text_width(text) <= columns) return std::string(text);
    if (columns == 0) return {};
    std::size_t end = 0, taken = 0;
    while (end < text.size()) {
        std::size_t next = end + 1;
        while (next < text.size() && continues_a_character(text[next])) ++next;
        taken += text_width(text.substr(end, next - end));
        if (taken > columns - 1) break;
        end = next;
    }
    return std::string(text.substr(0, end)) + "…";
}

}  // namespace suanpan::operations
