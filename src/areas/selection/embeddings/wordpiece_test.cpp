#include "areas/selection/embeddings/wordpiece.h"

#include <gmock/gmock.h>

namespace suanpan::selection {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Vocabulary vocabulary(std::string_view lines) {
    return Vocabulary::parse(lines, "vocab.txt").value();
}

// As Hugging Face's BertTokenizerFast cuts them.
TEST(WordPiece, CutsTextsIntoWords) {
    EXPECT_THAT(words_of("Red LAMP, 2.5L (café)", {}),
                ElementsAre("red", "lamp", ",", "2", ".", "5l", "(", "cafe", ")"));
    EXPECT_THAT(words_of("Café", {.lower_case = false, .strip_accents = false}), ElementsAre("Café"));
    EXPECT_THAT(words_of("CAFÉ", {.lower_case = true, .strip_accents = false}), ElementsAre("café"));
    EXPECT_THAT(words_of("2023新款T恤 男", {}), ElementsAre("2023", "新", "款", "t", "恤", "男"));
    EXPECT_THAT(words_of("新款T恤", {.split_chinese = false}), ElementsAre("新款t恤"));
    EXPECT_THAT(words_of("カメラ 카", {.strip_accents = false}), ElementsAre("カメラ", "카"));
    EXPECT_THAT(words_of("a\tb\n c\u00A0d", {}), ElementsAre("a", "b", "c", "d"));
    EXPECT_THAT(words_of("«$5»，好", {}), ElementsAre("«", "$", "5", "»", "，", "好"));
    EXPECT_THAT(words_of(std::string("a\0b\xFF\u200Dc", 8), {}), ElementsAre("abc"));
    EXPECT_THAT(words_of("", {}), IsEmpty());
    EXPECT_THAT(words_of(" \u0301 ", {}), IsEmpty());
}

TEST(WordPiece, TakesTheLongestPiecesFromTheLeft) {
    const auto known = vocabulary("[PAD]\n[UNK]\nun\n##aff\n##able\n##a\nred\n##s\n新\n款\nt\n##恤\n恤\n");
    EXPECT_THAT(word_pieces(known, "unaffable reds", {}), ElementsAre(2, 3, 4, 6, 7));
    EXPECT_THAT(word_pieces(known, "新款T恤", {}), ElementsAre(8, 9, 10, 12)) << "signs are words of their own";
    EXPECT_THAT(word_pieces(known, "新款T恤", {.split_chinese = false}), ElementsAre(1)) << "##款 is not known";
    EXPECT_THAT(word_pieces(known, "unread red", {}), ElementsAre(1, 6)) << "a word is known whole or not at all";
    EXPECT_THAT(word_pieces(known, "[PAD]", {}), ElementsAre(1, 1, 1)) << "a text cannot name the special tokens";
    EXPECT_THAT(word_pieces(known, std::string(101, 'a'), {}), ElementsAre(1));
    EXPECT_THAT(word_pieces(vocabulary("red\n"), "blue red", {}), ElementsAre(0)) << "without [UNK] it says nothing";
}

TEST(WordPiece, EndlessTextsAreCut) {
    std::string text;
    while (text.size() < 100'000) text += "红 ";
    EXPECT_EQ(words_of(text, {}).size(), most_text_bytes / 4);
    EXPECT_EQ(words_of(std::string(10'000'000, 'x'), {})[0].size(), most_text_bytes);
}

TEST(WordPiece, VocabulariesAreChecked) {
    const auto known = vocabulary("a\r\nb\nb\n\nc");
    EXPECT_EQ(known.size(), 5);
    EXPECT_EQ(known.find("a"), 0);
    EXPECT_EQ(known.find("b"), 2) << "the last of equal ones";
    EXPECT_EQ(known.find("c"), 4);
    EXPECT_EQ(known.find("d"), std::nullopt);
    EXPECT_THAT(Vocabulary::parse("", "v").error().text(), HasSubstr("v: not a model's vocabulary: it is empty"));
    EXPECT_THAT(Vocabulary::parse("a\n\xFF\xFE", "v").error().text(), HasSubstr("token 1 is not UTF-8"));
    EXPECT_THAT(Vocabulary::parse(std::string(5000, 'a'), "v").error().text(), HasSubstr("token 0 has no end"));
    EXPECT_EQ(Vocabulary::make({{"b", 1}, {"a", 0}}, "v").value().find("b"), 1);
    for (const auto& wrong : {Vocabulary::Numbered{{"a", 0}, {"b", 0}}, {{"a", 0}, {"b", 2}}, {{"a", -1}}})
        EXPECT_THAT(Vocabulary::make(wrong, "v").error().text(), HasSubstr("is there twice or beyond the end"));
}

}  // namespace
}  // namespace suanpan::selection
