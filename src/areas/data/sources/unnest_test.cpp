#include <fmt/format.h>

#include "areas/data/data_fixture.h"
#include "areas/data/sources/json_line.h"

namespace suanpan::data {
namespace {

std::string mapping_with(std::string_view quantity) {
    return fmt::format(R"(
shop: {{name: Test, currency: GBP, time_zone: UTC}}
sources:
  - name: orders
    file: "orders*"
    unnest: lines
    into:
      - table: order_lines
        when: kind = 'sale'
        fields: {{order_id: id, item_id: '"lines.sku"', quantity: "{0}", unit_price: '"lines.price"', ordered_at: placed, customer_id: who}}
      - table: returns
        fields: {{return_id: id, item_id: '"lines.sku"', quantity: "{0}", unit_price: '"lines.price"', returned_at: placed, customer_id: who}}
  - name: items
    file: "items*"
    unnest: product.variants
    into:
      - table: items
        fields: {{item_id: '"product.variants.sku"', title: 'name || '' '' || "product.variants.title"'}}
)",
                       quantity);
}

constexpr auto as_told = R"(\"lines.qty\")";
constexpr auto orders =
    R"({"kind":"sale","id":"1","who":"c","placed":"2011-01-01 10:00:00","lines":[{"sku":"A","qty":2,"price":"1.00"},{"sku":"B","qty":"x","price":"2.00"},{"sku":"A","qty":3,"price":"1.50"},{"sku":"F","qty":"y","price":"1.00"}]}

{"kind":"sale","id":"2","who":"c","placed":"2011-01-01 10:00:00","lines":[]}
{"kind":"sale","id":
{"kind":"sale","id":"3","who":"c","placed":"2011-01-01 10:00:00","lines":{"sku":"C","qty":1,"price":"9.99"}}
{"kind":"sale","id":"4","who":"c","placed":"2011-01-01 10:00:00","lines":[{"sku":"D","qty":1,"price":"1.00"}]}
{"kind":"return","id":"5","who":"c","placed":"2011-02-01 10:00:00","lines":[{"sku":"C","qty":1,"price":"9.99"},{"sku":"D","qty":1,"price":"1.00"}]}
)";

class UnnestTest : public DataFixture {
  protected:
    std::string order_lines() {
        return text(
            "SELECT string_agg(order_id || '/' || line || ' ' || item_id || quantity || ' @' || source_line, '; ' "
            "ORDER BY order_id, line) FROM data.order_line");
    }
};

TEST_F(UnnestTest, EachElementIsARowOfTheLineThatItStandsIn) {
    use(mapping_with(as_told));
    const auto report = load("orders.jsonl", orders);
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->read, 10);
    EXPECT_EQ(report->loaded, 6);
    EXPECT_EQ(report->quarantined, 4);
    EXPECT_EQ(order_lines(), "1/1 A2 @1; 1/3 A3 @1; 3/1 C1 @5; 4/1 D1 @6");
    EXPECT_EQ(text("SELECT string_agg(source_line || ' ' || rule, '; ' ORDER BY source_line) FROM data.quarantine"),
              "1 unreadable quantity; 1 unreadable quantity; 3 missing item_id; 4 unreadable row");
    // Each return is matched by itself.
    EXPECT_EQ(text("SELECT string_agg(item_id || order_id || order_line, ' ' ORDER BY item_id) FROM data.return_line"),
              "C31 D41");
    const auto traced = call("data.trace", R"({"table":"order_lines","key":["1","3"]})");
    ASSERT_TRUE(traced) << traced.error().text();
    EXPECT_TRUE(traced->contains(R"("source_line":1)")) << *traced;
    EXPECT_TRUE(traced->contains(R"("line_text":"{\"kind\":\"sale\",\"id\":\"1\")")) << *traced;
    EXPECT_EQ(load("orders.jsonl", orders)->unchanged, 10);
}

TEST_F(UnnestTest, RowsThatWereSetAsideComeAgainOneByOne) {
    use(mapping_with(as_told));
    ASSERT_TRUE(load("orders.jsonl", orders));
    use(mapping_with(R"(CASE \"lines.qty\" WHEN 'x' THEN '7' WHEN 'y' THEN '8' ELSE \"lines.qty\" END)"));
    const auto replayed = call("data.replay", "{}");
    ASSERT_TRUE(replayed) << replayed.error().text();
    EXPECT_TRUE(replayed->contains(R"("loaded":2)")) << *replayed;
    EXPECT_EQ(order_lines(), "1/1 A2 @1; 1/3 A3 @1; 1/4 B7 @1; 1/5 F8 @1; 3/1 C1 @5; 4/1 D1 @6");
    EXPECT_EQ(count("SELECT count(*) FROM data.quarantine"), 2);
}

// Two rows of one line are on two pages.
TEST_F(UnnestTest, TheQuarantineIsBrowsedRowByRow) {
    use(mapping_with(as_told));
    ASSERT_TRUE(load("orders.jsonl", orders));
    std::string cursor;
    std::vector<std::string> items;
    for (int page = 0; page < 6; ++page) {
        const auto reply = call("data.quarantine", fmt::format(R"({{"limit":1,"cursor":"{}"}})", cursor)).value();
        for (const auto* item : {R"(\"lines.sku\":\"B\")", R"(\"lines.sku\":\"F\")", "missing", "unreadable row"})
            if (reply.contains(item)) items.emplace_back(item);
        const std::string_view mark = R"("next_cursor":")";
        const auto at = reply.find(mark) + mark.size();
        cursor = reply.substr(at, reply.find('"', at) - at);
        if (cursor.empty()) break;
    }
    EXPECT_EQ(items, (std::vector<std::string>{R"(\"lines.sku\":\"B\")", R"(\"lines.sku\":\"F\")", "missing",
                                               "unreadable row"}));
    EXPECT_EQ(call("data.quarantine", R"({"cursor":"1-2"})").error().message,
              "this is no cursor; take next_cursor of a reply");
}

