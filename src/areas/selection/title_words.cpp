#include "areas/selection/title_words.h"

#include <cmath>
#include <cstdint>

#include "platform/base/hash.h"

namespace suanpan::selection {
namespace {

constexpr std::size_t longest_title = 4096;  // bytes that are looked at

bool is_ascii(unsigned char c) {
    return c < 128;
}

bool is_word(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::string lowered(std::string_view title) {
    std::string text(title.substr(0, longest_title));
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

// Bytes of the sign that begins here, as its first byte says and the text allows.
std::size_t sign_bytes(std::string_view text, std::size_t at) {
    const auto c = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
    return std::min(bytes, text.size() - at);
}

}  // namespace

std::vector<std::string> title_words(std::string_view title) {
    const auto text = lowered(title);
    std::vector<std::string> words;
    std::string word, sign;
    const auto end_word = [&] {
        if (word.size() > 1) words.push_back(word);
        word.clear();
    };
    for (std::size_t at = 0; at < text.size() && words.size() < most_words;) {
        if (is_ascii(static_cast<unsigned char>(text[at]))) {
            sign.clear();
            if (is_word(static_cast<unsigned char>(text[at])))
                word += text[at];
            else
                end_word();
            ++at;
            continue;
        }
        end_word();
        const auto bytes = sign_bytes(text, at);
        const auto next = text.substr(at, bytes);
        if (!sign.empty()) words.push_back(sign + next);
        sign = next;
        at += bytes;
    }
    end_word();
    if (words.size() > most_words) words.resize(most_words);
    return words;
}

std::array<float, title_buckets> title_vector(std::string_view title) {
    std::array<float, title_buckets> buckets{};
    const auto text = " " + lowered(title) + " ";
    for (std::size_t at = 0; at + 3 <= text.size(); ++at) {
        const auto h = folded_fnv1a(std::string_view(text).substr(at, 3));
        buckets[(h >> 1) % title_buckets] += (h & 1) == 0 ? 1.0F : -1.0F;
    }
    float square = 0;
    for (const float b : buckets) square += b * b;
    if (square > 0)
        for (float& b : buckets) b /= std::sqrt(square);
    return buckets;
}

std::string shortened(std::string_view text) {
    constexpr std::size_t most_bytes = 300;
    if (text.size() <= most_bytes) return std::string(text);
    std::size_t end = most_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // within a sign
    return std::string(text.substr(0, end));
}

}  // namespace suanpan::selection
