#include "areas/data/csv/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace suanpan::data::csv {
namespace {

using testing::ElementsAre;

std::vector<std::string> cells_of(std::string_view row, char delimiter = ',') {
    Cells cells;
    EXPECT_EQ(cells.split(row, delimiter), Fault::none) << row;
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < cells.size(); ++i) texts.emplace_back(cells[i]);
    return texts;
}

Fault fault_of(std::string_view row) {
    return Cells().split(row, ',');
}

TEST(Csv, SplitsCells) {
    EXPECT_THAT(cells_of("a,b,c\n"), ElementsAre("a", "b", "c"));
    EXPECT_THAT(cells_of("a,,\r\n"), ElementsAre("a", "", ""));
    EXPECT_THAT(cells_of("a text of more than eight bytes\tb", '\t'),
                ElementsAre("a text of more than eight bytes", "b"));
    EXPECT_THAT(cells_of(R"("a ""quoted"" word, and",b,"",12" nail)"),
                ElementsAre("a \"quoted\" word, and", "b", "", "12\" nail"));
    EXPECT_THAT(cells_of("\"two\nlines\",b\n"), ElementsAre("two\nlines", "b"));
}

TEST(Csv, KnowsWhichCellsAreInTheRow) {
    Cells cells;
    cells.split(R"("plain","doubled "" quote",bare)", ',');
    EXPECT_TRUE(cells.in_row(0));
    EXPECT_FALSE(cells.in_row(1));
    EXPECT_TRUE(cells.in_row(2));
}

TEST(Csv, NamesFaults) {
    EXPECT_EQ(fault_of("\n"), Fault::blank);
    EXPECT_EQ(fault_of("\"a\"b,c"), Fault::after_quote);
    EXPECT_EQ(fault_of(std::string_view("a\0b,c", 5)), Fault::nul);
    EXPECT_EQ(fault_of("caf\xe9,1"), Fault::not_utf8);          // Latin-1
    EXPECT_EQ(fault_of("\xed\xa0\x80,1"), Fault::not_utf8);     // a surrogate
    EXPECT_EQ(fault_of("\xc0\xaf,1"), Fault::not_utf8);         // longer than need be
    EXPECT_EQ(fault_of("算盘,\xf0\x9f\xa7\xae"), Fault::none);  // three and four bytes
}

TEST(Csv, MeasuresRows) {
    EXPECT_EQ(row_size("a,b\nc", ',', Text::goes_on)->bytes, 4);
    EXPECT_FALSE(row_size("a,b", ',', Text::goes_on));
    EXPECT_EQ(row_size("a,b", ',', Text::whole)->bytes, 3);
    const auto two_lines = row_size("a,\"b\nc\"\nd", ',', Text::goes_on);
    EXPECT_EQ(two_lines->bytes, 8);
    EXPECT_EQ(two_lines->lines, 2);
    EXPECT_FALSE(row_size("a,\"b\nc", ',', Text::goes_on));
    EXPECT_TRUE(row_size("a,\"b\nc", ',', Text::whole)->open_quote);
    EXPECT_EQ(row_size("12\" nail,b\nc", ',', Text::goes_on)->bytes, 11);
}

TEST(Csv, FindsTheDelimiter) {
    EXPECT_EQ(find_delimiter("a;b;\"c,d,e,f\""), ';');
    EXPECT_EQ(find_delimiter("a\tb"), '\t');
    EXPECT_EQ(find_delimiter("one"), ',');
}

TEST(Csv, MakesTextsReadable) {
    EXPECT_EQ(readable(std::string_view("a\0caf\xe9 \xe7\xae\x97", 10)), "a\uFFFDcaf\uFFFD \u7B97");
}

}  // namespace
}  // namespace suanpan::data::csv
