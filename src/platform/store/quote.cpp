#include "platform/store/quote.h"

namespace suanpan::store {
namespace {

std::string doubled(std::string_view text, char mark) {
    std::string quoted(1, mark);
    for (const char letter : text) {
        quoted += letter;
        if (letter == mark) quoted += mark;
    }
    return quoted + mark;
}

}  // namespace

std::string quote_name(std::string_view name) {
    return doubled(name, '"');
}
std::string quote_text(std::string_view text) {
    return doubled(text, '\'');
}

}  // namespace suanpan::store
