#include "areas/data/events/events.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <thread>

#include "areas/data/events/event.h"
#include "areas/data/events/event_store.h"
#include "areas/data/features/features.h"
#include "areas/data/sources/test_shop.h"

namespace suanpan::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const auto noon = parse_instant("2026-11-25T12:00:00.000000Z").value();

Result<std::vector<EventRow>> parse(std::string_view json) {
    static const auto zone = TimeZone::named("Asia/Shanghai").value();
    return parse_event(json, {"visitor", "", noon, "CNY", &zone});
}

std::string reason(std::string_view json) {
    const auto rows = parse(json);
    EXPECT_FALSE(rows) << json;
    return rows ? "" : rows.error().message;
}

// Google's own example of a purchase, with what a learner of rankings needs beside it.
TEST(Event, EachItemIsARow) {
    const auto rows =
        parse(R"({"name":"purchase","event_id":"e1","timestamp_micros":1795600800000000,"user_id":"u7","params":{
        "session_id":991,"transaction_id":"T_12345","currency":"CNY","value":72.05,"item_list_id":"related","items":[
        {"item_id":"SKU_12345","price":10.01,"quantity":3,"index":0,"propensity":0.25},
        {"item_id":"SKU_12346","price":"42.02","position":5,"item_list_id":"home"}]}})");
    ASSERT_TRUE(rows) << rows.error().text();
    ASSERT_THAT(*rows, SizeIs(2));
    const auto& first = rows->at(0);
    EXPECT_EQ(first.event_id, "e1");
    EXPECT_EQ(first.event_name, "purchase");
    EXPECT_EQ(format(first.occurred_at), "2026-11-25T10:00:00.000000Z");
    EXPECT_EQ(format(first.day), "2026-11-25");
    EXPECT_EQ(first.customer_id, "u7");
    EXPECT_EQ(first.session_id, "991");
    EXPECT_EQ(first.order_id, "T_12345");
    EXPECT_EQ(first.item_id, "SKU_12345");
    EXPECT_EQ(first.quantity, 3);
    EXPECT_EQ(first.value, 3003);
    EXPECT_EQ(first.list_id, "related");
    EXPECT_EQ(first.position, 1);
    EXPECT_EQ(first.propensity, 0.25);
    EXPECT_EQ(rows->at(1).event_id, "e1#2");
    EXPECT_EQ(rows->at(1).value, 4202);
    EXPECT_EQ(rows->at(1).position, 5);
    EXPECT_EQ(rows->at(1).list_id, "home");
}

TEST(Event, WhatIsNotToldIsFilledIn) {
    const auto rows = parse(R"({"name":"search","params":{"value":1.5}})");
    ASSERT_TRUE(rows) << rows.error().text();
    ASSERT_THAT(*rows, SizeIs(1));
    EXPECT_EQ(rows->at(0).occurred_at, noon);
    EXPECT_EQ(rows->at(0).customer_id, "visitor");
    EXPECT_EQ(rows->at(0).value, 150);
    EXPECT_THAT(rows->at(0).event_id, SizeIs(32));
    EXPECT_EQ(parse(R"({"name":"search","params":{"value":1.5}})")->at(0).event_id, rows->at(0).event_id);
    EXPECT_NE(parse(R"({"name":"search","params":{"value":1.6}})")->at(0).event_id, rows->at(0).event_id);
    // Late in the evening in London is the next day in Shanghai.
    EXPECT_EQ(format(parse(R"({"name":"x","timestamp_micros":"1795561200000000"})")->at(0).day), "2026-11-25");
}

TEST(Event, SaysWhyItIsSetAside) {
    EXPECT_THAT(reason("[1]"), HasSubstr("the event is no JSON object"));
    EXPECT_THAT(reason("{"), HasSubstr("the event is no JSON object"));
    EXPECT_THAT(reason("{}"), HasSubstr("\"name\" is missing"));
    EXPECT_THAT(reason(R"({"name":["a"]})"), HasSubstr("\"name\" is not a text"));
    EXPECT_THAT(reason(R"({"name":"x","params":3})"), HasSubstr("\"params\" is not an object"));
    EXPECT_THAT(reason(R"({"name":"x","timestamp_micros":1})"), HasSubstr("before the year 2000"));
    EXPECT_THAT(reason(R"({"name":"x","timestamp_micros":1995600800000000})"), HasSubstr("more than a day ahead"));
    EXPECT_THAT(reason(R"({"name":"x","params":{"currency":"EUR"}})"), HasSubstr("is EUR, the shop counts in CNY"));
    EXPECT_THAT(reason(R"({"name":"x","params":{"items":{}}})"), HasSubstr("\"items\" is not an array"));
    EXPECT_THAT(reason(R"({"name":"x","params":{"items":[{}]}})"), HasSubstr("item 1 has no \"item_id\""));
    EXPECT_THAT(reason(R"({"name":"x","params":{"items":[{"item_id":1,"quantity":1.5}]}})"),
                HasSubstr("not a whole number"));
    EXPECT_THAT(reason(R"({"name":"x","params":{"items":[{"item_id":1,"propensity":1.5}]}})"),
                HasSubstr("within 0 and 1"));
    EXPECT_THAT(reason(R"({"name":"x","params":{"items":[{"item_id":1,"position":0}]}})"),
                HasSubstr("whole number from 1"));
    EXPECT_THAT(reason(R"({"name":"x","params":{"value":1e300}})"), HasSubstr("beyond what can be counted"));
    EXPECT_THAT(reason(R"({"name":")" + std::string(2'000, 'x') + "\"}"), HasSubstr("longer than 1000 bytes"));
}

