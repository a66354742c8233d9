#include <fmt/format.h>
#include <gmock/gmock.h>
#include <zip.h>
#include <zlib.h>
#include <zstd.h>

#include "areas/data/csv/text_file.h"
#include "areas/data/sources/test_shop.h"

// Whatever a table comes in, it ends in the same rows, the same quarantine and the same numbers of rows.
namespace suanpan::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string zstd(std::string_view text) {
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    auto* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);  // as the zstd program does
    packed.resize(ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size()));
    ZSTD_freeCCtx(context);
    return packed;
}

const std::string csv_text =
    "sku,name,price,listed\nA1,Cup,2.50,2020-01-02\nA2,杯,x,2020-01-02\nA3,\"Bowl, blue\",3,\n";
const std::vector<std::string> csv_items = {"2|A1|Cup|250|2020-01-02", "4|A3|Bowl, blue|300"};

TEST_F(SourceTest, ZstdIsUnpackedFrameByFrame) {
    const auto report = load("items.csv.zst", zstd(csv_text.substr(0, 30)) + zstd(csv_text.substr(30)));
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(item_rows(), csv_items);
    EXPECT_EQ(report->quarantined, 1);
    EXPECT_EQ(report->encoding, "UTF-8");
    EXPECT_EQ(report->format, "csv");
}

TEST_F(SourceTest, ZstdThatIsBrokenOrEndlessIsRefused) {
    std::string text = csv_text;
    for (int i = 0; i < 100'000; ++i) text += fmt::format("B{},Item {},{},2020-01-01\n", i, i * 7919, i % 97);
    const auto packed = zstd(text);
    EXPECT_THAT(load("items.csv.zst", packed.substr(0, packed.size() / 2)).error().message,
                HasSubstr("broken or cut off (unexpected end of file); copy it anew"));
    auto damaged = packed;
    damaged[packed.size() / 2] = static_cast<char>(damaged[packed.size() / 2] ^ 0x55);
    damaged[packed.size() / 2 + 1] = static_cast<char>(damaged[packed.size() / 2 + 1] ^ 0x55);
    EXPECT_FALSE(load("items-damaged.csv.zst", damaged));
    std::ofstream(folder / "bomb.zst", std::ios::binary) << zstd(std::string(8U << 20, 'x'));
    const auto bomb = TextFile::open(folder / "bomb.zst", {.spill_folder = folder, .memory = 1U << 20});
    const auto refused = bomb ? (*bomb)->wait_beyond(8U << 20).error() : bomb.error();
    EXPECT_THAT(refused.message, HasSubstr("unpacks to more than 200 times its size"));
    EXPECT_THAT(item_rows(), IsEmpty());
}

TEST_F(SourceTest, TheEncodingIsSaidAndItsRowsCounted) {
    // 杯 is B1 AD in GB18030, 碗 is CD EB.
    const auto report = load("items.csv",
                             "sku,name,price,listed\nA1,Cup,2.50,2020-01-02\nA2,\xb1\xad,1,\nA3,\xcd\xeb,2,\n"
                             "A4,\xe6\x90\xaa\xe7\x93\xb7\xe7\xa2\x97,1,\nA5,\xb1,1,\n");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->encoding, "GB18030");
    ASSERT_EQ(report->rules.size(), 2);
    EXPECT_EQ(report->rules[1].rule, "encoding GB18030");
    EXPECT_EQ(report->read, report->loaded + report->quarantined);
    EXPECT_THAT(item_rows(), ElementsAre("2|A1|Cup|250|2020-01-02", "3|A2|杯|100", "4|A3|碗|200"));
    EXPECT_THAT(
        quarantined(),
        ElementsAre("5|unreadable row|the row is UTF-8, the file is GB18030; save the whole file in one encoding "
                    "and load it again|A4,搪瓷碗,1,",
                    "6|unreadable row|the row has bytes that are no GB18030, as the file is; save the whole file "
                    "in one encoding and load it again|A5,\uFFFD,1,"));
}

TEST_F(SourceTest, ALineOfAnotherEncodingWithinAQuotedCellCostsOnlyItsRow) {
    const auto report =
        load("items.csv",
             "sku,name,price,listed\nA1,\xb1\xad,1,\nA2,\"\xcd\xeb\n\xe6\x90\xaa\xe7\x93\xb7\n\",1,\nA3,\xcd\xeb,2,\n");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_THAT(item_rows(), ElementsAre("2|A1|杯|100", "6|A3|碗|200"));
    EXPECT_EQ(report->quarantined, 1);
    EXPECT_THAT(quarantined().at(0), HasSubstr("3|unreadable row|the row is UTF-8, the file is GB18030"));
}

