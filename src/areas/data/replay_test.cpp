#include "areas/data/replay.h"

#include <fmt/format.h>

#include "areas/data/data_fixture.h"

namespace suanpan::data {
namespace {

// `rule` stands where a rule of the order lines may, `more` among the settings of their source.
std::string orders_mapping(std::string_view quantity, std::string_view rule = "", std::string_view more = "") {
    return fmt::format(R"(
shop: {{name: Test, currency: GBP, time_zone: Europe/London}}
sources:
  - name: items
    file: "items*.csv"
    into:
      - table: items
        fields: {{item_id: sku, title: title}}
  - name: orders
    file: "orders*.csv"
{}
    into:
      - table: order_lines
        when: kind = 'sale'
        fields: {{order_id: no, item_id: sku, quantity: "{}", unit_price: price, ordered_at: placed, customer_id: who}}
        rules: [{}]
      - table: returns
        when: kind = 'return'
        fields: {{return_id: no, item_id: sku, quantity: "{}", unit_price: price, returned_at: placed, customer_id: who}}
)",
                       more, quantity, rule, quantity);
}

constexpr auto header = "kind,no,sku,quantity,price,placed,who\n";

class ReplayTest : public DataFixture {
  protected:
    std::vector<ReplayedLoad> replayed(const ReplayFilter& filter = {}) {
        auto done = replay(*shop, mapping, filter);
        EXPECT_TRUE(done) << done.error().text();
        return done.value_or(std::vector<ReplayedLoad>{});
    }
};

TEST_F(ReplayTest, AMendedMappingTakesRowsThatAreGoodNowAndLeavesTheOthersWithTheirNewReason) {
    use(orders_mapping("quantity"));
    const auto report = load("orders.csv", std::string(header) +
                                               "sale,1,A,2,1.00,2011-01-01 10:00:00,x\n"
                                               "sale,1,B,3 pcs,1.00,2011-01-01 10:00:00,x\n"
                                               "sale,1,C,many,1.00,2011-01-01 10:00:00,x\n"
                                               "sale,1,D,4,1.00,2011-01-01 10:00:00,x\n"
                                               "gift,2,D,4,1.00,2011-01-01 10:00:00,x\n"
                                               "sale,3\n");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->quarantined, 4);
    const auto before =
        text("SELECT string_agg(CAST(q AS VARCHAR), ';' ORDER BY source_line) FROM data.quarantine AS q");
    // Under the same mapping nothing happens.
    auto done = replayed();
    EXPECT_EQ(done[0].taken, 3);
    EXPECT_EQ(done[0].quarantined, 3);
    EXPECT_EQ(done[0].replay_id, 0);
    EXPECT_EQ(text("SELECT string_agg(CAST(q AS VARCHAR), ';' ORDER BY source_line) FROM data.quarantine AS q"),
              before);
    use(orders_mapping("regexp_replace(quantity, ' pcs$', '')",
                       "{name: too many, when: quantity > 1000000, reason: nobody buys so many}"));
    done = replayed();
    ASSERT_EQ(done.size(), 1U);
    EXPECT_EQ(done[0].taken, 3);
    EXPECT_EQ(done[0].loaded, 1);
    EXPECT_EQ(done[0].quarantined, 2);
    EXPECT_EQ(done[0].taken, done[0].loaded + done[0].unchanged + done[0].left_out + done[0].quarantined);
    // It stands behind the lines there were, displaces none, and keeps file and line.
    EXPECT_EQ(text("SELECT string_agg(item_id || line || '@' || source_line, ' ' ORDER BY line) FROM data.order_line"),
              "A1@2 D4@5 B5@3");
    EXPECT_EQ(text("SELECT rule FROM data.quarantine WHERE source_line = 4"), "unreadable quantity");
    EXPECT_EQ(text("SELECT column_name FROM data.quarantine WHERE source_line = 4"),
              "regexp_replace(quantity, ' pcs$', '')");
    EXPECT_EQ(text("SELECT rule FROM data.quarantine WHERE source_line = 7"), "unreadable row");
    EXPECT_EQ(count("SELECT count(*) FROM data.quarantine WHERE load_id <> 1"), 0);
    // Once more loads nothing twice.
    done = replayed();
    EXPECT_EQ(done[0].loaded, 0);
    EXPECT_EQ(count("SELECT count(*) FROM data.order_line"), 3);
    EXPECT_EQ(count("SELECT count(*) FROM data.load"), 2);
}

