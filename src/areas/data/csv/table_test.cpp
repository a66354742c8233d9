#include "areas/data/csv/table.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <fstream>
#include <iterator>

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

struct CsvTableTest : testing::Test {
    fs::path folder = fs::temp_directory_path() / fmt::format("suanpan-csv-{}", ::getpid());
    fs::path file = folder / "table.csv";

    void SetUp() override { fs::create_directories(folder); }
    void TearDown() override { fs::remove_all(folder); }

    // In members of a few kilobytes one after the other, as `cat a.gz b.gz` makes them.
    void pack(std::string_view text) const {
        for (const auto& part : {text.substr(0, text.size() / 3), text.substr(text.size() / 3)}) {
            auto* packed = gzopen(file.c_str(), "ab");
            gzwrite(packed, part.data(), static_cast<unsigned>(part.size()));
            gzclose(packed);
        }
    }
    [[nodiscard]] Result<CsvTable> index(const CsvOptions& options = {}, std::uint64_t memory = 16U << 20) const {
        auto text = TRY(TextFile::open(file, {.spill_folder = folder, .memory = memory}));
        return index_csv(std::move(text), options);
    }
    [[nodiscard]] Result<CsvTable> index_text(std::string_view text, const CsvOptions& options = {}) const {
        std::ofstream(file, std::ios::binary) << text;
        return index(options);
    }
    [[nodiscard]] std::string refusal(std::string_view text) const {
        const auto table = index_text(text);
        EXPECT_FALSE(table);
        return table ? "" : table.error().message;
    }
    static std::vector<std::uint64_t> lines(const CsvTable& table, std::uint8_t fate) {
        std::vector<std::uint64_t> all;
        for (std::size_t chunk = 0; chunk < table.chunks.size(); ++chunk)
            EXPECT_TRUE(table.each_row(chunk, fate, [&](const CsvTable::Row& row) -> Result<> {
                all.push_back(row.line);
                return {};
            }));
        return all;
    }
};

TEST_F(CsvTableTest, CountsTheLinesOfTheFile) {
    const auto table = index_text("\xef\xbb\xbf\n\"a\nb\",c\r\n1,2\n\n\"x\ny\nz\",3\n4,5,6\n7\n8,9");
    ASSERT_TRUE(table) << table.error().message;
    EXPECT_THAT(table->columns, ElementsAre("a\nb", "c"));
    EXPECT_THAT(lines(*table, 0), ElementsAre(4, 6, 11));
    EXPECT_THAT(lines(*table, Fate::unreadable), ElementsAre(9, 10));
    EXPECT_THAT(lines(*table, Fate::blank), ElementsAre(5));
}

TEST_F(CsvTableTest, NamesColumnsApart) {
    EXPECT_THAT(index_text("a;A;;source_line\n")->columns, ElementsAre("a", "A_1", "column2", "source_line_1"));
}

TEST_F(CsvTableTest, ReadsLinesThatEndWithCrAlone) {
    const auto table = index_text("a,b\r1,2\r\r3,4\r5");
    EXPECT_THAT(table->columns, ElementsAre("a", "b"));
    EXPECT_THAT(lines(*table, 0), ElementsAre(2, 4));
    EXPECT_THAT(lines(*table, Fate::unreadable), ElementsAre(5));
}

TEST_F(CsvTableTest, FindsRowsThatAreEqualInEveryCell) {
    const auto table = index_text("a,b\n1,Unknown\n1,\n\"1\",\n1,x\n1,\"x\"\n2,x\n",
                                  {.null_texts = {"", "Unknown"}, .duplicates = Duplicates::find});
    EXPECT_THAT(lines(*table, Fate::duplicate), ElementsAre(3, 4, 6));
    EXPECT_THAT(lines(*index_text("a,b\n1,2\n1,2\n"), Fate::duplicate), ElementsAre());
}