TEST(IdSet, KnowsWhatItWasGiven) {
    IdSet ids;
    for (int i = 0; i < 100'000; ++i) ids.insert(std::to_string(i));
    EXPECT_EQ(ids.size(), 100'000);
    for (int i = 0; i < 100'000; ++i) ASSERT_TRUE(ids.contains(std::to_string(i)));
    EXPECT_FALSE(ids.contains("other"));
}

struct PushTest : SourceTest {
    void SetUp() override {
        SourceTest::SetUp();
        shop.reset();
        const std::vector schemas = {data::schema(), features::schema()};
        auto opened = store::Shop::open(folder / "shop", schemas);
        ASSERT_TRUE(opened) << opened.error().text();
        shop = std::move(*opened);
        add_operations(registry);
        features::add_operations(registry);
    }
    std::string call(std::string_view name, const std::string& request) {
        operations::Context context{*shop, registry, {"test", operations::Role::editor}};
        auto reply = registry.call(context, name, request);
        return reply ? *reply : "error " + reply.error().text();
    }
    operations::Registry registry;
};

TEST_F(PushTest, EventsAreStoredOnceHoweverOftenTheyAreSent) {
    const std::string two =
        R"({"client_id":"v1","events":[{"event_id":"a","name":"view_item","params":{"items":[{"item_id":"A1"},{"item_id":"A2"}]}},
        {"event_id":"b","name":"search"},{"event_id":"b","name":"search"},{"event_id":"c"}]})";
    EXPECT_EQ(
        call("data.events", two),
        R"({"stored":2,"repeated":1,"refused":1,"reasons":[{"index":3,"event_id":"c","reason":"\"name\" is missing: view_item, add_to_cart, purchase and so on"}]})");
    EXPECT_THAT(call("data.events", two), HasSubstr(R"({"stored":0,"repeated":3,"refused":1)"));
    EXPECT_THAT(rows("SELECT event_id, event_name, item_id, customer_id, load_id, source_line FROM data.event ORDER BY "
                     "source_line"),
                ElementsAre("a|view_item|A1|v1|1|1", "a#2|view_item|A2|v1|1|2", "b|search|v1|1|3"));
    EXPECT_THAT(quarantined().at(0), HasSubstr("4|unreadable event|\"name\" is missing"));
    EXPECT_THAT(quarantined().at(0), HasSubstr(R"({"event_id":"c"})"));
}

TEST_F(PushTest, EventsOfLoadsThatCameAnotherWayAreKnown) {
    EXPECT_THAT(call("data.events", R"({"events":[{"event_id":"a","name":"search"}]})"), HasSubstr("\"stored\":1"));
    EXPECT_THAT(
        call(
            "data.push",
            R"({"table":"events","records":[{"event_id":"f","event_name":"search","occurred_at":"2026-01-01T10:00:00Z"}]})"),
        HasSubstr("\"loaded\":1"));
    EXPECT_THAT(
        call("data.events", R"({"events":[{"event_id":"f","name":"search"},{"event_id":"g","name":"search"}]})"),
        HasSubstr(R"("stored":1,"repeated":1)"));
    EXPECT_THAT(rows("SELECT event_id FROM data.event ORDER BY 1"), ElementsAre("a", "f", "g"));
}

TEST_F(PushTest, EventsFromManyThreadsAreStoredOnce) {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([this] {
            for (int i = 0; i < 20; ++i)
                EXPECT_THAT(
                    call("data.events", fmt::format(R"({{"events":[{{"event_id":"e{}","name":"search"}}]}})", i)),
                    HasSubstr("\"refused\":0"));
        });
    threads.clear();
    EXPECT_THAT(rows("SELECT count(*), count(DISTINCT event_id) FROM data.event"), ElementsAre("20|20"));
    EXPECT_THAT(rows("SELECT sum(loaded), sum(\"read\") FROM data.load"), ElementsAre("20|20"));
}

