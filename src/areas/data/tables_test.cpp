#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "areas/data/data.h"
#include "areas/data/load.h"
#include "areas/data/tables_page.h"
#include "platform/store/make_test_shop.h"

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;

constexpr auto mapping_text = R"(
shop: {name: T, currency: EUR, time_zone: Europe/Berlin, language: en}
sources:
  - name: orders
    file: "orders*.csv"
    into:
      - table: order_lines
        fields: {order_id: o, item_id: i, ordered_at: t, quantity: q, unit_price: p}
  - name: weeks
    file: "weeks*.csv"
    into:
      - table: sales
        fields: {item_id: i, place_id: s, from_day: d, days: "'7'", units: u, revenue: r}
  - name: days
    file: "days*.csv"
    into:
      - table: sales
        fields: {item_id: i, from_day: d, units: u}
  - name: events
    file: "clicks*.csv"
    into:
      - leave_out: e = 'noise'
      - table: events
        fields: {event_name: e, occurred_at: t, item_id: i, value: v}
  - name: traffic
    file: "clicks*.csv"
    into:
      - table: traffic
        fields: {item_id: i, day: "t[:10]", views: "1"}
)";

class TablesTest : public testing::Test {
  protected:
    void SetUp() override {
        folder = fs::temp_directory_path() / ("suanpan-tables-" + std::to_string(::getpid()) + "-" +
                                              testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder);
        auto parsed = parse_mapping(mapping_text, "test");
        ASSERT_TRUE(parsed) << parsed.error().text();
        mapping = *parsed;
        const auto schema = data::schema();
        auto opened = store::make_test_shop(folder, mapping.shop, {&schema, 1});
        ASSERT_TRUE(opened) << opened.error().text();
        shop = std::move(*opened);
    }
    void TearDown() override { fs::remove_all(folder); }

    std::vector<FileReport> load(const std::string& name, const std::string& text) {
        std::ofstream(folder / name) << text;
        std::vector<FileReport> reports;
        for (const auto& part : mappings_for(mapping, name).value()) {
            auto report = load_file(*shop, part, folder / name, {});
            EXPECT_TRUE(report) << report.error().text();
            reports.push_back(report.value_or(FileReport{}));
        }
        return reports;
    }
    std::int64_t count(std::string_view sql) {
        auto found = shop->database().connect().value().count(sql);
        EXPECT_TRUE(found) << found.error().text();
        return found.value_or(-1);
    }

    fs::path folder;
    Mapping mapping;
    std::unique_ptr<store::Shop> shop;
};

TEST_F(TablesTest, TheStoreHasEveryDeclaredFieldInItsType) {
    for (const auto& table : canonical_tables()) {
        EXPECT_FALSE(table.description.en.empty() || table.description.zh.empty()) << table.name;
        for (const auto& field : table.fields) {
            EXPECT_FALSE(field.description.en.empty() || field.description.zh.empty())
                << table.name << "." << field.name;
            // An order's "cancelled", "title" and "product" become other columns of the store.
            const bool becomes_other = table.name == "order_lines" &&
                                       (field.name == "cancelled" || field.name == "title" || field.name == "product");
            if (becomes_other) continue;
            const auto type = field.type == FieldType::instant ? "TIMESTAMP WITH TIME ZONE" : sql_type(field.type);
            EXPECT_EQ(
                count(fmt::format("SELECT count(*) FROM duckdb_columns() WHERE schema_name = 'data' AND table_name = "
                                  "'{}' AND column_name = '{}' AND data_type = '{}'",
                                  table.table, field.name, type)),
                1)
                << table.name << "." << field.name;
        }
        for (const auto key : table.key)
            EXPECT_NE(std::ranges::find(table.fields, key, &Field::name), table.fields.end())
                << table.name << "." << key;
        EXPECT_THAT(tables_page(), testing::HasSubstr(fmt::format("## {}\n", table.name)));
    }
}

