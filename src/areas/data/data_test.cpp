#include "areas/data/data.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <barrier>
#include <fstream>
#include <optional>
#include <thread>
#include <utility>

#include "areas/data/load.h"
#include "platform/store/make_test_shop.h"

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;

class LoadTest : public testing::Test {
  protected:
    void SetUp() override {
        folder = fs::temp_directory_path() / ("suanpan-data-" + std::to_string(::getpid()) + "-" +
                                              testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder);
        const auto text = store::read_file(fs::path(SUANPAN_SOURCE_DIR) / "examples/online_retail.yaml").value();
        mapping = parse_mapping(text, "online_retail.yaml").value();
        const auto schema = data::schema();
        auto opened = store::make_test_shop(folder, mapping.shop, {&schema, 1});
        ASSERT_TRUE(opened) << opened.error().text();
        shop = std::move(*opened);
    }
    void TearDown() override { fs::remove_all(folder); }

    Result<FileReport> load(const std::string& name, const std::string& text) {
        std::ofstream(folder / name) << text;
        return load_file(*shop, mapping, folder / name, {});
    }
    std::int64_t count(std::string_view sql) { return shop->database().connect().value().count(sql).value(); }

    fs::path folder;
    Mapping mapping;
    std::unique_ptr<store::Shop> shop;
};

constexpr auto header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

TEST_F(LoadTest, EveryRowIsLoadedOrSetAsideWithItsLine) {
    const auto report =
        load("online_retail.csv", std::string(header) +
                                      "1,85123A,LANTERN,6,2011-01-01 08:26:00,2.55,17850,United Kingdom\n"
                                      "1,85123a,LANTERN,x,2011-01-01 08:26:00,2.55,17850,United Kingdom\n"
                                      "1,85123A,LANTERN,6,2011-01-01 08:26:00,2.55,17850,United Kingdom\n"
                                      "2,22222,Unknown,-4,2011-01-02 08:26:00,0,,United Kingdom\n"
                                      "3,22222,BOX,4,2011-01-32 08:26:00,1,,United Kingdom\n"
                                      "3,,BOX,4,2011-01-03 08:26:00,1,,United Kingdom\n"
                                      "4,POST,POSTAGE,1,2011-01-03 08:26:00,18.00,17850,France\n");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->read, 7);
    EXPECT_EQ(report->loaded, 2);
    EXPECT_EQ(report->quarantined, 5);
    EXPECT_EQ(count("SELECT source_line FROM data.quarantine WHERE rule = 'duplicate'"), 4);
    EXPECT_EQ(count("SELECT source_line FROM data.quarantine WHERE rule = 'stock adjustment'"), 5);
    EXPECT_EQ(count("SELECT source_line FROM data.quarantine WHERE rule = 'unreadable ordered_at' AND column_name = "
                    "'InvoiceDate' AND reason LIKE '\"2011-01-32 08:26:00\" is not a date%'"),
              6);
    EXPECT_EQ(count("SELECT source_line FROM data.quarantine WHERE rule = 'missing item_id'"), 7);
    EXPECT_EQ(count("SELECT count(*) FROM data.quarantine WHERE raw LIKE '%\"Quantity\":\"x\"%'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM data.item WHERE product"), 1);
    EXPECT_EQ(count("SELECT unit_price FROM data.order_line WHERE item_id = '85123A'"), 255);
}