TEST_F(SourceTest, JsonLinesEndInTheSameRows) {
    const std::string text =
        "{\"sku\":\"A1\",\"name\":\"Cup\",\"price\":2.50,\"listed\":\"2020-01-02\"}\n"
        "\n"
        "{\"sku\":\"A2\",\"price\":\"x\",\"more\":{\"colour\":\"blue\"}}\r\n"
        "{\"sku\":\"A3\",\"price\":1\n"
        "{\"price\":3,\"sku\":\"A4\",\"name\":\"two\\nlines, \\\"quoted\\\"\"}\n"
        "{\"sku\":\"A5\",\"price\":1,\"name\":\"z\\u0000\"}";
    const auto report = load("items.jsonl", text);
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->format, "jsonl");
    EXPECT_EQ(report->read, 5);
    EXPECT_THAT(item_rows(), ElementsAre("1|A1|Cup|250|2020-01-02", "5|A4|two\nlines, \"quoted\"|300"));
    const auto aside = quarantined();
    ASSERT_EQ(aside.size(), 3);
    EXPECT_THAT(aside[0], HasSubstr("3|unreadable unit_price|\"x\" is not an amount of money"));
    EXPECT_THAT(aside[0], HasSubstr("\"more.colour\":\"blue\""));
    EXPECT_EQ(aside[1],
              "4|unreadable row|the line is no JSON: a comma or the end of the object is expected (byte 22)|"
              "{\"sku\":\"A3\",\"price\":1");
    EXPECT_THAT(aside[2], HasSubstr("6|unreadable row|the row has a NUL byte"));
    EXPECT_EQ(load("items.jsonl", text)->unchanged, 5);
}

TEST_F(SourceTest, JsonLinesPackedAndInGb18030) {
    const auto report =
        load("items.jsonl.zst", zstd("{\"sku\":\"A1\",\"name\":\"\xb1\xad\",\"price\":1,\"listed\":null}\n"));
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->encoding, "GB18030");
    EXPECT_THAT(item_rows(), ElementsAre("1|A1|杯|100"));
}

TEST_F(SourceTest, SaysWhatIsWrongWithJson) {
    EXPECT_THAT(load("items.json", "[{\"sku\":1}]").error().message, HasSubstr("write each of its objects on a line"));
    EXPECT_THAT(load("items.jsonl", "{\"sku\n{,}\n").error().message,
                HasSubstr("no line of the file is a JSON object"));
    std::string text;
    for (int i = 0; i < 5'000; ++i) text += fmt::format("{{\"k{}\":1}}\n", i);
    EXPECT_THAT(load("items-keys.jsonl", text).error().message, HasSubstr("more than 4000 names in all"));
    EXPECT_THAT(load("items-long.jsonl", "{\"a\":1}\n{\"a\":\"" + std::string(18U << 20, 'x')).error().message,
                HasSubstr("line 2 is longer than 16 MiB"));
}

TEST_F(SourceTest, ParquetEndsInTheSameRows) {
    const auto file = folder / "items.parquet";
    auto connection = shop->database().connect().value();
    const auto written = connection.run(fmt::format(R"(
        COPY (SELECT 'A' || i AS sku, CASE WHEN i = 3 THEN 'two' || chr(10) || 'lines' ELSE 'Item, ' || i END AS name,
                     CASE WHEN i = 4 THEN 'x' ELSE CAST(i AS VARCHAR) END AS price, DATE '2020-01-01' + CAST(i AS INTEGER) AS listed,
                     [i, i + 1] AS sizes, struct_pack(a := i) AS more, TIMESTAMP '2020-01-01 10:00:00' AS seen
              FROM range(1, 5001) AS t(i)) TO '{}' (FORMAT parquet, ROW_GROUP_SIZE 2048))",
                                                    file.string()));
    ASSERT_TRUE(written) << written.error().text();
    const auto report = load_file(*shop, mapping, file, {});
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->format, "parquet");
    EXPECT_EQ(report->encoding, "");
    EXPECT_EQ(report->loaded, 4999);
    const auto all = item_rows();
    EXPECT_EQ(all[0], "1|A1|Item, 1|100|2020-01-02");
    EXPECT_EQ(all[2], "3|A3|two\nlines|300|2020-01-04");
    EXPECT_EQ(all.back(), "5000|A5000|Item, 5000|500000|2033-09-09");
    EXPECT_THAT(quarantined(),
                ElementsAre(HasSubstr("4|unreadable unit_price|\"x\" is not an amount of money|{\"sku\":\"A4\"")));
    EXPECT_THAT(quarantined()[0], HasSubstr(R"("sizes":"[4,5]","more":"{\"a\":4}","seen":"2020-01-01 10:00:00")"));
}

TEST_F(SourceTest, ParquetThatIsCutOffIsRefused) {
    EXPECT_THAT(load("items.parquet", "PAR1 and then nothing").error().message,
                HasSubstr("the Parquet file cannot be read; copy or write it anew"));
}

TEST_F(SourceTest, TheMappingMayNameFormatAndEncoding) {
    const auto with = [](const std::string& setting) {
        return parse_mapping("sources:\n  - name: items\n    file: x\n    " + setting +
                                 "\n    into:\n      - {table: items, fields: {item_id: sku}}\n",
                             "mapping.yaml");
    };
    EXPECT_EQ(with("format: jsonl")->sources[0].reading.format, "jsonl");
    EXPECT_EQ(with("encoding: windows-1251")->sources[0].reading.encoding, "windows-1251");
    EXPECT_EQ(with("sheet: Prices")->sources[0].reading.sheet, "Prices");
    EXPECT_EQ(with("format: xml").error().text(),
              "mapping.yaml:4: a format is csv, jsonl, parquet or xlsx; leave it out to have it found out");
}

}  // namespace
}  // namespace suanpan::data