TEST_F(TablesTest, ASumOfAWeekCountsInTheWeekOfItsMiddleDay) {
    // Saturday to Friday: the middle is the Tuesday, so five of its seven days lie in the week counted.
    load("weeks.csv",
         "i,s,d,u,r\nA,1,2024-01-06,10,20.50\nA,2,2024-01-06,5,\nB,1,2024-01-06,,9.99\nB,2,2024-01-06,,\n");
    EXPECT_EQ(count("SELECT count(*) FROM data.sale"), 3);
    EXPECT_EQ(count("SELECT count(*) FROM data.quarantine WHERE rule = 'no sales' AND source_line = 5"), 1);
    EXPECT_EQ(count("SELECT units FROM data.sales_weekly WHERE item_id = 'A' AND week = DATE '2024-01-08'"), 15);
    EXPECT_EQ(count("SELECT count(*) FROM data.sales_weekly WHERE item_id = 'B'"), 0);  // tells no units
    EXPECT_EQ(count("SELECT revenue FROM data.sales_by_place_weekly WHERE item_id = 'B' AND place_id = '1'"), 999);
    EXPECT_EQ(count("SELECT count(*) FROM data.sales_daily"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM data.item"), 2);
    EXPECT_EQ(
        count("SELECT count(*) FROM data.span WHERE first_day = DATE '2024-01-06' AND last_day = DATE '2024-01-12'"),
        1);
}

TEST_F(TablesTest, OrdersWinOverSumsOfTheSameItemAndWeek) {
    load("days.csv", "i,d,u\nA,2024-01-08,100\nA,2024-01-15,7\nB,2024-01-08,3\n");
    load("orders.csv", "o,i,t,q,p\n1,A,2024-01-10 12:00:00,4,2.50\n");
    EXPECT_EQ(count("SELECT units FROM data.sales_weekly WHERE item_id = 'A' AND week = DATE '2024-01-08'"), 4);
    EXPECT_EQ(count("SELECT units FROM data.sales_weekly WHERE item_id = 'A' AND week = DATE '2024-01-15'"), 7);
    EXPECT_EQ(count("SELECT units FROM data.sales_daily WHERE item_id = 'B'"), 3);
    EXPECT_EQ(count("SELECT sum(units)::BIGINT FROM data.sales_by_place_daily"), 4 + 7 + 3);
    EXPECT_EQ(count("SELECT count(*) FROM data.sale WHERE place_id = 'all' AND days = 1"), 3);
}

TEST_F(TablesTest, TheSameSumTwiceInAFileIsSetAside) {
    const auto report = load("days.csv", "i,d,u\nA,2024-01-08,100\nA,2024-01-08,101\n").front();
    EXPECT_EQ(report.loaded, 1);
    EXPECT_EQ(count("SELECT units FROM data.sale"), 101);
    EXPECT_EQ(count("SELECT source_line FROM data.quarantine WHERE rule = 'repeated key'"), 2);
}

TEST_F(TablesTest, OneFileFillsTwoTablesAndLeavesRowsOut) {
    const std::string text = "e,t,i,v\nview,2024-01-08 00:30:00,A,1.25\nnoise,2024-01-08 10:00:00,B,\n";
    const auto reports = load("clicks.csv", text);
    ASSERT_EQ(reports.size(), 2);
    EXPECT_EQ(reports[0].loaded, 1);
    EXPECT_EQ(reports[0].quarantined, 0);
    EXPECT_EQ(reports[1].loaded, 2);
    EXPECT_EQ(count("SELECT count(*) FROM data.event WHERE day = DATE '2024-01-08' AND value = 125 AND occurred_at = "
                    "TIMESTAMPTZ '2024-01-07 23:30:00+00'"),
              1);
    EXPECT_EQ(count("SELECT count(*) FROM data.traffic WHERE channel = 'all'"), 2);
    for (const auto& report : load("clicks.csv", text)) EXPECT_EQ(report.unchanged, report.read);
}

TEST_F(TablesTest, EventsWithoutANumberAreCountedOnceHoweverOftenTheyAreSent) {
    const std::string twice = "e,t,i,v\nview,2024-01-08 10:00:00,A,1\nview,2024-01-08 10:00:00,A,1\n";
    load("clicks1.csv", twice);
    EXPECT_EQ(count("SELECT count(DISTINCT event_id) FROM data.event"), 2);
    const auto longer = load("clicks2.csv", twice + "view,2024-01-08 10:00:01,A,1\n").front();
    EXPECT_EQ(longer.unchanged, 2);
    EXPECT_EQ(longer.loaded, 1);
    EXPECT_EQ(count("SELECT count(*) FROM data.event"), 3);
}

TEST(Mapping, LeaveOutStandsByItself) {
    const auto wrong = parse_mapping(
        "shop: {name: T}\nsources:\n  - name: a\n    file: a\n    into:\n      - {leave_out: x = 1, table: items}\n",
        "m.yaml");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().text(), "m.yaml:6: leave_out stands by itself; it says which rows go into no table");
}

}  // namespace
}  // namespace suanpan::data
