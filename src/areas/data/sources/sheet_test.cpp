#include "areas/data/sources/sheet.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <zip.h>

#include "areas/data/csv/text_file.h"
#include "areas/data/sources/test_shop.h"

namespace suanpan::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Parts = std::map<std::string, std::string>;

void write_zip(const std::filesystem::path& file, const Parts& parts) {
    std::filesystem::remove(file);
    int code = 0;
    auto* archive = zip_open(file.c_str(), ZIP_CREATE, &code);
    for (const auto& [name, text] : parts)
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), 0);
    ASSERT_EQ(zip_close(archive), 0);
}

// As spreadsheet programs write them, with what they may leave out left out.
Parts workbook(const std::string& rows) {
    return {
        {"xl/workbook.xml",
         R"(<?xml version="1.0"?><workbook xmlns:r="r"><sheets><sheet name="Notes" sheetId="1" state="hidden" r:id="rId7"/>)"
         R"(<sheet name="Items" sheetId="2" r:id="rId1"/><sheet name="Prices" sheetId="3" r:id="rId2"/></sheets></workbook>)"},
        {"xl/_rels/workbook.xml.rels",
         R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>)"
         R"(<Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>)"},
        {"xl/sharedStrings.xml",
         R"(<sst><si><t>sku</t></si><si><t>name</t></si><si><t>price</t></si><si><t>listed</t></si>)"
         R"(<si><r><t xml:space="preserve">Cup </t></r><r><t>杯 &amp; lid</t></r><rPh><t>x</t></rPh></si></sst>)"},
        {"xl/styles.xml",
         R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd;@"/></numFmts>)"
         R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="4"/></cellXfs></styleSheet>)"},
        {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData><rowBreaks/></worksheet>"},
        {"xl/worksheets/sheet2.xml",
         R"(<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>sku</x:t></x:is></x:c></x:row>)"
         R"(<x:row><x:c t="str"><x:v>P1</x:v></x:c></x:row></x:sheetData></x:worksheet>)"}};
}

const std::string header =
    R"(<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="s"><v>2</v></c>)"
    R"(<c r="D3" t="s"><v>3</v></c></row>)";

struct SheetTest : SourceTest {
    Result<FileReport> load_rows(const std::string& rows) {
        write_zip(folder / "items.xlsx", workbook(rows));
        return load_file(*shop, mapping, folder / "items.xlsx", {});
    }
};

TEST_F(SheetTest, RowsKeepTheirNumbersAndDaysAreDays) {
    const auto report = load_rows(
        R"(<row r="1"/>)" + header +
        R"(<row r="4"><c r="A4" t="inlineStr"><is><t>A1</t></is></c><c r="B4" t="s"><v>4</v></c>)"
        R"(<c r="C4"><v>2.5499999999999998</v></c><c r="D4" s="1"><v>43832</v></c></row>)"
        R"(<row r="7"><c r="A7"><v>9.788175257665E12</v></c><c r="C7" s="3"><f>1+1</f><v>2</v></c><c r="D7" s="2"><v>60</v></c></row>)"
        R"(<row r="8"><c r="A8" t="str"><v>A3</v></c><c r="C8" t="e"><v>#N/A</v></c></row>)"
        R"(<row r="9"><c r="A9" t="str"><v>A4</v></c><c r="C9"><f>1+1</f></c></row>)"
        R"(<row r="10"><c r="A10" t="str"><v>A5</v></c><c r="E10"><v>5</v></c></row>)");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->format, "xlsx");
    EXPECT_EQ(report->read, 5);
    EXPECT_THAT(item_rows(), ElementsAre("4|A1|Cup 杯 & lid|255|2020-01-02", "7|9788175257665|200|1900-02-28"));
    const auto aside = quarantined();
    ASSERT_EQ(aside.size(), 3);
    EXPECT_THAT(aside[0], HasSubstr("8|unreadable unit_price|\"#N/A\" is not an amount of money"));
    EXPECT_EQ(aside[1],
              "9|unreadable row|the formula in C9 has no stored value; open the file in a spreadsheet program, save it "
              "there and load it again|A4,,,");
    EXPECT_THAT(aside[2], HasSubstr("10|unreadable row|the row has 5 cells, the header has 4"));
}

