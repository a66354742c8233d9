#include "areas/data/features/online/online.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "areas/data/features/shop_fixture.h"

namespace suanpan::features {
namespace {

class FeatureOnline : public ShopFixture {
  protected:
    static constexpr auto moment = "2011-06-30T12:00:00.000000Z";

    void compute_at(const std::string& text) {
        const auto report = compute(*shop, *declared, {.moment = parse_instant(text).value()});
        ASSERT_TRUE(report) << report.error().text();
        const auto published = online.publish(*shop, *declared, report->known);
        ASSERT_TRUE(published) << published.error().text();
    }

    Cell value(Entity entity, const std::string& key, const std::string& feature) {
        const auto snapshot = online.snapshot(*shop).value();
        const auto& served = (*snapshot)[static_cast<std::size_t>(entity)];
        const auto column = served.table->column_of.at(feature);
        if (const auto* changed = served.changes ? served.changes->find(key) : nullptr) return changed->cells[column];
        const auto row = served.table->row_of.find(key);
        return row == served.table->row_of.end() ? Cell{} : served.table->columns[column].cell(row->second);
    }

    // As DuckDB writes it, so that it compares with a training set's text.
    std::string text(const Cell& cell) {
        struct Text {
            std::string operator()(std::monostate) const { return "NULL"; }
            std::string operator()(bool value) const { return value ? "true" : "false"; }
            std::string operator()(std::int64_t value) const { return std::to_string(value); }
            std::string operator()(double value) const { return fmt::format("{:.10g}", value); }
            std::string operator()(const std::string& value) const { return value; }
            std::string operator()(const Instant& value) const { return suanpan::format(value); }
        };
        return std::visit(Text{}, cell);
    }

    // Each feature of each key as a training set has it at the moment and as it is read online.
    void expect_equal(Entity entity, const std::string& at, const std::vector<const Feature*>& wanted) {
        const auto offline = training(entity, {at});
        const auto by = key_list(entity);
        for (const auto* feature : wanted)
            for (std::size_t row = 0; row < offline.at("label").size(); ++row) {
                const auto key = key_text(offline.at(by[0])[row], by.size() == 1 ? "" : offline.at(by[1])[row]);
                const auto snapshot = online.snapshot(*shop).value();
                const auto& served = (*snapshot)[static_cast<std::size_t>(entity)];
                if (!served.table->row_of.contains(key) && (!served.changes || !served.changes->find(key))) continue;
                ++compared;
                EXPECT_EQ(text(value(entity, key, feature->name)), normal(*feature, offline.at(feature->name)[row]))
                    << feature->name << " of " << key;
            }
    }

    static std::string normal(const Feature& feature, const std::string& offline) {
        if (offline == "NULL") return offline;
        if (feature.type == ValueType::real) return fmt::format("{:.10g}", std::stod(offline));
        if (feature.type != ValueType::instant) return offline;
        return suanpan::format(
            parse_instant(offline.substr(0, 10) + "T" + offline.substr(11, offline.find('+') - 11) + "Z").value());
    }

    static std::vector<Event> new_events() {
        std::vector<Event> events;
        const auto start = parse_instant("2011-06-30T12:30:00Z").value();
        for (int i = 0; i < 12; ++i)
            events.push_back({.id = fmt::format("e{}", i),
                              .kind = i % 4 == 3 ? "return_line" : "order_line",
                              .item_id = fmt::format("i{}", i % 5),  // i4 is new
                              .customer_id = fmt::format("k{}", i % 3),
                              .place_id = fmt::format("p{}", (i % 5) % 2),
                              .quantity = 1 + i,
                              .unit_price = 100 + 37 * i % 50,
                              .at = start + std::chrono::minutes(i),
                              .received_at = start + std::chrono::minutes(20)});
        return events;
    }

    // The same events as rows of the shop's tables.
    void store_events(const std::vector<Event>& events) {
        for (const auto& event : events)
            run(event.kind == "order_line"
                    ? fmt::format(
                          "INSERT INTO data.order_line BY NAME SELECT '{0}' AS order_id, 1 AS line, '{1}' AS item_id, "
                          "'{2}' AS customer_id, '{3}' AS place_id, TIMESTAMPTZ '{4}' AS ordered_at, "
                          "DATE '2011-06-30' AS day, {5} AS quantity, 0 AS cancelled_quantity, {6} AS unit_price, "
                          "0 AS load_id, 1 AS source_line",
                          event.id, event.item_id, *event.customer_id, *event.place_id, suanpan::format(event.at),
                          event.quantity, event.unit_price)
                    : fmt::format("INSERT INTO data.return_line BY NAME SELECT '{0}' AS return_id, 1 AS line, '{1}' AS "
                                  "item_id, '{2}' AS customer_id, '{3}' AS place_id, TIMESTAMPTZ '{4}' AS returned_at, "
                                  "DATE '2011-06-30' AS day, {5} AS quantity, {6} AS unit_price, 0 AS load_id, 1 AS "
                                  "source_line",
                                  event.id, event.item_id, *event.customer_id, *event.place_id,
                                  suanpan::format(event.at), event.quantity, event.unit_price));
    }