TEST_F(ReplayTest, OfTwoFilesWithTheSameBadRowOneIsLoaded) {
    use(orders_mapping("quantity"));
    const std::string row = "sale,1,B,3 pcs,1.00,2011-01-01 10:00:00,x\n";
    ASSERT_TRUE(load("orders.csv", header + row));
    ASSERT_TRUE(load("orders-2.csv", header + row + "sale,2,B,1,1.00,2011-01-02 10:00:00,x\n"));
    use(orders_mapping("regexp_replace(quantity, ' pcs$', '')"));
    const auto done = replayed();
    ASSERT_EQ(done.size(), 2U);
    EXPECT_EQ(done[0].loaded, 1);
    EXPECT_EQ(done[1].unchanged, 1);
    EXPECT_EQ(count("SELECT count(*) FROM data.order_line"), 2);
    EXPECT_EQ(count("SELECT count(*) FROM data.quarantine"), 0);
}

TEST_F(ReplayTest, WhatALaterFileToldStays) {
    use(orders_mapping("quantity"));
    ASSERT_TRUE(load("orders.csv", std::string(header) + "sale,1,B,3 pcs,1.00,2011-01-01 10:00:00,x\n"));
    ASSERT_TRUE(load("orders-2.csv", std::string(header) + "sale,1,B,5,1.00,2011-01-01 10:00:00,x\n"));
    ASSERT_TRUE(load("items.csv", "sku,title\nB,OLD\nB,NEW\n"));
    use(orders_mapping("regexp_replace(quantity, ' pcs$', '')"));
    (void)replayed();
    EXPECT_EQ(count("SELECT sum(quantity)::BIGINT FROM data.order_line"), 5);
    EXPECT_EQ(text("SELECT string_agg(rule, ',' ORDER BY load_id) FROM data.quarantine"), "told later,told later");
    EXPECT_EQ(text("SELECT title FROM data.item WHERE item_id = 'B'"), "NEW");
}

TEST_F(ReplayTest, AReturnThatComesBackIsMatchedToItsOrder) {
    use(orders_mapping("quantity"));
    ASSERT_TRUE(load("orders.csv", std::string(header) + "sale,1,B,3,1.00,2011-01-01 10:00:00,x\n"
                                                         "return,R1,B,3 pcs,1.00,2011-01-01 12:00:00,x\n"));
    EXPECT_EQ(count("SELECT sum(units)::BIGINT FROM data.sales_daily"), 3);
    use(orders_mapping("regexp_replace(quantity, ' pcs$', '')"));
    EXPECT_EQ(replayed()[0].loaded, 1);
    EXPECT_EQ(count("SELECT sum(units)::BIGINT FROM data.sales_daily"), 0);
    EXPECT_EQ(text("SELECT order_id FROM data.return_line"), "1");
}

TEST_F(ReplayTest, FiltersByLoadSourceAndRule) {
    use(orders_mapping("quantity"));
    ASSERT_TRUE(load("orders.csv", std::string(header) + "sale,1,B,3 pcs,1.00,2011-01-01 10:00:00,x\n"
                                                         "sale,2,,3,1.00,2011-01-01 10:00:00,x\n"));
    ASSERT_TRUE(load("orders-2.csv", std::string(header) + "sale,3,B,4 pcs,1.00,2011-01-01 10:00:00,x\n"));
    use(orders_mapping("regexp_replace(quantity, ' pcs$', '')"));
    EXPECT_EQ(replayed({.rule = "missing item_id"})[0].taken, 1);
    EXPECT_TRUE(replayed({.source = "items"}).empty());
    EXPECT_EQ(replayed({.load_id = 2})[0].loaded, 1);
    EXPECT_EQ(count("SELECT count(*) FROM data.order_line"), 1);
}

TEST_F(ReplayTest, AnExpressionThatDoesNotFitChangesNothing) {
    use(orders_mapping("quantity"));
    ASSERT_TRUE(load("orders.csv", std::string(header) + "sale,1,B,3 pcs,1.00,2011-01-01 10:00:00,x\n"));
    use(orders_mapping("anzahl"));
    const auto done = replay(*shop, mapping, {});
    ASSERT_FALSE(done);
    EXPECT_TRUE(done.error().message.contains("anzahl")) << done.error().text();
    EXPECT_EQ(count("SELECT count(*) FROM data.quarantine"), 1);
}

