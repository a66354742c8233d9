#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <future>
#include <random>
#include <thread>

#include "areas/data/data_fixture.h"
#include "areas/data/quality/check.h"
#include "areas/data/quality/drift.h"

namespace suanpan::data::quality {
namespace {

constexpr auto orders = R"(
shop: {name: Test, currency: GBP, time_zone: UTC}
sources:
  - name: orders
    file: "orders*.csv"
    into:
      - table: order_lines
        fields: {order_id: no, item_id: sku, quantity: quantity, unit_price: price, ordered_at: placed, place_id: place}
  - name: stock
    file: "stock*.csv"
    into:
      - table: stock
        fields: {item_id: sku, place_id: place, day: day, on_hand: on_hand, on_order: "'0'"}
  - name: receipts
    file: "receipts*.csv"
    into:
      - table: receipts
        fields: {receipt_id: no, item_id: sku, received_on: day, quantity: quantity}
)";

class QualityTest : public DataFixture {
  protected:
    void SetUp() override {
        DataFixture::SetUp();
        use(orders);
    }
    static std::string day(int number) { return format(Day(Days(15000 + number))); }
    static std::string line(int no, std::string_view sku, std::int64_t quantity, std::string_view price, int on) {
        return fmt::format("{},{},{},{},{} 10:00:00,north\n", no, sku, quantity, price, day(on));
    }
    void add(const std::string& name, const std::string& rows) {
        const auto report = load(name, "no,sku,quantity,price,placed,place\n" + rows);
        ASSERT_TRUE(report) << report.error().text();
        ASSERT_EQ(report->quarantined, 0);
    }
    template <class Function>
    void write(Function function) {
        const auto done = shop->database().write([&](store::Connection& connection) -> Result<> {
            TRY(function(connection));
            return {};
        });
        ASSERT_TRUE(done) << done.error().text();
    }
};

TEST(StabilityIndex, IsThatOfTheFormula) {
    // (0.5 - 0.25) ln 2 + (0.25 - 0.5) ln 0.5 + 0 = 0.5 ln 2
    const auto half_log_two = 0.5 * std::log(2.0);
    EXPECT_NEAR(stability_index({.earlier = {25, 50, 25}, .now = {50, 25, 25}}), half_log_two, 1e-12);
    EXPECT_DOUBLE_EQ(stability_index({.earlier = {10, 20}, .now = {100, 200}}), 0);
}

TEST_F(QualityTest, UnusualRowsAreFlaggedAndKept) {
    std::string rows;
    std::mt19937_64 random(1);
    for (int i = 0; i < 200; ++i) rows += line(i, "A", 1 + static_cast<int>(random() % 5), i % 2 ? "2.00" : "2.10", i);
    rows += line(900, "A", 80995, "2.00", 5) + line(901, "A", 1, "2000000.00", 6) + line(902, "A", 1, "0.01", 7);
    rows += line(903, "B", 1, "1.00", 8) + line(904, "C", 1, "3000000.00", 9);
    add("orders.csv", rows);
    write([](store::Connection& connection) -> Result<> {
        return keep_flags(connection, TRY(find_outliers(connection, {})));
    });
    EXPECT_EQ(text("SELECT string_agg(source_line || ' ' || rule, '; ' ORDER BY source_line, rule) FROM data.flag"),
              "202 quantity outlier; 203 price far off; 203 price outlier; 204 price far off; 204 price outlier; "
              "206 price far off");
    EXPECT_EQ(count("SELECT count(*) FROM data.order_line"), 205);
    EXPECT_EQ(count("SELECT expected::BIGINT FROM data.flag WHERE source_line = 202"), 3);
    // Once more writes the same.
    write([](store::Connection& connection) -> Result<> {
        return keep_flags(connection, TRY(find_outliers(connection, {})));
    });
    EXPECT_EQ(count("SELECT count(*) FROM data.flag"), 6);
    EXPECT_TRUE(call("data.flags", R"({"limit":1})")->contains(R"("source_line":206)"));
}

// Items whose days of sale are drawn with a known rate; some have a known stretch without stock.
TEST_F(QualityTest, StockOutsOfASimulatedShopAreFound) {
    std::mt19937_64 random(7);
    std::string rows;
    int no = 0;
    const auto begin = 120, length = 20;
    for (int item = 0; item < 60; ++item) {
        const double rate = 0.5 + 0.4 * (item % 5) / 4.0;  // share of days with a sale
        for (int on = 0; on < 365; ++on) {
            const bool out = item < 30 && on >= begin && on < begin + length;
            if (!out && std::generate_canonical<double, 53>(random) < rate)
                rows += line(++no, fmt::format("I{}", item), 2, "1.00", on);
        }
    }
    for (int on = 0; on < 365; ++on) rows += line(++no, "every day", 1, "1.00", on);
    add("orders.csv", rows);
    ASSERT_TRUE(load("receipts.csv", "no,sku,day,quantity\nR1,I0," + day(begin + length) + ",9\n"));
    write([](store::Connection& connection) -> Result<> {
        return keep_stock_outs(connection, TRY(find_stock_outs(connection, {})));
    });
    const auto within = fmt::format("day >= DATE '{}' AND day < DATE '{}'", day(begin), day(begin + length));
    const auto of_outage = "CAST(substr(item_id, 2) AS INTEGER) < 30";
    // Of 600 item days without stock nearly all are found, of 21,000 with stock nearly none is called one.
    EXPECT_GE(count(fmt::format("SELECT count(*) FROM data.stock_out_days WHERE {} AND {}", within, of_outage)), 580);
    EXPECT_LE(count(fmt::format("SELECT count(*) FROM data.stock_out_days WHERE NOT (({}) AND {})", within, of_outage)),
              120);
    EXPECT_EQ(text("SELECT string_agg(DISTINCT how, ' ' ORDER BY how) FROM data.stock_out"), "inferred received");
    EXPECT_EQ(count("SELECT count(*) FROM data.stock_out WHERE item_id = 'I0' AND how = 'received'"), 1);
}

TEST_F(QualityTest, CountsOfStockTellStockOuts) {
    ASSERT_TRUE(load("stock.csv",
                     "sku,place,day,on_hand\nA,x,2011-01-01,5\nA,x,2011-01-02,0\nA,x,2011-01-05,0\n"
                     "A,x,2011-01-09,3\nA,y,2011-01-09,0\n"));
    write([](store::Connection& connection) -> Result<> {
        return keep_stock_outs(connection, TRY(find_stock_outs(connection, {})));
    });
    EXPECT_EQ(text("SELECT string_agg(day::VARCHAR, ' ' ORDER BY day) FROM data.stock_out_days WHERE how = 'counted'"),
              "2011-01-02 2011-01-03 2011-01-04 2011-01-05");
}

TEST_F(QualityTest, AnEmptyShopHasNothingToCheck) {
    const auto reply = call("data.check", "{}");
    ASSERT_TRUE(reply) << reply.error().text();
    EXPECT_EQ(*reply, R"({"flagged":0,"stock_outs":0,"alarms":[]})");
    EXPECT_EQ(call("data.quality", "{}").error().code, ErrorCode::not_found);
}

// The rules are judged while this thread is in the middle of a write: they neither wait for it nor see it.
TEST_F(QualityTest, TheRulesAreJudgedWhileOthersWrite) {
    std::string rows;
    for (int i = 0; i < 20; ++i) rows += line(i, "A", 1 + i % 3, "2.00", i);
    add("orders.csv", rows + line(900, "A", 80995, "2.00", 5));
    auto judged = std::make_shared<std::promise<Result<Findings>>>();
    auto findings = judged->get_future();
    std::jthread judge;
    const auto done = shop->database().write([&](store::Connection& connection) -> Result<> {
        TRY(connection.run("DELETE FROM data.order_line"));
        judge = std::jthread([&] { judged->set_value(examine(shop->database())); });
        if (findings.wait_for(std::chrono::minutes(1)) != std::future_status::ready)
            return fail(ErrorCode::internal, "the rules wait for the writer");
        return {};
    });
    ASSERT_TRUE(done) << done.error().text();
    const auto found = findings.get();
    ASSERT_TRUE(found) << found.error().text();
    EXPECT_EQ(found->flags.size(), 1U);
    EXPECT_EQ(count("SELECT count(*) FROM data.flag"), 0);  // to judge is not to write
    EXPECT_EQ(*call("data.check", "{}"), R"({"flagged":0,"stock_outs":0,"alarms":[]})");
}

class DriftTest : public QualityTest {
  protected:
    // 400 lines, of quantities around `middle`, at `place`.
    void week(int number, int middle, std::string_view place, int lines = 400) {
        std::mt19937_64 random(static_cast<std::uint64_t>(number));
        std::string rows;
        for (int i = 0; i < lines; ++i)
            rows += fmt::format("{}-{},A,{},2.00,{} 10:00:00,{}\n", number, i, middle + static_cast<int>(random() % 10),
                                day(7 * number + i % 7), i % 4 == 0 ? place : "south");
        add(fmt::format("orders-{}.csv", number), rows);
    }
    std::vector<std::string> kinds(std::int64_t load_id) {
        auto connection = shop->database().connect().value();
        const auto report = report_on(connection, load_id);
        EXPECT_TRUE(report) << report.error().text();
        std::vector<std::string> found;
        for (const auto& alarm : report->alarms) found.push_back(alarm.kind + " " + alarm.field);
        return found;
    }
};

TEST_F(DriftTest, SlowTheSameDistributionRaisesNoAlarm) {
    for (int number = 0; number < 5; ++number) week(number, 10, "north");
    for (std::int64_t load_id = 1; load_id <= 5; ++load_id) EXPECT_EQ(kinds(load_id), std::vector<std::string>{});
}

TEST_F(DriftTest, WhatChangedIsNamed) {
    for (int number = 0; number < 4; ++number) week(number, 10, "north");
    week(4, 400, "west", 100);
    EXPECT_EQ(kinds(5), (std::vector<std::string>{"volume ", "distribution order_lines.place_id",
                                                  "distribution order_lines.quantity", "range order_lines.quantity"}));
    const auto reply = call("data.check", "{}");
    ASSERT_TRUE(reply) << reply.error().text();
    EXPECT_EQ(count("SELECT count(*) FROM data.alarms"), 4);
    ASSERT_TRUE(call("data.check", "{}"));
    EXPECT_EQ(count("SELECT count(*) FROM data.alarms"), 4);
    EXPECT_TRUE(
        call("data.alarms", R"({"source":"orders"})")->contains("orders-4.csv has 100 rows, 0.25 times the usual 400"));
}

TEST_F(DriftTest, ThePageNeedsNothingElseAndEscapesTheShopsTexts) {
    const std::string hostile = "<script>alert('x')</script>&\"";
    week(0, 10, "north");
    std::string rows;
    for (int i = 0; i < 100; ++i)
        rows += fmt::format("x{},A,1,2.00,{} 10:00:00,\"<script>alert('x')</script>&\"\"\"\n", i, day(20));
    add("orders-<b>.csv", rows);
    const auto reply = call("data.quality_page", R"({"language":"zh"})");
    ASSERT_TRUE(reply) << reply.error().text();
    const auto page = store::read_file(folder / "exports/quality/load-2.html").value();
    EXPECT_FALSE(page.contains("<script"));
    EXPECT_FALSE(page.contains("<b>"));
    EXPECT_FALSE(page.contains("http://"));
    EXPECT_FALSE(page.contains("https://"));
    EXPECT_FALSE(page.contains("src="));
    EXPECT_TRUE(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;"));
    EXPECT_TRUE(page.contains("数据质量"));
    EXPECT_TRUE(page.contains("<svg"));
}

}  // namespace
}  // namespace suanpan::data::quality
