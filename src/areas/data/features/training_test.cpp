#include "areas/data/features/training.h"

#include <fmt/format.h>

#include "areas/data/features/shop_fixture.h"

namespace suanpan::features {
namespace {

using Way = TrainingOptions::Way;

class FeatureTraining : public ShopFixture {};

const std::vector<std::string> moments = {"2011-06-10T12:00:00Z", "2011-06-20", "2011-05-03 09:30:00"};

TEST_F(FeatureTraining, CountsWhatABareQueryCounts) {
    const auto made = training(Entity::item, {"2011-06-10T12:00:00Z"});
    for (int i = 0; i < 4; ++i) {
        const auto where = fmt::format(
            "item_id = 'i{}' AND ordered_at < '2011-06-10T12:00:00Z' AND ordered_at >= '2011-06-03T12:00:00Z'", i);
        const auto want = [&](const std::string& what) {
            return std::to_string(count("SELECT " + what + "::BIGINT FROM data.order_line WHERE " + where));
        };
        EXPECT_EQ(made.at("item_units_7d")[i], want("sum(quantity)"));
        EXPECT_EQ(made.at("item_lines_7d")[i], want("count(*)"));
        EXPECT_EQ(made.at("item_customers_7d")[i], want("count(DISTINCT customer_id)"));
        EXPECT_EQ(made.at("item_highest_price_7d")[i], want("max(unit_price)"));
        EXPECT_EQ(made.at("item_last_price_paid")[i], want("arg_max(unit_price, ordered_at)"));
        EXPECT_EQ(made.at("label")[i], std::to_string(i));
    }
}

TEST_F(FeatureTraining, PairsAndRunningSumsAgree) {
    for (const auto entity : entities)
        EXPECT_EQ(training(entity, moments, Way::pairs), training(entity, moments, Way::running));
}

TEST_F(FeatureTraining, AWindowHoldsItsBeginningAndNotItsEnd) {
    run("DELETE FROM data.order_line");
    run("INSERT INTO data.order_line BY NAME SELECT 'o' || i AS order_id, 1 AS line, 'i0' AS item_id, "
        "TIMESTAMPTZ '2011-06-03T12:00:00Z' + to_days(i::INT) AS ordered_at, DATE '2011-06-03' AS day, 1 AS quantity, "
        "0 AS cancelled_quantity, 1 AS unit_price, 1 AS load_id, 1 AS source_line FROM range(8) AS t(i)");
    for (const auto way : {Way::pairs, Way::running})
        EXPECT_EQ(training(Entity::item, {"2011-06-10T12:00:00Z"}, way).at("item_units_7d")[0], "7");
}

// Adds rows of every table after the moment, and checks that no declared feature changes; then before it, and checks
// that every feature of what was added does: so that the first check can fail.
TEST_F(FeatureTraining, NothingAfterTheMomentChangesAnyFeature) {
    const std::vector<std::string> moment = {"2011-06-10T12:00:00Z"};
    std::map<Entity, Columns> before;
    for (const auto entity : entities) before[entity] = training(entity, moment);
    add_load(2, "2011-06-30T20:00:00Z");
    add_orders(2, "2011-06-10 12:00:00", 30);
    run(R"(
        INSERT INTO data.price BY NAME SELECT 'i' || i AS item_id, DATE '2011-06-11' AS day, 9999 AS unit_price,
            2 AS load_id, 1 AS source_line FROM range(4) AS t(i);
        INSERT INTO data.promotion BY NAME SELECT 'late' AS promotion_id, 'i' || i AS item_id, DATE '2011-06-11' AS from_day,
            DATE '2011-06-12' AS to_day, 0.9 AS discount, 2 AS load_id, 1 AS source_line FROM range(4) AS t(i);
        INSERT INTO data.stock BY NAME SELECT 'i' || i AS item_id, 'p' || i % 2 AS place_id, DATE '2011-06-10' AS day,
            0 AS on_hand, 77 AS on_order, 2 AS load_id, 1 AS source_line FROM range(4) AS t(i);
        INSERT INTO data.item BY NAME SELECT 'i' || i AS item_id, 'other' AS category, true AS product, 1 AS unit_cost,
            1 AS unit_price, 'other' AS supplier_id, DATE '2011-06-11' AS listed_on, 2 AS load_id, 1 AS source_line
            FROM range(4) AS t(i);
        INSERT INTO data.customer BY NAME SELECT 'k' || i AS customer_id, 'other' AS place_id,
            DATE '2011-06-11' AS joined_on, 2 AS load_id, 1 AS source_line FROM range(3) AS t(i);)");
    for (const auto entity : entities)
        for (const auto way : {Way::pairs, Way::running}) {
            const auto after = training(entity, moment, way);
            for (const auto& [column, values] : before[entity]) EXPECT_EQ(after.at(column), values) << column;
        }
}

// What a row before the moment reaches. `name` = 'weekday' and 'month' follow from the moment alone.
void expect_changed(const Feature& feature, const std::vector<std::string>& before,
                    const std::vector<std::string>& after) {
    if (feature.name == "item_weekday" || feature.name == "item_month") return;
    EXPECT_NE(before, after) << feature.name << " takes no notice of rows before the moment";
}

class FeatureArrival : public ShopFixture {
  protected:
    void SetUp() override { open({{"features.live_from", "2011-01-01"}}); }