TEST_F(PushTest, RecordsOfATableAreLoadedAndSetAside) {
    const std::string lines = R"({"table":"order_lines","records":[
        {"order_id":"1","item_id":"A1","customer_id":"c1","ordered_at":"2026-01-01T23:30:00Z","quantity":2,"unit_price":2.5},
        {"order_id":"2","item_id":"A1","ordered_at":"2026-01-02 10:00:00","quantity":"x","unit_price":1},
        {"order_id":"3","item_id":"A2","ordered_at":"2026-01-03 10:00:00","quantity":1,"unit_price":1}]})";
    EXPECT_THAT(call("data.push", lines), HasSubstr(R"("load_id":1,"read":3,"loaded":2,"mended":0,"quarantined":1)"));
    EXPECT_THAT(rows("SELECT order_id, line, day, quantity, unit_price, source_line FROM data.order_line ORDER BY 1"),
                ElementsAre("1|1|2026-01-01|2|250|1", "3|1|2026-01-03|1|100|3"));
    EXPECT_THAT(quarantined().at(0), HasSubstr("2|unreadable quantity|\"x\" is not a whole number"));
    EXPECT_THAT(call("data.push", lines), HasSubstr(R"("loaded":0)"));
    EXPECT_THAT(call("data.push", R"({"table":"items","records":[{"item_id":"A1","colour":"blue"}]})"),
                HasSubstr("items have no field \"colour\"; they have item_id, title"));
    EXPECT_THAT(call("data.push", R"({"table":"order_lines","records":[{"order_id":"1"}]})"),
                HasSubstr("need the field \"item_id\""));
    EXPECT_THAT(call("data.push", R"({"table":"nothings","records":[{"a":1}]})"), HasSubstr("there is no such table"));
    EXPECT_THAT(call("data.push", R"({"records":[{"a":1}]})"), HasSubstr("name a source of the mapping or a table"));
}

TEST_F(PushTest, RecordsOfASourceGoThroughItsMapping) {
    ASSERT_TRUE(store::write_file(folder / "shop/mapping.yaml", items));
    const std::string batch =
        R"({"source":"items","batch_id":"b7","records":[{"sku":"A1","name":"Cup","price":2.5,"listed":null}]})";
    EXPECT_THAT(call("data.push", batch), HasSubstr("\"loaded\":1"));
    EXPECT_THAT(item_rows(), ElementsAre("1|A1|Cup|250"));
    EXPECT_THAT(call("data.push", batch), HasSubstr("\"unchanged\":1"));
    EXPECT_THAT(call("data.push", R"({"source":"goods","records":[{"sku":"A1"}]})"),
                HasSubstr("no such source; it has items"));
}

// What is pushed is in the online features at once.
TEST_F(PushTest, OnlineFeaturesFollowPushedOrderLines) {
    const auto order = [](int number, std::string_view at) {
        return fmt::format(
            R"({{"table":"order_lines","records":[{{"order_id":"{}","item_id":"A1","ordered_at":"{}","quantity":3,"unit_price":1}}]}})",
            number, at);
    };
    ASSERT_TRUE(shop->database().connect().value().run(R"(
        INSERT INTO data.load VALUES (1, 's', 'f', 'x', '2026-01-01T12:00:00Z', 1, 1, 0, 0, 0);
        INSERT INTO data.item BY NAME
        SELECT 'A1' AS item_id, true AS product, 1 AS load_id, 1 AS source_line;
        INSERT INTO data.order_line BY NAME
        SELECT '1' AS order_id, 1 AS line, 'A1' AS item_id, TIMESTAMPTZ '2026-01-01 10:00:00+00' AS ordered_at,
               DATE '2026-01-01' AS day, 3 AS quantity, 0 AS cancelled_quantity, 100 AS unit_price, 1 AS load_id,
               1 AS source_line)"));
    ASSERT_THAT(call("features.compute", R"({"moment":"2026-01-02"})"), HasSubstr("\"computed\""));
    const std::string ask = R"({"entity":"item","ids":["A1"],"features":["item_units_28d"]})";
    EXPECT_THAT(call("features.read", ask), HasSubstr("\"values\":[3]"));
    EXPECT_THAT(call("data.push", order(2, "2026-01-02T10:00:00Z")), HasSubstr("\"online\":1"));
    EXPECT_THAT(call("features.read", ask), HasSubstr("\"values\":[6]"));
    EXPECT_THAT(call("data.push", order(2, "2026-01-02T10:00:00Z")), HasSubstr("\"online\":0"));
    EXPECT_THAT(call("features.read", ask), HasSubstr("\"values\":[6]"));
}

}  // namespace
}  // namespace suanpan::data
