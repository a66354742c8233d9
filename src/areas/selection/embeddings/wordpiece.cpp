#include "areas/selection/embeddings/wordpiece.h"

#include <fmt/format.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "platform/base/utf8.h"

namespace suanpan::selection {
namespace {

constexpr std::size_t most_tokens_known = 2'000'000, longest_token = 1024, longest_word = 100;
constexpr std::string_view unknown_token = "[UNK]", within = "##";

std::unexpected<Error> no_vocabulary(const std::string& what, const std::string& about) {
    return fail(ErrorCode::invalid_argument,
                fmt::format("not a model's vocabulary: {}; copy it again from where the model is from", what), about);
}

Result<> check_token(std::string_view token, std::size_t number, const std::string& about) {
    if (token.size() > longest_token) return no_vocabulary(fmt::format("token {} has no end", number), about);
    if (!is_utf8(token)) return no_vocabulary(fmt::format("token {} is not UTF-8", number), about);
    return {};
}

const std::uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

// Calls `one` for each sign of UTF-8 text.
template <class Function>
void for_signs(std::string_view text, const Function& one) {
    while (!text.empty()) {
        ucs4_t sign = 0;
        const auto length = u8_mbtouc(&sign, bytes_of(text), text.size());
        one(sign);
        text.remove_prefix(static_cast<std::size_t>(length));
    }
}

void add_sign(std::string& text, ucs4_t sign) {
    std::uint8_t bytes[6];
    const auto length = u8_uctomb(bytes, sign, sizeof bytes);
    if (length > 0) text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

bool is_of(ucs4_t sign, std::uint32_t categories) {
    return uc_is_general_category_withtable(sign, categories);
}

bool is_blank(ucs4_t sign) {
    return sign == '\t' || sign == '\n' || sign == '\r' || is_of(sign, UC_CATEGORY_MASK_Z);
}

bool is_dropped(ucs4_t sign) {
    return sign == 0xFFFD || (!is_blank(sign) && is_of(sign, UC_CATEGORY_MASK_C));
}

// Blocks of Chinese characters, as BERT's own tokenizer has them: no kana, no hangul.
bool is_chinese(ucs4_t sign) {
    constexpr std::pair<ucs4_t, ucs4_t> blocks[] = {{0x4E00, 0x9FFF},   {0x3400, 0x4DBF},   {0x20000, 0x2A6DF},
                                                    {0x2A700, 0x2B73F}, {0x2B740, 0x2B81F}, {0x2B820, 0x2CEAF},
                                                    {0xF900, 0xFAFF},   {0x2F800, 0x2FA1F}};
    return std::ranges::any_of(blocks, [&](const auto& b) { return sign >= b.first && sign <= b.second; });
}

// What ASCII has of signs counts as punctuation, "$" and "+" too.
bool is_punctuation(ucs4_t sign) {
    const bool ascii = sign < 128 && sign > ' ' && sign != 127 && !(sign >= '0' && sign <= '9') &&
                       !(sign >= 'A' && sign <= 'Z') && !(sign >= 'a' && sign <= 'z');
    return ascii || is_of(sign, UC_CATEGORY_MASK_P);
}

std::string without_dropped(std::string_view text) {
    std::string kept;
    for_signs(text, [&](ucs4_t sign) {
        if (!is_dropped(sign)) add_sign(kept, sign);
    });
    return kept;
}

// Signs apart from their accents.
std::string decomposed(const std::string& text) {
    std::size_t size = 0;
    const std::unique_ptr<std::uint8_t, decltype(&std::free)> made(
        u8_normalize(UNINORM_NFD, bytes_of(text), text.size(), nullptr, &size), std::free);
    return made ? std::string(reinterpret_cast<const char*>(made.get()), size) : text;
}

std::string_view beginning(std::string_view text) {
    if (text.size() <= most_text_bytes) return text;
    auto end = most_text_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

// The end of a sign of UTF-8 that begins at `at`.
std::size_t after_sign(std::string_view word, std::size_t at) {
    ++at;
    while (at < word.size() && (static_cast<unsigned char>(word[at]) & 0xC0) == 0x80) ++at;
    return at;
}

std::optional<std::vector<std::int64_t>> pieces_of(const Vocabulary& vocabulary, std::string_view word) {
    std::vector<std::size_t> ends;
    for (std::size_t at = 0; at < word.size();) ends.push_back(at = after_sign(word, at));
    if (ends.size() > longest_word) return std::nullopt;
    std::vector<std::int64_t> pieces;
    for (std::size_t at = 0; at < word.size();) {
        std::optional<std::int64_t> found;
        for (auto end = ends.rbegin(); end != ends.rend() && *end > at && !found; ++end) {
            const std::string piece = std::string(at > 0 ? within : "").append(word.substr(at, *end - at));
            if ((found = vocabulary.find(piece))) {
                pieces.push_back(*found);
                at = *end;
                break;
            }
        }
        if (!found) return std::nullopt;
    }
    return pieces;
}

}  // namespace

Result<Vocabulary> Vocabulary::parse(std::string_view lines, const std::string& about) {
    Vocabulary made;
    for (; !lines.empty(); ++made.size_) {
        const auto end = std::min(lines.find('\n'), lines.size());
        auto token = lines.substr(0, end);
        if (token.ends_with('\r')) token.remove_suffix(1);
        if (made.size_ >= static_cast<std::int64_t>(most_tokens_known)) return no_vocabulary("it has no end", about);
        TRY(check_token(token, static_cast<std::size_t>(made.size_), about));
        made.numbers_[std::string(token)] = made.size_;
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    if (made.size_ == 0) return no_vocabulary("it is empty", about);
    return made;
}

Result<Vocabulary> Vocabulary::make(Numbered tokens, const std::string& about) {
    Vocabulary made;
    made.size_ = std::ssize(tokens);
    if (tokens.empty() || tokens.size() > most_tokens_known) return no_vocabulary("it is empty or has no end", about);
    std::vector<bool> seen(tokens.size());
    for (auto& [token, number] : tokens) {
        TRY(check_token(token, made.numbers_.size(), about));
        if (number < 0 || number >= made.size_ || seen[static_cast<std::size_t>(number)])
            return no_vocabulary(fmt::format("token number {} is there twice or beyond the end", number), about);
        seen[static_cast<std::size_t>(number)] = true;
        made.numbers_[std::move(token)] = number;
    }
    return made;
}

std::optional<std::int64_t> Vocabulary::find(std::string_view token) const {
    const auto found = numbers_.find(token);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> words_of(std::string_view text, const TextRules& rules) {
    auto clean = without_dropped(readable(beginning(text)));
    if (rules.strip_accents) clean = decomposed(clean);
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) words.push_back(std::exchange(word, {}));
    };
    for_signs(clean, [&](ucs4_t sign) {
        if (rules.strip_accents && is_of(sign, UC_CATEGORY_MASK_Mn)) return;
        const bool alone = is_punctuation(sign) || (rules.split_chinese && is_chinese(sign));
        if (alone || is_blank(sign)) end_word();
        if (!is_blank(sign)) add_sign(word, rules.lower_case ? uc_tolower(sign) : sign);
        if (alone) end_word();
    });
    end_word();
    return words;
}

std::vector<std::int64_t> word_pieces(const Vocabulary& vocabulary, std::string_view text, const TextRules& rules) {
    std::vector<std::int64_t> numbers;
    for (const auto& word : words_of(text, rules)) {
        if (const auto pieces = pieces_of(vocabulary, word))
            numbers.insert(numbers.end(), pieces->begin(), pieces->end());
        else if (const auto nothing = vocabulary.find(unknown_token))
            numbers.push_back(*nothing);
    }
    return numbers;
}

}  // namespace suanpan::selection
