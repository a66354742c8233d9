#include "areas/data/sources/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>

#include <vector>

namespace suanpan::data {
namespace {

using testing::HasSubstr;

// Packed by iconv itself, so that nothing of ours says what is right.
std::string in(const char* encoding, std::string text) {
    auto* converter = iconv_open(encoding, "UTF-8");
    std::string out(4 * text.size() + 8, '\0');
    auto *from = text.data(), *to = out.data();
    auto left = text.size(), room = out.size();
    EXPECT_NE(iconv(converter, &from, &left, &to, &room), static_cast<std::size_t>(-1));
    iconv_close(converter);
    out.resize(out.size() - room);
    return out;
}

struct Read {
    std::string text;
    Told told;
    std::string error;
};

// In reads of a few bytes, so that every letter is cut somewhere.
Read read(const std::string& bytes, const std::string& encoding = "", std::size_t step = 1U << 20) {
    const auto told = std::make_shared<Told>();
    auto decoded = decode(bytes_of(bytes), encoding, told);
    if (!decoded) return {.error = decoded.error().message};
    Read all;
    std::string block(step, '\0');
    while (true) {
        const auto got = (*decoded)->read(block.data(), block.size());
        if (!got) return {.error = got.error().message};
        if (*got == 0) break;
        all.text += block.substr(0, *got);
    }
    all.told = *told;
    return all;
}

const std::string chinese = "订单号,商品名称,价格\n1001,蓝色陶瓷杯 350毫升,25.50\n1002,竹制砧板,39.00\n";
const std::string french = "sku,nom,prix\nA1,théière en grès,25\nA2,cuillère,3\nA3,crème brûlée,\"12,50\"\n";

TEST(Encoding, IsFoundAndBroughtToUtf8) {
    struct Case {
        const char *packed_as, *said;
        const std::string& text;
    };
    for (const auto& [packed_as, said, text] : {Case{"UTF-8", "UTF-8", chinese},
                                                {"GB18030", "GB18030", chinese},
                                                {"GBK", "GB18030", chinese},
                                                {"UTF-16LE", "UTF-16LE", chinese},
                                                {"UTF-16BE", "UTF-16BE", chinese},
                                                {"UTF-16LE", "UTF-16LE", french},
                                                {"CP1252", "windows-1252", french},
                                                {"ISO-8859-1", "windows-1252", french},
                                                {"UTF-8", "UTF-8", french}}) {
        for (const std::size_t step : {1U, 7U, 1U << 20}) {
            const auto found = read(in(packed_as, text), "", step);
            EXPECT_EQ(found.error, "") << packed_as;
            EXPECT_EQ(found.told.encoding, said) << packed_as;
            EXPECT_EQ(found.text, text) << packed_as << " in steps of " << step;
        }
    }
}

TEST(Encoding, ByteOrderMarkDecides) {
    EXPECT_EQ(read("\xff\xfe" + in("UTF-16LE", "a,杯\n")).text, "a,杯\n");
    EXPECT_EQ(read("\xfe\xff" + in("UTF-16BE", "a,𠮷\n")).text, "a,𠮷\n");
    EXPECT_EQ(read("\xef\xbb\xbf" + std::string("a\n")).told.encoding, "UTF-8");
    EXPECT_THAT(read(std::string("\xff\xfe\0\0a\0\0\0", 8)).error, HasSubstr("this is UTF-32; save the file as CSV"));
}

TEST(Encoding, LettersOfFourBytesAndOfTheWholeOfUnicodeComeThrough) {
    const std::string text = "品名\n䶮㐀𠮷野家 €5\n陶瓷杯\n";
    const auto found = read(in("GB18030", text));
    EXPECT_EQ(found.text, text);
    EXPECT_EQ(found.told.converted, 3);
}

// What decides may come late: megabytes of ASCII before it pass through.
TEST(Encoding, IsFoundBehindMegabytesOfAscii) {
    std::string ascii = "sku,name\n";
    for (int i = 0; i < 300'000; ++i) ascii += std::to_string(i) + ",plain\n";
    const auto found = read(ascii + in("GB18030", chinese));
    EXPECT_EQ(found.told.encoding, "GB18030");
    EXPECT_TRUE(found.text == ascii + chinese);
    EXPECT_EQ(found.told.converted, 3);
}

TEST(Encoding, LinesOfAnotherEncodingAreMarked) {
    const auto found = read(in("GB18030", chinese) + "1003,搪瓷碗和筷子,12\r\n" + in("GB18030", chinese));
    EXPECT_EQ(found.text, chinese + "1003,搪瓷碗和筷子,12\xfe\r\n" + chinese);
    EXPECT_EQ(read(in("CP1252", french) + "A4,pâte,1\n").text, french + "A4,pâte,1\xfe\n");
    // A file of UTF-8 with a few other lines passes through; the reader of rows finds them.
    const auto mixed = chinese + chinese + in("GB18030", "1003,搪瓷碗,12\n");
    EXPECT_EQ(read(mixed).told.encoding, "UTF-8");
    EXPECT_EQ(read(mixed).text, mixed);
}

TEST(Encoding, BytesThatAreNothingAreMarked) {
    EXPECT_EQ(read(in("GB18030", chinese) + "1003,\xff\xff,12\n").text, chinese + "1003,\xff\xff,12\n");
    EXPECT_EQ(read(in("CP1252", french) + "A4,\x81,1\n").text, french + "A4,\xff,1\n");
    EXPECT_EQ(read("\xff\xfe" + in("UTF-16LE", "a\n") +
                   std::string("\0\xd8"
                               "b\0\n\0",
                               6))
                  .text,
              "a\n\xff"
              "b\n");
    EXPECT_EQ(read("\xff\xfe" + in("UTF-16LE", "a\n") + "x").text, "a\n\xff");
}

TEST(Encoding, IsAsTheMappingSays) {
    const std::string russian = "артикул,название\n1,чашка\n";
    EXPECT_THAT(read(in("CP1251", russian)).error,
                HasSubstr("say it in the mapping, such as `encoding: windows-1251`"));
    const auto found = read(in("CP1251", russian), "windows-1251");
    EXPECT_EQ(found.text, russian);
    EXPECT_EQ(found.told.encoding, "windows-1251");
    EXPECT_THAT(read(russian, "martian").error, HasSubstr("the encoding \"martian\" is not known here"));
    EXPECT_EQ(read(in("UTF-16LE", "a\n"), "utf-16le").text, "a\n");
}

}  // namespace
}  // namespace suanpan::data
