#include <fmt/format.h>
#include <gtest/gtest.h>

#include "areas/data/data_fixture.h"

namespace suanpan::data {
namespace {

class RulesTest : public DataFixture {
  protected:
    // `target` and `source` are further settings, `top` stands before the sources.
    static std::string mapping_with(std::string_view target, std::string_view source = "", std::string_view top = "") {
        return fmt::format(R"(
shop: {{name: Test, currency: GBP, time_zone: Europe/London}}
{}
sources:
  - name: orders
    file: "orders*.csv"
    {}
    into:
      - table: order_lines
        fields: {{order_id: no, item_id: sku, title: title, quantity: quantity, unit_price: price, ordered_at: placed}}
        {}
)",
                           top, source, target);
    }
    Result<FileReport> orders(const std::string& rows) {
        return load("orders.csv", "no,sku,title,quantity,price,placed,money\n" + rows);
    }
    std::string rules() {
        return text(
            "SELECT string_agg(source_line || ' ' || rule || ': ' || reason, '; ' ORDER BY source_line) "
            "FROM data.quarantine");
    }
};

TEST_F(RulesTest, IdsAndTitlesAreBroughtIntoOneFormAndCounted) {
    use(mapping_with(""));
    const auto report = orders(
        "1,Ａ１,Ｃａｆé,1,1,2011-01-01 10:00:00,\n"
        "2,A1,Cafe\u0301,1,1,2011-01-01 10:00:00,\n"
        "3,B\u00a0,plain,1,1,2011-01-01 10:00:00,\n"
        "4,C,plain,1,1,2011-01-01 10:00:00,\n");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->loaded, 4);
    EXPECT_EQ(report->mended, 3);
    EXPECT_EQ(text("SELECT string_agg(item_id, ' ' ORDER BY order_id) FROM data.order_line"), "A1 A1 B C");
    EXPECT_EQ(text("SELECT title FROM data.item WHERE item_id = 'A1'"), "Caf\u00e9");
    EXPECT_EQ(count("SELECT rows FROM data.mend WHERE rule = 'text in normal form'"), 3);
    use(mapping_with("", "texts: as they are"));
    ASSERT_TRUE(load("orders-2.csv", "no,sku,title,quantity,price,placed\n9,Ａ１,x,1,1,2011-01-01 10:00:00\n"));
    EXPECT_EQ(text("SELECT item_id FROM data.order_line WHERE order_id = '9'"), "Ａ１");
}

TEST_F(RulesTest, AnotherCurrencyIsConvertedByTheRateOfItsDayOrSetAside) {
    use(mapping_with("currency: money", "",
                     "rates: [{currency: USD, value: 0.5}, {currency: USD, value: 0.8, from: 2011-06-01}, "
                     "{currency: JPY, value: 0.006}]"));
    const auto report = orders(
        "1,A,x,1,10.01,2011-01-01 10:00:00,GBP\n"
        "2,A,x,1,10.01,2011-05-31 23:00:00,usd\n"
        "3,A,x,1,10.01,2011-06-01 00:30:00, USD\n"
        "4,A,x,1,1000,2011-06-01 00:30:00,JPY\n"
        "5,A,x,1,10,2011-06-01 00:30:00,SEK\n"
        "6,A,x,1,10,2011-06-01 00:30:00,\n"
        "7,A,x,1,ten,2011-06-01 00:30:00,USD\n");
    ASSERT_TRUE(report) << report.error().text();
    // 10.01 * 0.5 = 5.005 and 10.01 * 0.8 = 8.008; halves are rounded away from zero.
    EXPECT_EQ(text("SELECT string_agg(CAST(unit_price AS VARCHAR), ' ' ORDER BY order_id) FROM data.order_line"),
              "1001 501 801 600");
    EXPECT_EQ(rules(),
              "6 unknown currency: \"SEK\" is a currency without a rate; add it to `rates` of the mapping; "
              "7 unknown currency: is a currency without a rate; add it to `rates` of the mapping; "
              "8 unreadable unit_price: \"ten\" is not an amount of money");
}

TEST_F(RulesTest, TimesOfAnotherZoneFallOnTheShopsDay) {
    use(mapping_with("", "time_zone: Asia/Shanghai"));
    ASSERT_TRUE(orders("1,A,x,1,1,2011-01-02 07:30:00,\n2,A,x,1,1,2011-07-02 07:30:00,\n"));
    EXPECT_EQ(text("SELECT string_agg(ordered_at::VARCHAR || ' ' || day, '; ' ORDER BY order_id) FROM data.order_line"),
              "2011-01-01 23:30:00+00 2011-01-01; 2011-07-01 23:30:00+00 2011-07-02");
    EXPECT_EQ(parse_mapping(mapping_with("", "time_zone: Moon/Base"), "m.yaml").error().message,
              "there is no time zone \"Moon/Base\"; write it as Europe/London or UTC");
}