// The rows of a big file are the same, wherever its text lies.
TEST_F(CsvTableTest, ReadsATextThatSpills) {
    std::string text = "number,name\n";
    for (int row = 0; row < 400000; ++row)
        text += row % 1000 == 7 ? fmt::format("{},\"two\nlines\"\n", row) : fmt::format("{},name {}\n", row, row % 7);
    pack(text);
    const auto in_memory = index({.duplicates = Duplicates::find}), spilled = index({}, 1U << 20);
    ASSERT_TRUE(in_memory && spilled);
    EXPECT_EQ(spilled->sizes.size(), 400000);
    EXPECT_EQ(spilled->sizes, in_memory->sizes);
    EXPECT_EQ(lines(*spilled, 0), lines(*in_memory, 0));
    EXPECT_EQ(lines(*spilled, 0)[399999], 400001 + 400);
    std::string all = "number,name\n";
    for (std::size_t chunk = 0; chunk < spilled->chunks.size(); ++chunk)
        ASSERT_TRUE(spilled->each_row(chunk, 0, [&](const CsvTable::Row& row) -> Result<> {
            all += row.text;
            return {};
        }));
    EXPECT_TRUE(all == text);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1) << "the spilled text has no name";
}

TEST_F(CsvTableTest, SaysWhatIsWrongWithAText) {
    EXPECT_THAT(refusal(""), HasSubstr("the file is empty; a table begins with a line that names its columns"));
    EXPECT_THAT(refusal("\n\n"), HasSubstr("the file is empty"));
    EXPECT_THAT(refusal("a,b\n1,2\n3,\"4\n5,6\n"), HasSubstr("the row that begins in line 3 has a quote that nothing "
                                                             "closes; close it"));
    EXPECT_THAT(refusal("a,\"b\n1,2\n"), HasSubstr("the header has a quote that nothing closes"));
    EXPECT_THAT(refusal("a,caf\xe9\nB\xc3\xbc,2\n"),
                HasSubstr("the header is not UTF-8; save the file as CSV in UTF-8"));
    EXPECT_THAT(refusal("a,b\r1,2\n"), HasSubstr("some lines end with CR alone, others with LF"));
    EXPECT_THAT(refusal("PK\x03\x04..."), HasSubstr("the file is broken or cut off"));
    EXPECT_THAT(refusal("PAR1..."), HasSubstr("the Parquet file cannot be read; copy or write it anew"));
    EXPECT_THAT(refusal("\x28\xb5\x2f\xfd"), HasSubstr("the compressed file is broken or cut off"));
    EXPECT_THAT(refusal("\xd0\xcf\x11\xe0"), HasSubstr("an old spreadsheet (.xls), or one with a password"));
    EXPECT_THAT(refusal("a,b\n1,\"" + std::string(40U << 20, 'x')), HasSubstr("line 2 is longer than 16 MiB"));
}

TEST_F(CsvTableTest, SaysThatACompressedFileIsCutOff) {
    std::string text = "number,name\n";
    for (int row = 0; row < 300000; ++row) text += fmt::format("{},name {}\n", row, row % 997);
    pack(text);
    fs::resize_file(file, fs::file_size(file) / 2);
    EXPECT_THAT(index().error().message, HasSubstr("broken or cut off"));
    EXPECT_THAT(index().error().message, HasSubstr("copy it anew"));
    fs::resize_file(file, 12);
    EXPECT_THAT(index().error().message, HasSubstr("broken or cut off"));
}

TEST_F(CsvTableTest, StopsAtACompressedFileWithoutEnd) {
    pack(std::string(32U << 20, '\n'));
    const auto table = index({}, 1U << 20);
    ASSERT_FALSE(table);
    EXPECT_THAT(table.error().message, HasSubstr("unpacks to more than 200 times its size, as no table does"));
    EXPECT_EQ(table.error().about, file.string());
}

TEST_F(CsvTableTest, SaysThatThereIsNoFile) {
    EXPECT_EQ(index().error().code, ErrorCode::not_found);
    EXPECT_THAT(index().error().message, HasSubstr("there is no such file; check its name"));
    EXPECT_EQ(TextFile::open(folder, {.spill_folder = folder}).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace suanpan::data