TEST_F(LoadTest, TheSameFileTwiceChangesNothing) {
    const auto text = std::string(header) + "1,85123A,LANTERN,6,2011-01-01 08:26:00,2.55,17850,United Kingdom\n";
    ASSERT_TRUE(load("online_retail.csv", text));
    const auto again = load("online_retail.csv", text);
    EXPECT_EQ(again->unchanged, 1);
    EXPECT_EQ(again->loaded, 0);
    EXPECT_EQ(count("SELECT count(*) FROM data.order_line"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM data.load"), 1);
}

TEST_F(LoadTest, ALongerFileAddsOnlyWhatIsNewAndACorrectionReplaces) {
    const auto first = std::string(header) +
                       "1,85123A,LANTERN,6,2011-01-01 08:26:00,2.55,17850,United Kingdom\n"
                       "2,22222,BOX,1,2011-01-02 08:26:00,1.00,17850,United Kingdom\n";
    ASSERT_TRUE(load("online_retail.csv", first));
    const auto second =
        load("online_retail-2.csv", std::string(header) +
                                        "1,85123A,LANTERN,6,2011-01-01 08:26:00,2.55,17850,United Kingdom\n"
                                        "2,22222,BOX,3,2011-01-02 08:26:00,1.00,17850,United Kingdom\n"
                                        "3,22222,BOX,9,2011-01-03 08:26:00,1.00,17850,United Kingdom\n");
    ASSERT_TRUE(second) << second.error().text();
    EXPECT_EQ(second->unchanged, 1);
    EXPECT_EQ(second->loaded, 2);
    EXPECT_EQ(count("SELECT sum(quantity)::BIGINT FROM data.order_line"), 6 + 3 + 9);
}

TEST_F(LoadTest, ACancellationWithinTwoDaysWasNeverDemand) {
    ASSERT_TRUE(load("online_retail.csv", std::string(header) +
                                              "1,23843,CRAFT,80995,2011-12-09 09:15:00,2.08,16446,United Kingdom\n"
                                              "C2,23843,CRAFT,-80995,2011-12-09 09:27:00,2.08,16446,United Kingdom\n"
                                              "3,22222,BOX,5,2011-01-02 08:26:00,1.00,17850,United Kingdom\n"
                                              "C4,22222,BOX,-5,2011-02-02 08:26:00,1.00,17850,United Kingdom\n"));
    EXPECT_EQ(count("SELECT sum(units)::BIGINT FROM data.sales_daily WHERE item_id = '23843'"), 0);
    EXPECT_EQ(count("SELECT sum(units)::BIGINT FROM data.sales_daily WHERE item_id = '22222'"), 5);
    EXPECT_EQ(count("SELECT count(*) FROM data.return_line WHERE order_id = '1' AND order_line = 1"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM data.return_line WHERE order_id = '3'"), 1);
}

TEST_F(LoadTest, ABrokenRowKeepsTheLinesOfTheOthersRight) {
    const auto report =
        load("online_retail.csv", std::string(header) +
                                      "1,85123A,LANTERN,6,2011-01-01 08:26:00,2.55,17850,United Kingdom\n"
                                      "1,2,3,4,5,6,7,8,9,10\n"
                                      "2,22222,BOX,0,2011-01-02 08:26:00,1.00,17850,United Kingdom\n");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->read, 3);
    EXPECT_EQ(report->loaded, 1);
    EXPECT_EQ(count("SELECT source_line FROM data.quarantine WHERE rule = 'unreadable row'"), 3);
    EXPECT_EQ(count("SELECT source_line FROM data.quarantine WHERE rule = 'stock adjustment'"), 4);
}

TEST_F(LoadTest, ALineBreakWithinAQuotedCellKeepsTheLinesRight) {
    const auto report =
        load("online_retail.csv", std::string(header) +
                                      "1,85123A,\"LANTERN\n\nWHITE\",6,2011-01-01 08:26:00,2.55,17850,United Kingdom\n"
                                      "\n"
                                      "2,22222,BOX,0,2011-01-02 08:26:00,1.00,17850,United Kingdom\n"
                                      "3,\"22222\n\",\"a \"\"BOX\"\"\",0,2011-01-02 08:26:00,1.00,17850,France\n"
                                      "4,22222,BOX,1,2011-01-02 08:26:00,1.00,17850,United Kingdom");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->read, 4);
    EXPECT_EQ(count("SELECT source_line FROM data.order_line WHERE order_id = '1'"), 2);
    EXPECT_EQ(count("SELECT source_line FROM data.order_line WHERE order_id = '4'"), 9);
    EXPECT_EQ(count("SELECT source_line FROM data.quarantine WHERE raw LIKE '%\"InvoiceNo\":\"2\"%'"), 6);
    EXPECT_EQ(count("SELECT source_line FROM data.quarantine WHERE raw LIKE '%a \\\"BOX\\\"%'"), 7);
    EXPECT_EQ(count("SELECT count(*) FROM data.item WHERE title = 'LANTERN' || chr(10) || chr(10) || 'WHITE'"), 1);
}

TEST_F(LoadTest, ARowThatIsNoTextIsSetAsideAsItCame) {
    const auto report =
        load("online_retail.csv", std::string(header) + "1,85123A,CAF\xc9,6,2011-01-01 08:26:00,2.55,17850,France\n" +
                                      "5,85123A,CAF\xc3\x89,6,2011-01-01 08:26:00,2.55,17850,France\n" +
                                      std::string("2,22222,B\0X,1,2011-01-01 08:26:00,2.55,17850,France\n", 52) +
                                      "3,22222,\"BOX\" RED,1,2011-01-01 08:26:00,2.55,17850,France\n"
                                      "4,22222,BOX,1\n");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->quarantined, 4);
    const auto reason = [&](int line) {
        return shop->database()
            .connect()
            .value()
            .query(
                "SELECT reason || ': ' || raw FROM data.quarantine WHERE rule = 'unreadable row' AND source_line = ?",
                line)
            .value();
    };
    EXPECT_EQ(reason(2).text(0, 0, 0),
              "the row is not UTF-8, as the file is; it is shown as windows-1252, which it seems to be; save the whole "
              "file in UTF-8 and load it again: 1,85123A,CAF\u00c9,6,2011-01-01 08:26:00,2.55,17850,France");
    EXPECT_EQ(reason(4).text(0, 0, 0),
              "the row has a NUL byte, which no text has; export the file anew: "
              "2,22222,B\uFFFDX,1,2011-01-01 08:26:00,2.55,17850,France");
    EXPECT_TRUE(reason(5).text(0, 0, 0).starts_with(
        "the row has text after a closing quote; a quote within a quoted cell is doubled: 3,22222"));
    EXPECT_EQ(reason(6).text(0, 0, 0), "the row has 4 cells, the header has 8: 4,22222,BOX,1");
}

TEST_F(LoadTest, AHeaderAloneIsATableWithoutRows) {
    const auto report = load("online_retail.csv", header);
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->read, 0);
    EXPECT_EQ(count("SELECT count(*) FROM data.load"), 1);
}