TEST_F(SheetTest, TheMappingNamesAnotherSheet) {
    write_zip(folder / "items.xlsx", workbook(header));
    mapping = parse_mapping(
                  "sources:\n  - name: items\n    file: \"items*\"\n    sheet: Prices\n    into:\n"
                  "      - {table: items, fields: {item_id: sku}}\n",
                  "mapping.yaml")
                  .value();
    const auto report = load_file(*shop, mapping, folder / "items.xlsx", {});
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_THAT(rows("SELECT source_line, item_id FROM data.item"), ElementsAre("2|P1"));
    mapping.sources[0].reading.sheet = "Stock";
    mapping.text += "#";
    EXPECT_THAT(load_file(*shop, mapping, folder / "items.xlsx", {}).error().message,
                HasSubstr("there is no sheet \"Stock\"; there are Notes, Items, Prices"));
}

TEST_F(SheetTest, SaysWhatIsWrongWithASheet) {
    EXPECT_THAT(load_rows("").error().message, HasSubstr("the sheet is empty; a table begins with a row that names"));
    EXPECT_THAT(load_rows(header + header).error().message, HasSubstr("row 3 of the sheet comes after row 3"));
    EXPECT_THAT(load_rows(header + "<row r=\"4\"><c r=\"ZZZZ4\"/></row>").error().message,
                HasSubstr("a cell's column is beyond what sheets have"));
    EXPECT_THAT(load_rows(header + "<row r=\"4\"><c r=\"A4\"></row>").error().message, HasSubstr("is broken XML"));
    EXPECT_THAT(load_rows(header + "<row r=\"4\"><c r=\"A4\">").error().message, HasSubstr("<row> does not end"));
    EXPECT_THAT(load_rows(header + R"(<row r="4"><c r="A4" t="s"><v>99</v></c></row>)")->quarantined, 1);
    write_zip(folder / "items.xlsx", {{"notes.txt", "hello"}});
    EXPECT_THAT(load_file(*shop, mapping, folder / "items.xlsx", {}).error().message,
                HasSubstr("a zip archive without a spreadsheet in it"));
}

// A spreadsheet that would fill the memory is refused while it is read.
TEST_F(SheetTest, AZipBombIsRefused) {
    auto parts = workbook(header + "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>" + std::string(12U << 20, 'x') +
                          "</t></is></c></row>" + std::string(8U << 20, ' '));
    write_zip(folder / "items.xlsx", parts);
    auto text = TextFile::open(folder / "items.xlsx", {.spill_folder = folder, .memory = 4U << 20});
    const auto refused = text ? (*text)->wait_beyond(1ULL << 40).error() : text.error();
    EXPECT_THAT(refused.message, HasSubstr("unpacks to more than 200 times its size"));
    parts = workbook(header);
    parts["xl/styles.xml"] = "<styleSheet>" + std::string(17U << 20, ' ') + "</styleSheet>";
    write_zip(folder / "items.xlsx", parts);
    EXPECT_THAT(load_file(*shop, mapping, folder / "items.xlsx", {}).error().message,
                HasSubstr("the part \"xl/styles.xml\" is larger than 16 MiB"));
}

// The dates that Excel shows for these numbers (ECMA-376, part 1, 18.17.4.1 and its examples).
TEST(Sheet, SerialNumbersAreDays) {
    SheetTexts texts{.date_styles = {true}};
    const auto day = [&](const char* serial) {
        return parse_sheet_row(fmt::format(R"(<row><c s="0"><v>{}</v></c></row>)", serial), texts)->cells.at(0);
    };
    EXPECT_EQ(day("1"), "1900-01-01");
    EXPECT_EQ(day("59"), "1900-02-28");
    EXPECT_EQ(day("61"), "1900-03-01");
    EXPECT_EQ(day("40861.351388888892"), "2011-11-14 08:26:00");
    EXPECT_EQ(day("0.75"), "18:00:00");
    EXPECT_EQ(day("2958465"), "9999-12-31");
    EXPECT_EQ(day("40860.999999999"), "2011-11-14");
    EXPECT_EQ(day("-1"), "-1");
    texts.from_1904 = true;
    EXPECT_EQ(day("0"), "1904-01-01");
    EXPECT_EQ(day("39399.5"), "2011-11-14 12:00:00");
}

TEST(Sheet, DateFormatsAreTold) {
    for (const auto* code : {"yyyy-mm-dd", "d/m/yy h:mm", "[$-409]mmmm d, yyyy;@", "[h]:mm", "yyyy\"年\"m\"月\""})
        EXPECT_TRUE(is_date_format(code)) << code;
    for (const auto* code : {"General", "0.00", "#,##0 \"days\"", "[Red]0.00", "0.00E+00", "_-* #,##0\\ \\d", "@"})
        EXPECT_FALSE(is_date_format(code)) << code;
}

}  // namespace
}  // namespace suanpan::data