TEST_F(UnnestTest, OfElementsWithOneKeyTheLastCounts) {
    use(mapping_with(as_told));
    const auto report = load(
        "items.jsonl", R"({"name":"Shirt","product":{"variants":[{"sku":"A","title":"old"},{"sku":"A","title":"new"},)"
                       R"({"sku":"B","title":"b"}]}})"
                       "\n");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(text("SELECT string_agg(item_id || ' ' || title, '; ' ORDER BY item_id) FROM data.item"),
              "A Shirt new; B Shirt b");
    EXPECT_EQ(text("SELECT rule || ' ' || (raw ->> '/product.variants.title') FROM data.quarantine"),
              "repeated key old");
}

TEST_F(UnnestTest, OnlyJsonLinesAreTakenApart) {
    auto of_server = mapping_with(as_told);
    of_server.replace(of_server.find("    file: \"orders*\""), 19, "    postgres: {table: orders}");
    EXPECT_EQ(parse_mapping(of_server, "m.yaml").error().text(),
              "m.yaml:6: `unnest` takes apart arrays of JSON lines; rows of a server have none");
    use(mapping_with(as_told));
    const auto refused = load("orders.csv", "id,lines\n1,2\n");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message,
              "`unnest` of the mapping takes apart arrays of JSON lines, and this is csv; leave it out");
}

std::string shown(const std::vector<std::vector<JsonCell>>& rows) {
    std::string text;
    for (const auto& row : rows) {
        for (const auto& cell : row) text += cell.name + "=" + cell.text + " ";
        text += "/ ";
    }
    return text;
}

TEST(UnnestJson, TakesOneArrayApart) {
    std::vector<std::vector<JsonCell>> rows;
    const auto unnested = [&](std::string_view line, const std::string& name) {
        const auto done = unnest_json(line, name, rows);
        return done ? shown(rows) : done.error().message;
    };
    EXPECT_EQ(unnested(R"({"a":1,"b":{"tags":["x", {"c":{"d":[1,2]}}, null]}})", "b.tags"),
              "a=1 b.tags=x / a=1 b.tags.c.d=[1,2] / a=1 b.tags= / ");
    EXPECT_EQ(unnested(R"({"a":1,"tags":[]})", "tags"), "a=1 / ");
    EXPECT_EQ(unnested(R"({"a":1})", "tags"), "a=1 / ");
    EXPECT_EQ(unnested(R"({"a":1,"tags":"[not JSON"})", "tags"), "a=1 tags=[not JSON / ");
    EXPECT_EQ(unnested(R"({"a":1,"tags":"[1] of 2"})", "tags"), "a=1 tags=[1] of 2 / ");
    EXPECT_EQ(unnested(R"({"a":1,"tags":[{"b":1,"b":2}]})", "tags"), "tells \"tags.b\" twice");
    EXPECT_EQ(unnested(R"({"a":1,"tags":[1,)", "tags"), "is no JSON: a value is expected (byte 18)");
    std::string many = "1";
    for (int i = 0; i < 99; ++i) many += ",1";
    EXPECT_EQ(unnested(fmt::format(R"({{"a":"{}","tags":[{}]}})", std::string(1 << 20, 'x'), many), "tags"),
              "has 100 elements in \"tags\", too many to repeat the rest of the line beside each (64 MiB is the most)");
}

}  // namespace
}  // namespace suanpan::data
