#include "areas/data/suggest/suggest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>

#include "areas/data/mapping.h"
#include "areas/data/suggest/dates.h"
#include "areas/data/suggest/dictionary.h"
#include "areas/data/suggest/fit.h"
#include "areas/data/suggest/words.h"

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

TEST(HeaderWords, AreSplitAtCaseAndSigns) {
    EXPECT_THAT(header_words("InvoiceNo"), ElementsAre("invoice", "no"));
    EXPECT_THAT(header_words("user_id:token"), ElementsAre("user", "id"));
    EXPECT_THAT(header_words("Lineitem sku"), ElementsAre("lineitem", "sku"));
    EXPECT_THAT(header_words("订单编号"), ElementsAre("订单编号"));
    EXPECT_THAT(header_words(""), ElementsAre());
}

TEST(HeaderFit, IsOneForAKnownNameAndLessForAPart) {
    EXPECT_EQ(header_fit("Invoice_No", "order_lines", "order_id").score, 1);
    EXPECT_EQ(header_fit("订单编号", "order_lines", "order_id").score, 1);
    EXPECT_EQ(header_fit("on_hand", "stock", "on_hand").score, 1);
    EXPECT_DOUBLE_EQ(header_fit("shop product id", "items", "item_id").score, 0.4 + 0.4 * 2 / 3);
    EXPECT_DOUBLE_EQ(header_fit("name", "items", "title").score, 0.7);  // may as well be another's name
    EXPECT_EQ(header_fit("user_feature_0", "events", "customer_id").score, 0);
    EXPECT_EQ(header_fit("colour", "items", "item_id").score, 0);
}

TEST(Dictionary, NamesOnlyFieldsAndTablesThatThereAre) {
    for (const auto& entry : dictionary()) {
        bool known = false;
        for (const auto& table : canonical_tables())
            for (const auto& field : table.fields)
                known |= field.name == entry.field && (entry.table.empty() || entry.table == table.name);
        EXPECT_TRUE(known) << entry.table << "." << entry.field;
    }
    for (const auto& entry : file_words()) EXPECT_NE(find_canonical(entry.table), nullptr) << entry.table;
}

class SuggestTest : public testing::Test {
  protected:
    void SetUp() override {
        folder = fs::temp_directory_path() / ("suanpan-suggest-" + std::to_string(::getpid()) + "-" +
                                              testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder);
        fs::create_directories(folder);
    }
    void TearDown() override { fs::remove_all(folder); }

    fs::path write(const std::string& name, const std::string& text) {
        std::ofstream(folder / name) << text;
        return folder / name;
    }
    // The expression of a field in the suggestion for a file; "" where there is none.
    std::string expression(const fs::path& file, std::string_view field) {
        const auto text = suggest_mapping({file}, {.currency = "CNY", .time_zone = "Asia/Shanghai"});
        EXPECT_TRUE(text) << text.error().text();
        const auto mapping = parse_mapping(*text, "suggested");
        EXPECT_TRUE(mapping) << mapping.error().text() << "\n" << *text;
        if (!mapping) return "";
        const auto* found = mapping->sources[0].targets[0].expression(field);
        return found == nullptr ? "" : *found;
    }

    fs::path folder;
};

TEST_F(SuggestTest, SlowChineseHeadersAreKnown) {
    const auto sound = write("订单.csv",
                             "订单编号,商家编码,宝贝标题,宝贝价格,购买数量,订单创建时间,买家会员名\n"
                             "350123,HAT-S,羊毛帽,\"¥1,099.50\",2,2024-11-11 00:00:05,小明\n"
                             "350124,HAT-L,羊毛帽,¥99.50,1,2024-11-11 00:01:05,小红\n");
    EXPECT_EQ(expression(sound, "order_id"), "\"订单编号\"");
    EXPECT_EQ(expression(sound, "item_id"), "\"商家编码\"");
    EXPECT_EQ(expression(sound, "ordered_at"), "\"订单创建时间\"");
    EXPECT_EQ(expression(sound, "unit_price"), "regexp_replace(\"宝贝价格\", '[^0-9.-]', '', 'g')");
    EXPECT_EQ(expression(sound, "customer_id"), "\"买家会员名\"");
}