TEST_F(RulesTest, RangesAndTheFutureAreSetAsideWithTheirReason) {
    use(mapping_with("ranges: {quantity: [1, 100000], unit_price: [0.01, null], ordered_at: [2000-01-01, null]}"));
    const auto report = orders(
        "1,A,x,1,0.01,2011-01-01 10:00:00,\n"
        "2,A,x,0,1,2011-01-01 10:00:00,\n"
        "3,A,x,100001,1,2011-01-01 10:00:00,\n"
        "4,A,x,1,0.004,2011-01-01 10:00:00,\n"
        "5,A,x,1,1,1999-12-31 10:00:00,\n"
        "6,A,x,1,1,2999-12-31 10:00:00,\n");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->loaded, 1);
    EXPECT_EQ(rules(),
              "3 quantity out of range: \"0\" is not within 1 to 100000; "
              "4 quantity out of range: \"100001\" is not within 1 to 100000; "
              "5 unit_price out of range: \"0.004\" is not within 0.01 to any; "
              "6 ordered_at out of range: \"1999-12-31 10:00:00\" is not within 2000-01-01 to any; "
              "7 future ordered_at: \"2999-12-31 10:00:00\" lies in the future; correct it, or replay the row "
              "once its day has come");
    EXPECT_EQ(parse_mapping(mapping_with("ranges: {title: [1, 2]}"), "m.yaml").error().message,
              "order_lines has no number, amount or day \"title\" that could have a range");
    EXPECT_EQ(parse_mapping(mapping_with("ranges: {quantity: [1); DROP, 2]}"), "m.yaml").error().message,
              "\"1); DROP\" bounds no quantity; a bound is a number, or null where there is none");
}

TEST_F(RulesTest, ATestOfTheShopsOwnWarnsOrUndoesTheLoad) {
    const auto tests = [](std::string_view severity) {
        return fmt::format(
            "tests: [{{name: dear, sql: SELECT order_id FROM data.order_line WHERE unit_price > 10000;, severity: "
            "{}}}]",
            severity);
    };
    use(mapping_with("", "", tests("refuse")));
    ASSERT_TRUE(load("orders-0.csv", "no,sku,title,quantity,price,placed\n0,A,x,1,5,2011-01-01 10:00:00\n"));
    const auto refused = orders("1,A,x,1,5,2011-01-01 10:00:00,\n2,A,x,1,101,2011-01-01 10:00:00,\n");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message,
              "the test \"dear\" of the mapping found 1 rows, the first {\"order_id\":\"2\"}; "
              "nothing was loaded: correct the file, or the test");
    EXPECT_EQ(count("SELECT count(*) FROM data.order_line"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM data.load"), 1);
    use(mapping_with("", "", tests("warn")));
    const auto warned = orders("1,A,x,1,5,2011-01-01 10:00:00,\n2,A,x,1,101,2011-01-01 10:00:00,\n");
    ASSERT_TRUE(warned) << warned.error().text();
    EXPECT_EQ(warned->tests.at(0).rows, 1);
    EXPECT_EQ(count("SELECT rows FROM data.test_result WHERE name = 'dear' AND rows > 0"), 1);
    EXPECT_TRUE(call("data.test", "{}")->starts_with(R"({"passed":false)"));
}

TEST_F(RulesTest, ATestCanOnlySelect) {
    for (const auto* sql :
         {"DELETE FROM data.load", "SELECT 1) AS t; DELETE FROM data.load; SELECT count(*) FROM (SELECT 1"}) {
        use(mapping_with("", "", fmt::format("tests: [{{name: bad, sql: \"{}\"}}]", sql)));
        const auto report = orders("1,A,x,1,5,2011-01-01 10:00:00,\n");
        ASSERT_FALSE(report);
        EXPECT_EQ(report.error().about, "test \"bad\"");
        EXPECT_EQ(count("SELECT count(*) FROM data.order_line"), 0);
    }
}

TEST_F(RulesTest, FormulasAndSqlInValuesStayTexts) {
    use(mapping_with(""));
    const std::string hostile = R"(=HYPERLINK(""http://x/"",""y""))", sql = "'; DROP TABLE data.order_line; --";
    const auto report =
        orders(fmt::format("1,\"{}\",\"{}\",1,1,2011-01-01 10:00:00,\n2,@SUM(A1),\"{}\",x,1,2011-01-01 "
                           "10:00:00,\n",
                           sql, hostile, sql));
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(text("SELECT item_id FROM data.order_line"), sql);
    EXPECT_EQ(text("SELECT title FROM data.item"), R"(=HYPERLINK("http://x/","y"))");
    EXPECT_EQ(text("SELECT raw->>'title' FROM data.quarantine"), sql);
}

}  // namespace
}  // namespace suanpan::data