TEST_F(ReplayTest, ACorrectedFileTakesThePlaceOfItsEarlierVersionWhereTheMappingSaysSo) {
    use(orders_mapping("quantity", "", "    replaces: file"));
    ASSERT_TRUE(load("orders.csv", std::string(header) + "sale,1,A,2,1.00,2011-01-01 10:00:00,x\n"
                                                         "sale,1,B,3,1.00,2011-01-01 10:00:00,x\n"
                                                         "sale,2,A,7,1.00,2011-01-02 10:00:00,x\n"
                                                         "return,R1,A,7,1.00,2011-01-02 12:00:00,x\n"
                                                         "sale,3,A,7 pcs,1.00,2011-01-02 10:00:00,x\n"));
    ASSERT_TRUE(load("orders-other.csv", std::string(header) + "sale,9,A,1,1.00,2011-01-03 10:00:00,x\n"));
    const auto report = load("orders.csv", std::string(header) +
                                               "sale,1,A,2,1.00,2011-01-01 10:00:00,x\n"
                                               "sale,2,A,7,1.00,2011-01-02 10:00:00,x\n"
                                               "sale,4,A,5,1.00,2011-01-02 10:00:00,x\n");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->unchanged, 2);
    EXPECT_EQ(report->loaded, 1);
    EXPECT_EQ(report->removed, 2);  // line B of order 1, and the return
    EXPECT_EQ(text("SELECT string_agg(order_id || item_id || quantity, ' ' ORDER BY order_id) FROM data.order_line"),
              "1A2 2A7 4A5 9A1");
    EXPECT_EQ(count("SELECT count(*) FROM data.return_line"), 0);
    // The return is gone, so the order was demand after all.
    EXPECT_EQ(count("SELECT cancelled_quantity FROM data.order_line WHERE order_id = '2'"), 0);
    // Its rows in the quarantine are kept, and come no more.
    use(orders_mapping("regexp_replace(quantity, ' pcs$', '')", "", "    replaces: file"));
    EXPECT_TRUE(replayed().empty());
    const auto listed = call("data.quarantine", R"({"source":"orders","file":"orders.csv","column":"quantity"})");
    EXPECT_TRUE(listed->contains(R"("replaced":true)")) << *listed;
}

TEST_F(ReplayTest, WithoutASettingACorrectedFileRemovesNothing) {
    use(orders_mapping("quantity"));
    ASSERT_TRUE(load("orders.csv", std::string(header) + "sale,1,A,2,1.00,2011-01-01 10:00:00,x\n"
                                                         "sale,2,A,2,1.00,2011-01-01 10:00:00,x\n"));
    const auto report = load("orders.csv", std::string(header) + "sale,1,A,3,1.00,2011-01-01 10:00:00,x\n");
    EXPECT_EQ(report->replaced, 1);
    EXPECT_EQ(report->removed, 0);
    EXPECT_EQ(count("SELECT sum(quantity)::BIGINT FROM data.order_line"), 5);
    EXPECT_TRUE(parse_mapping(orders_mapping("quantity", "", "    replaces: all"), "m.yaml")
                    .error()
                    .message.starts_with("replaces: all says nothing; it is `file`"));
}

TEST_F(ReplayTest, EveryRowIsTracedToItsFileAndLine) {
    use(orders_mapping("quantity"));
    ASSERT_TRUE(load("orders.csv", std::string(header) + "sale,1,A,2,1.00,2011-01-01 10:00:00,x\n"
                                                         "sale,1,B,3 pcs,1.00,2011-01-01 10:00:00,x\n"));
    use(orders_mapping("regexp_replace(quantity, ' pcs$', '')"));
    (void)replayed();
    const auto traced = call("data.trace", R"({"table":"order_lines","key":["1","2"]})");
    ASSERT_TRUE(traced) << traced.error().text();
    EXPECT_TRUE(traced->contains(R"("file_state":"there")")) << *traced;
    EXPECT_TRUE(traced->contains(R"("line_text":"sale,1,B,3 pcs,1.00,2011-01-01 10:00:00,x")")) << *traced;
    EXPECT_TRUE(traced->contains(R"("replay_of":1)")) << *traced;
    EXPECT_TRUE(
        call("data.trace", R"({"table":"items","load_id":1,"source_line":2})")->contains(R"(\"item_id\":\"A\")"));
    std::ofstream(folder / "orders.csv") << header;
    EXPECT_TRUE(call("data.trace", R"({"table":"order_lines","key":["1"]})")->contains(R"("file_state":"changed")"));
    std::filesystem::remove(folder / "orders.csv");
    EXPECT_TRUE(call("data.trace", R"({"table":"order_lines","key":["1"]})")->contains(R"("file_state":"gone")"));
    EXPECT_EQ(call("data.trace", R"({"table":"order_lines","key":["1","2","3"]})").error().message,
              "the key of order_lines is order_id, line");
}