TEST_F(SuggestTest, DaysBeforeMonthsAreSeenByTheirValues) {
    const auto file = write("sales.csv", "date,sku,units\n25/12/2023,A,3\n01/02/2024,A,4\n02/02/2024,A,5\n");
    EXPECT_EQ(expression(file, "from_day"), "CAST(try_strptime(\"date\", '%d/%m/%Y') AS DATE)");
    const auto unclear = write("sales2.csv", "date,sku,units\n01/02/2024,A,4\n02/02/2024,A,5\n03/02/2024,A,5\n");
    EXPECT_THAT(suggest_mapping({unclear}, {}).value(), testing::HasSubstr("may be the other way round"));
}

TEST_F(SuggestTest, HostileNamesStayText) {
    const auto file = write("ite'm\"s[1].csv",
                            "sku,\"ti\"\"tle'); DROP TABLE x; --\nname\",price\nA,Hat,1.50\nB,Cap,2.50\nC,Coat,3.50\n");
    EXPECT_EQ(expression(file, "item_id"), "sku");
    const auto text = suggest_mapping({file}, {}).value();
    const auto mapping = parse_mapping(text, "suggested");
    ASSERT_TRUE(mapping) << text;
    EXPECT_TRUE(source_for(*mapping, file.filename().string())) << text;
}

TEST_F(SuggestTest, PersonalValuesAreNotCopied) {
    const auto file = write("customers.csv", "id,contact,收货人姓名\n1,ann@example.com,小明\n2,bo@example.com,小红\n");
    const auto text = suggest_mapping({file}, {}).value();
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("ann@")));
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("小明")));
    EXPECT_THAT(text, testing::HasSubstr("e-mail addresses"));
}

TEST_F(SuggestTest, AFileWithoutHeadersOrWithoutATableIsSaidSo) {
    EXPECT_THAT(suggest_mapping({write("a.csv", "1,2\n3,4\n5,6\n")}, {}).value(),
                testing::HasSubstr("no line of headers"));
    EXPECT_THAT(suggest_mapping({write("b.csv", "alpha,beta\nx,y\nz,w\n")}, {}).value(),
                testing::HasSubstr("No table fits it well enough"));
    const auto missing = suggest_mapping({folder / "none.csv"}, {});
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().message, testing::HasSubstr("there is no such file"));
}

TEST_F(SuggestTest, EveryFormOfDatesReadsItsInstant) {
    const auto database = store::Database::open(":memory:").value();
    auto connection = database->connect().value();
    const std::vector<std::array<std::string, 3>> cases = {
        {"iso", "2024-07-05 10:11:12", "2024-07-05 10:11:12"},
        {"iso with offset", "2024-07-05T10:11:12Z", "2024-07-05 18:11:12"},
        {"iso with offset", "2024-07-05 10:11:12.5-04:00", "2024-07-05 22:11:12.5"},
        {"%Y-%m-%d %H:%M:%S %z", "2024-07-05 10:11:12 -0400", "2024-07-05 22:11:12"},
        {"%m/%d/%y", "07/05/24", "2024-07-05 00:00:00"},
        {"%d/%m/%y", "07/05/24", "2024-05-07 00:00:00"},
        {"%Y年%m月%d日", "2024年07月05日", "2024-07-05 00:00:00"},
        {"%Y%m%d", "20240705", "2024-07-05 00:00:00"},
        {"epoch seconds", "1720174272", "2024-07-05 18:11:12"},
        {"epoch milliseconds", "1720174272000", "2024-07-05 18:11:12"},
        {"epoch microseconds", "1720174272000001", "2024-07-05 18:11:12.000001"}};
    for (const auto& [name, text, wanted] : cases) {
        const auto* form = find_date_form(name);
        ASSERT_NE(form, nullptr) << name;
        const auto sql =
            "SELECT CAST(" + instant_expression(*form, "t", "Asia/Shanghai") + " AS VARCHAR) FROM (SELECT ? AS t)";
        const auto table = connection.query(sql, text);
        ASSERT_TRUE(table) << table.error().text();
        EXPECT_EQ(table->text(0, 0, 0), wanted) << name;
    }
}

}  // namespace
}  // namespace suanpan::data