    // Rows of load 3 in every table, that happened before 2011-07-20.
    void add_everything() {
        add_orders(3, "2011-07-11 08:00:00", 5);
        run(R"(
            INSERT INTO data.order_line BY NAME SELECT 'big' || i AS order_id, 1 AS line, 'i' || i % 4 AS item_id,
                'k' || i % 3 AS customer_id, 'p' || (i % 4) % 2 AS place_id, ordered_at, ordered_at::DATE AS day,
                40 + i AS quantity, 0 AS cancelled_quantity,
                CASE WHEN ordered_at < '2011-07-17' THEN 1 ELSE 90000 + i END AS unit_price, 3 AS load_id, 1 AS source_line
                FROM range(12) AS t(i), (VALUES (TIMESTAMPTZ '2011-03-20 08:00:00Z'), (TIMESTAMPTZ '2011-07-16 08:00:00Z'),
                (TIMESTAMPTZ '2011-07-19 08:00:00Z')) AS u(ordered_at);
            INSERT INTO data.order_line BY NAME SELECT 'new' || i AS order_id, 1 AS line,
                CASE WHEN i < 4 THEN 'i' || i ELSE 'i9' END AS item_id, 'k' || CASE WHEN i < 4 THEN 9 ELSE i - 4 END AS customer_id,
                'p' || i % 2 AS place_id, TIMESTAMPTZ '2011-07-18 08:00:00Z' AS ordered_at, DATE '2011-07-18' AS day,
                1 AS quantity, 0 AS cancelled_quantity, 5 AS unit_price, 3 AS load_id, 1 AS source_line
                FROM range(7) AS t(i);
            INSERT INTO data.return_line BY NAME SELECT 'big' || i AS return_id, 1 AS line, 'i' || i % 4 AS item_id,
                'k' || i % 3 AS customer_id, TIMESTAMPTZ '2011-07-18 08:00:00Z' AS returned_at, DATE '2011-07-18' AS day,
                3 AS quantity, 3 AS load_id, 1 AS source_line FROM range(12) AS t(i);
            INSERT INTO data.price BY NAME SELECT 'i' || i AS item_id, DATE '2011-07-12' + d::INT AS day,
                CASE d WHEN 0 THEN 1 ELSE 99999 END AS unit_price, 3 AS load_id, 1 AS source_line
                FROM range(4) AS t(i), range(2) AS u(d);
            INSERT INTO data.promotion BY NAME SELECT 'new' AS promotion_id, 'i' || i AS item_id,
                DATE '2011-07-12' AS from_day, DATE '2011-07-13' AS to_day, 0.9 AS discount, 3 AS load_id,
                1 AS source_line FROM range(4) AS t(i);
            INSERT INTO data.stock BY NAME SELECT 'i' || i % 4 AS item_id, 'p' || (i % 4) % 2 AS place_id,
                DATE '2011-07-15' AS day, 0 AS on_hand, 77 AS on_order, 3 AS load_id, 1 AS source_line
                FROM range(12) AS t(i);
            INSERT INTO data.stock BY NAME SELECT 'i' || i % 4 AS item_id, 'p' || (i % 4) % 2 AS place_id,
                DATE '2011-07-16' AS day, -1 AS on_hand, 78 AS on_order, 3 AS load_id, 1 AS source_line
                FROM range(12) AS t(i);
            INSERT INTO data.item BY NAME SELECT 'i' || i AS item_id, 'other' AS category, true AS product,
                1 AS unit_cost, 1 AS unit_price, 'other' AS supplier_id, DATE '2011-07-12' AS listed_on, 3 AS load_id,
                1 AS source_line FROM range(4) AS t(i);
            INSERT INTO data.customer BY NAME SELECT 'k' || i AS customer_id, 'other' AS place_id,
                DATE '2011-07-12' AS joined_on, 3 AS load_id, 1 AS source_line FROM range(3) AS t(i);)");
    }
};

TEST_F(FeatureArrival, RowsThatArriveAfterTheMomentChangeNothingAndRowsBeforeDo) {
    const std::vector<std::string> moment = {"2011-07-20T00:00:00Z"};
    std::map<Entity, Columns> before;
    for (const auto entity : entities) before[entity] = training(entity, moment);
    add_load(3, "2011-07-20T00:00:00Z");
    add_everything();
    for (const auto entity : entities)
        for (const auto& [column, values] : training(entity, moment))
            EXPECT_EQ(before[entity].at(column), values) << column;
    run("UPDATE data.load SET loaded_at = TIMESTAMPTZ '2011-07-19T23:59:59Z' WHERE load_id = 3");
    for (const auto entity : entities) {
        const auto after = training(entity, moment);
        for (const auto* feature : of(entity))
            expect_changed(*feature, before[entity].at(feature->name), after.at(feature->name));
    }
}

TEST_F(FeatureArrival, BeforeTheShopWasLiveARowIsKnownWhenItHappened) {
    open({{"features.live_from", "2011-06-15"}});
    const auto at = [&](const std::string& moment) { return training(Entity::item, {moment}).at("item_units_7d")[0]; };
    EXPECT_NE(at("2011-06-10T12:00:00Z"), "0");  // loaded on 30 June, and no arrival is known before the 15th
    EXPECT_EQ(at("2011-06-20T12:00:00Z"), "0");  // the shop was live, and the rows were not there
    EXPECT_NE(at("2011-07-02T12:00:00Z"), "0");
}

TEST_F(FeatureArrival, SaysWhatIsWrongWithLabelsAndSettings) {
    const auto labels = folder / "labels.csv";
    const auto error = [&](const std::string& text) {
        EXPECT_TRUE(store::write_file(labels, text));
        const auto set =
            training_set(*shop, *declared, {.entity = Entity::item, .labels = {labels}, .features = of(Entity::item)});
        return set ? "" : set.error().message;
    };
    EXPECT_EQ(
        error("item,moment\ni0,2011-06-10\n"),
        "the labels have no column item_id; a training set of item needs item_id, moment; the file has item, moment");
    EXPECT_TRUE(error("item_id,moment\ni0,2011-06-10\ni1,tomorrow\n").starts_with("row 2 has the moment \"tomorrow\""));
    EXPECT_TRUE(error("item_id,moment,item_units_7d\ni0,2011-06-10,1\n").contains("is also a feature; rename it"));
    open({{"features.live_from", "soon"}});
    EXPECT_TRUE(error("item_id,moment\ni0,2011-06-10\n").starts_with("\"soon\" is neither a day"));
}

TEST_F(FeatureTraining, ASampleFollowsItsSeed) {
    const auto labels = folder / "labels.csv";
    ASSERT_TRUE(store::write_file(labels, keys_csv(Entity::item, moments)));
    const auto sampled = [&](std::int64_t seed) {
        const auto set = training_set(*shop, *declared,
                                      {.entity = Entity::item,
                                       .labels = {labels},
                                       .features = {declared->find("item_units_7d")},
                                       .sample = 5,
                                       .seed = seed});
        EXPECT_EQ(set->rows, 5);
        return columns("read_parquet('" + set->file + "')");
    };
    EXPECT_EQ(sampled(1), sampled(1));
    EXPECT_NE(sampled(1), sampled(2));
}

}  // namespace
}  // namespace suanpan::features