    Online online;
    int compared = 0;
};

TEST_F(FeatureOnline, EveryFeatureIsWhatATrainingSetHas) {
    compute_at(moment);
    for (const auto entity : entities) expect_equal(entity, moment, of(entity));
    EXPECT_GT(compared, 4 * 100);
}

// Before the shop is live a computing counts rows from when they happened, whenever they came.
TEST_F(FeatureOnline, EventsThatCameAfterAnEarlyMomentAreNotCountedTwice) {
    compute_at(moment);
    auto events = new_events();
    for (auto& event : events) event.received_at = parse_instant("2011-06-30T14:00:00Z").value();
    ASSERT_TRUE(online.apply(*shop, *declared, events));
    store_events(events);
    const auto later = "2011-06-30T12:55:00.000000Z";
    compute_at(later);
    expect_equal(Entity::item, later, of(Entity::item));
    EXPECT_GT(compared, 100);
}

TEST_F(FeatureOnline, AForgottenPersonLeavesOnlyWhatIsNotAboutPeople) {
    compute_at(moment);
    ASSERT_TRUE(online.apply(*shop, *declared, new_events()));
    const auto units = text(value(Entity::item, "i1", "item_units_28d"));
    ASSERT_NE(text(value(Entity::customer, "k1", "customer_units_28d")), "NULL");
    run("DELETE FROM data.customer WHERE customer_id = 'k1'; "
        "UPDATE data.order_line SET customer_id = NULL WHERE customer_id = 'k1'; "
        "UPDATE data.return_line SET customer_id = NULL WHERE customer_id = 'k1'");
    run("DELETE FROM features.block_customer_product_lines WHERE customer_id = 'k1'");
    const std::vector<std::string> people = {"k1"};
    const auto forgotten = online.forget(*shop, *declared, people);
    ASSERT_TRUE(forgotten) << forgotten.error().text();
    EXPECT_EQ(text(value(Entity::customer, "k1", "customer_units_28d")), "NULL");
    EXPECT_NE(text(value(Entity::customer, "k2", "customer_units_28d")), "NULL");
    EXPECT_EQ(text(value(Entity::item, "i1", "item_units_28d")), units);
    // Another computing does not bring the person back.
    compute_at(moment);
    EXPECT_EQ(text(value(Entity::customer, "k1", "customer_units_28d")), "NULL");
}

TEST_F(FeatureOnline, PushedEventsGiveWhatComputingThemGives) {
    compute_at(moment);
    const auto events = new_events();
    const auto applied = online.apply(*shop, *declared, events);
    ASSERT_TRUE(applied) << applied.error().text();
    EXPECT_EQ(applied->events, 12);
    store_events(events);
    // Nothing leaves the windows in these 41 minutes, and what is made of features that wait for the next computing
    // waits.
    const auto waits = [&](const Feature& feature, auto&& waits) -> bool {
        if (!feature.derived()) return !feature.from_events;
        return std::ranges::any_of(feature.uses, [&](const auto& used) { return waits(*declared->find(used), waits); });
    };
    for (const auto entity : entities) {
        std::vector<const Feature*> at_once;
        for (const auto* feature : of(entity))
            if (feature->from_events && !waits(*feature, waits)) at_once.push_back(feature);
        EXPECT_GT(at_once.size(), 5U);
        expect_equal(entity, "2011-06-30T12:41:00.000001Z", at_once);
    }
    EXPECT_GT(compared, 400);
}

TEST_F(FeatureOnline, AnEventCountsOnce) {
    compute_at(moment);
    const auto before = std::get<std::int64_t>(value(Entity::item, "i0", "item_lines_7d"));
    const std::vector<Event> one = {new_events()[0]};
    ASSERT_TRUE(online.apply(*shop, *declared, one));
    EXPECT_EQ(online.apply(*shop, *declared, one)->repeated, 1);
    EXPECT_EQ(std::get<std::int64_t>(value(Entity::item, "i0", "item_lines_7d")), before + 1);
}

TEST_F(FeatureOnline, ComputingKeepsTheEventsThatItDidNotSee) {
    compute_at(moment);
    const auto before = std::get<std::int64_t>(value(Entity::item, "i0", "item_lines_7d"));
    auto events = new_events();
    ASSERT_TRUE(online.apply(*shop, *declared, {events[0]}));
    compute_at(moment);  // the event is of later
    EXPECT_EQ(std::get<std::int64_t>(value(Entity::item, "i0", "item_lines_7d")), before + 1);
    store_events({events[0]});
    compute_at("2011-06-30T13:00:00.000000Z");  // now it is in the tables
    EXPECT_EQ(std::get<std::int64_t>(value(Entity::item, "i0", "item_lines_7d")), before + 1);
    EXPECT_EQ(changed_keys(*online.snapshot(*shop).value()), 0);
}

TEST_F(FeatureOnline, OnlyWhatChangedIsComputedAgain) {
    const auto at = parse_instant(moment).value();
    const auto first = compute(*shop, *declared, {.moment = at}).value();
    EXPECT_EQ(first.kept, 0);
    const auto again = compute(*shop, *declared, {.moment = at}).value();
    EXPECT_EQ(again.computed, 0);
    EXPECT_EQ(again.kept, first.computed);

    add_load(2, "2011-07-01T00:00:00Z");
    run("INSERT INTO data.price BY NAME SELECT 'i0' AS item_id, DATE '2011-06-29' AS day, 5 AS unit_price, 1 AS "
        "load_id, "
        "1 AS source_line");
    const auto newer = compute(*shop, *declared, {.moment = at}).value();
    for (const auto& block : newer.blocks) EXPECT_EQ(block.computed > 0, block.block == "item_prices") << block.block;
    EXPECT_EQ(count("SELECT item_lowest_list_price_28d FROM features.item WHERE item_id = 'i0'"), 5);

    std::filesystem::create_directories(folder / "features");
    ASSERT_TRUE(
        store::write_file(folder / "features/own.yaml",
                          "owner: me\nfamilies:\n  - entity: item\n    from: order_lines\n    windows: [14d]\n"
                          "    features:\n      - {name: own_units, aggregate: sum(quantity), type: whole, unit: "
                          "units, en: Own, zh: 自有}\n"));
    const auto own = features_of(*shop).value();
    const auto added = compute(*shop, *own, {.moment = at}).value();
    EXPECT_EQ(added.computed, 1);
    EXPECT_EQ(count("SELECT item_own_units_14d FROM features.item WHERE item_id = 'i0'"),
              count("SELECT sum(quantity)::BIGINT FROM data.order_line WHERE item_id = 'i0' AND ordered_at < "
                    "'2011-06-30T12:00:00Z' AND ordered_at >= '2011-06-16T12:00:00Z'"));
    EXPECT_EQ(count("SELECT item_units_28d FROM features.item WHERE item_id = 'i0'"),
              count("SELECT sum(quantity)::BIGINT FROM data.order_line WHERE item_id = 'i0' AND ordered_at < "
                    "'2011-06-30T12:00:00Z' AND ordered_at >= '2011-06-02T12:00:00Z'"));
}

TEST_F(FeatureOnline, ABrokenFeatureIsNamedAndNothingChanges) {
    compute_at(moment);
    std::filesystem::create_directories(folder / "features");
    ASSERT_TRUE(
        store::write_file(folder / "features/own.yaml",
                          "owner: me\nfamilies:\n  - entity: item\n    from: order_lines\n    features:\n      - "
                          "{name: bad, aggregate: sum(quantty), type: whole, unit: u, en: Bad, zh: 坏}\n"));
    const auto failed =
        compute(*shop, *features_of(*shop).value(), {.moment = parse_instant("2011-06-29T00:00:00Z").value()});
    ASSERT_FALSE(failed);
    EXPECT_TRUE(failed.error().message.contains("quantty")) << failed.error().text();
    EXPECT_EQ(count("SELECT count(DISTINCT moment) FROM features.state"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM features.item WHERE moment = '2011-06-30T12:00:00Z'"), 4);
}

TEST_F(FeatureOnline, ReadersSeeOneWholeSnapshotWhileItIsReplaced) {
    compute_at(moment);
    std::atomic<bool> stop = false;
    std::atomic<std::int64_t> reads = 0, torn = 0;
    std::jthread reader([&] {
        while (!stop) {
            const auto snapshot = online.snapshot(*shop).value();
            const auto& table = *(*snapshot)[0].table;
            const auto lines = table.column_of.at("item_lines_7d"), newest = table.column_of.at("item_weekday");
            const bool thursday = table.columns[newest].whole[0] == 4;
            torn +=
                (table.moment == parse_instant(moment).value()) != thursday || table.columns[lines].whole.size() != 4;
            ++reads;
        }
    });
    for (const char* next : {"2011-06-29T12:00:00.000000Z", moment, "2011-06-29T12:00:00.000000Z"}) compute_at(next);
    stop = true;
    reader.join();
    EXPECT_GT(reads, 0);
    EXPECT_EQ(torn, 0);
}

}  // namespace
}  // namespace suanpan::features