TEST_F(LoadTest, SaysWhatIsWrongWithAFile) {
    const auto none = load_file(*shop, mapping, folder / "online_retail-none.csv", {});
    EXPECT_EQ(none.error().code, ErrorCode::not_found);
    EXPECT_EQ(none.error().message, "there is no such file, or it may not be read; check its name");
    EXPECT_TRUE(load("other.csv", "a,b\n1,2\n").error().message.contains("online_retail*.csv*"));
    const auto wrong = load("online_retail.csv", "a,b\n1,2\n");
    ASSERT_FALSE(wrong);
    EXPECT_TRUE(wrong.error().message.contains("InvoiceNo")) << wrong.error().message;
    EXPECT_TRUE(wrong.error().message.ends_with("; the file has the columns a, b")) << wrong.error().message;
    const auto empty = load("online_retail-empty.csv", "");
    EXPECT_EQ(empty.error().message, "the file is empty; a table begins with a line that names its columns");
    EXPECT_EQ(empty.error().about, (folder / "online_retail-empty.csv").string());
    EXPECT_EQ(count("SELECT count(*) FROM data.load"), 0);
}

TEST_F(LoadTest, AFileMayVanishOnceItIsRead) {
    const auto file = folder / "online_retail.csv";
    const auto row = "1,85123A,LANTERN,6,2011-01-01 08:26:00,2.55,17850,United Kingdom\n";
    for (const std::string step : {"reading", "checking"}) {
        std::ofstream(file) << header << row;
        const auto report = load_file(*shop, mapping, file, {[&](const LoadStep& at) {
            if (at.name == step) fs::remove(file);
        }});
        EXPECT_EQ(report.has_value(), step == "checking");
        if (!report) {
            EXPECT_EQ(report.error().message, "there is no such file; check its name");
        }
    }
    EXPECT_EQ(count("SELECT count(*) FROM data.order_line"), 1);
}

TEST_F(LoadTest, TwoLoadsOfAFileAtOnceLoadItOnce) {
    std::string text = header;
    for (int i = 0; i < 5000; ++i)
        text += fmt::format("{},22222,BOX,1,2011-01-02 08:26:00,1.00,17850,United Kingdom\n", i);
    const auto file = folder / "online_retail.csv";
    std::ofstream(file) << text;
    std::barrier ready(2);
    std::array<std::optional<Result<FileReport>>, 2> reports;
    const auto work = [&](std::size_t index) {
        // Both have read the file when the first writes.
        bool waited = false;
        reports.at(index) = load_file(*shop, mapping, file, {[&](const LoadStep& at) {
            if (at.name == "reading" && !std::exchange(waited, true)) ready.arrive_and_wait();
        }});
    };
    std::thread first(work, 0), second(work, 1);
    first.join();
    second.join();
    ASSERT_TRUE(*reports[0]) << (*reports[0]).error().text();
    ASSERT_TRUE(*reports[1]) << (*reports[1]).error().text();
    EXPECT_EQ((*reports[0])->loaded + (*reports[1])->loaded, 5000);
    EXPECT_EQ((*reports[0])->unchanged + (*reports[1])->unchanged, 5000);
    EXPECT_EQ(count("SELECT count(*) FROM data.order_line"), 5000);
    EXPECT_EQ(count("SELECT count(*) FROM data.load"), 1);
}

TEST_F(LoadTest, OnlineRetailWholeFile) {
    const auto file = fs::path(SUANPAN_SOURCE_DIR) / "../shared/data/online_retail/online_retail.csv.gz";
    if (!fs::exists(file)) GTEST_SKIP() << "the shared data are not here";
    const auto report = load_file(*shop, mapping, file, {});
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->read, 541909);
    EXPECT_EQ(report->read, report->loaded + report->quarantined + report->unchanged);
    EXPECT_EQ(count("SELECT count(*) FROM data.return_line") + count("SELECT count(*) FROM data.order_line"),
              report->loaded);
    const auto again = load_file(*shop, mapping, file, {});
    EXPECT_EQ(again->unchanged, 541909);
    for (const auto& rule : report->rules)
        std::printf("  %-40s %8ld %s\n", rule.rule.c_str(), rule.rows, rule.action.c_str());
    std::printf("  loaded %ld mended %ld quarantined %ld in %.2f s\n", report->loaded, report->mended,
                report->quarantined, report->seconds);
}

}  // namespace
}  // namespace suanpan::data
