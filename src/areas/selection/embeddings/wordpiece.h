#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/base/result.h"

// Texts as the numbers that BERT and its kin read (Devlin et al. 2019; WordPiece: Wu et al. 2016, section 4.1). Pure.
namespace suanpan::selection {

// The tokens that a model knows, numbered from 0.
class Vocabulary {
  public:
    // A token a line, as in vocab.txt; of equal ones the last counts. Errors: invalid_argument naming `about`.
    [[nodiscard]] static Result<Vocabulary> parse(std::string_view lines, const std::string& about);
    // Tokens with their numbers, which must be those from 0 on.
    using Numbered = std::vector<std::pair<std::string, std::int64_t>>;
    [[nodiscard]] static Result<Vocabulary> make(Numbered tokens, const std::string& about);

    [[nodiscard]] std::optional<std::int64_t> find(std::string_view token) const;
    [[nodiscard]] std::int64_t size() const { return size_; }

  private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> numbers_;
    std::int64_t size_ = 0;
};

// How a text becomes words; a model says which rules it was learned with.
struct TextRules {
    bool lower_case = true;
    bool strip_accents = true;
    bool split_chinese = true;  // every Chinese sign is a word
};

inline constexpr std::size_t most_text_bytes = 4096;  // of a text, what is read

// Words and signs of punctuation. What is no UTF-8 and control signs are left out.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text, const TextRules& rules);

// The longest pieces that the vocabulary has, from the left; "##" begins a piece within a word. A word that cannot be
// made so, or of more than 100 signs, is [UNK], or nothing where the vocabulary has none.
[[nodiscard]] std::vector<std::int64_t> word_pieces(const Vocabulary& vocabulary, std::string_view text,
                                                    const TextRules& rules);

}  // namespace suanpan::selection