TEST_F(ReplayTest, AMappingThatDoesNotFitTheRowsIsToldWithItsLine) {
    use(orders_mapping("quantity"));
    ASSERT_TRUE(load("orders.csv", std::string(header) + "sale,1,B,3 pcs,1.00,2011-01-01 10:00:00,x\n"));
    use(orders_mapping("replace(quantty, ' pcs', '')"));
    const auto refused = replay(*shop, mapping, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().about, "mapping.yaml:15, source orders, order_lines.quantity");
    EXPECT_TRUE(refused.error().message.starts_with(
        "\"replace(quantty, ' pcs', '')\" does not fit the rows of orders.csv that were set aside: Binder Error: "))
        << refused.error().message;
    EXPECT_TRUE(refused.error().message.ends_with("; nothing of this file was replayed"));
    EXPECT_EQ(count("SELECT count(*) FROM data.quarantine"), 1);
}

// The file has other lines by the time of the replay: the third is no longer the one that was set aside.
TEST_F(ReplayTest, AReplayedRowKeepsTheFileAndLineThatItWasSetAsideWith) {
    use(orders_mapping("quantity"));
    ASSERT_TRUE(load("orders.csv", std::string(header) + "sale,1,A,2,1.00,2011-01-01 10:00:00,x\n"
                                                         "sale,1,B,3 pcs,1.00,2011-01-01 10:00:00,x\n"));
    std::ofstream(folder / "orders.csv") << header << "sale,9,Z,1,1.00,2011-01-01 10:00:00,x\n";
    use(orders_mapping("regexp_replace(quantity, ' pcs$', '')"));
    ASSERT_EQ(replayed()[0].loaded, 1);
    const auto by_line = call("data.trace", R"({"table":"order_lines","load_id":1,"source_line":3})");
    ASSERT_TRUE(by_line) << by_line.error().text();
    for (const auto& traced : {*by_line, call("data.trace", R"({"table":"order_lines","key":["1","2"]})").value()}) {
        EXPECT_TRUE(traced.contains(R"(\"item_id\":\"B\")")) << traced;
        EXPECT_TRUE(traced.contains(R"("load_id":2,"source_line":3)")) << traced;
        EXPECT_TRUE(traced.contains(R"("file":"orders.csv")")) << traced;
        EXPECT_TRUE(traced.contains(R"("replay_of":1)")) << traced;
        EXPECT_TRUE(traced.contains(R"("file_state":"changed","line_text":"")")) << traced;
    }
    EXPECT_EQ(count("SELECT count(*) FROM (SELECT path, bytes, modified_at FROM data.load_detail GROUP BY ALL)"), 1);
}

TEST_F(ReplayTest, AMappingIsCheckedBeforeItIsPutInPlace) {
    use(orders_mapping("quantity"));
    const auto broken = parse_mapping(orders_mapping("quantity +"), "m.yaml");
    ASSERT_TRUE(broken);
    const auto request = [](const std::string& file) { return fmt::format(R"({{"file":"{}"}})", file); };
    std::ofstream(folder / "new.yaml") << orders_mapping("quantity +");
    const auto refused = call("data.replace_mapping", request(folder / "new.yaml"));
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().message.starts_with("\"quantity +\" is no SQL expression: ")) << refused.error().text();
    EXPECT_EQ(refused.error().about, (folder / "new.yaml").string() + ":15, source orders, order_lines.quantity");
    EXPECT_TRUE(call("data.mapping", "{}")->contains("quantity: \\\"quantity\\\""));
    std::ofstream(folder / "new.yaml") << orders_mapping("quantity || ''");
    ASSERT_TRUE(call("data.replace_mapping", request(folder / "new.yaml")));
    EXPECT_TRUE(call("data.mapping", "{}")->contains("quantity || ''"));
    EXPECT_EQ(count("SELECT count(*) FROM data.mapping_version WHERE put_by = 'test'"), 1);
}

}  // namespace
}  // namespace suanpan::data
