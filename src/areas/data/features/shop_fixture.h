#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "areas/data/data.h"
#include "areas/data/features/compute.h"
#include "areas/data/features/features.h"
#include "areas/data/features/training.h"
#include "platform/store/make_test_shop.h"

// A small shop with rows in every table that features read, for the tests of this folder.
namespace suanpan::features {

class ShopFixture : public testing::Test {
  protected:
    void SetUp() override { open({}); }
    void TearDown() override {
        shop.reset();
        std::filesystem::remove_all(folder);
    }

    // With features.live_from at the beginning of time every row is known when it was loaded.
    void open(const std::map<std::string, std::string>& options) {
        shop.reset();
        folder = std::filesystem::temp_directory_path() /
                 fmt::format("suanpan-features-{}-{}", ::getpid(),
                             testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        const std::vector schemas = {data::schema(), features::schema()};
        auto opened =
            store::make_test_shop(folder, {.name = "test", .time_zone = "Europe/London", .options = options}, schemas);
        ASSERT_TRUE(opened) << opened.error().text();
        shop = std::move(*opened);
        declared = features_of(*shop).value();
        add_load(1, "2011-06-30T20:00:00Z");
        fill(1);
    }

    void run(const std::string& sql) {
        auto connection = shop->database().connect().value();
        const auto done = connection.run(sql);
        ASSERT_TRUE(done) << done.error().text() << "\n" << sql;
    }
    std::int64_t count(const std::string& sql) { return shop->database().connect().value().count(sql).value(); }

    void add_load(int id, const std::string& at) {
        run(fmt::format("INSERT INTO data.load VALUES ({}, 's', 'f', 'x', '{}', 0, 1, 0, 0, 0)", id, at));
    }

    // 60 days of orders up to 2011-06-30 with everything else a shop has.
    void fill(int load) {
        run(fmt::format(R"(
            INSERT INTO data.item BY NAME
            SELECT 'i' || i AS item_id, 'c' || i % 2 AS category, true AS product, 100 * (i + 1) AS unit_cost,
                   300 * (i + 1) AS unit_price, 's' || i % 2 AS supplier_id, DATE '2011-04-01' + i::INT AS listed_on,
                   {0} AS load_id, i + 1 AS source_line
            FROM range(4) AS t(i);
            INSERT INTO data.customer BY NAME
            SELECT 'k' || i AS customer_id, 'p' || i % 2 AS place_id, DATE '2011-04-01' + i::INT AS joined_on,
                   {0} AS load_id, i + 1 AS source_line FROM range(3) AS t(i);)",
                        load));
        add_orders(load, "2011-05-01 08:00:00", 60);
        run(fmt::format(R"(
            INSERT INTO data.price BY NAME
            SELECT 'i' || i AS item_id, DATE '2011-05-01' + d::INT AS day, 300 * (i + 1) + d % 5 AS unit_price,
                   {0} AS load_id, 1 AS source_line FROM range(4) AS t(i), range(60) AS u(d);
            INSERT INTO data.promotion BY NAME
            SELECT 'm' || d AS promotion_id, 'i' || i AS item_id, DATE '2011-05-05' + (20 * d)::INT AS from_day,
                   DATE '2011-05-09' + (20 * d)::INT AS to_day, 0.1 * (d + 1) AS discount, {0} AS load_id,
                   1 AS source_line FROM range(4) AS t(i), range(3) AS u(d);
            INSERT INTO data.stock BY NAME
            SELECT 'i' || i AS item_id, 'p' || i % 2 AS place_id, DATE '2011-05-01' + d::INT AS day,
                   (d * (i + 3)) % 7 AS on_hand, d % 3 AS on_order, {0} AS load_id, 1 AS source_line
            FROM range(4) AS t(i), range(60) AS u(d);)",
                        load));
    }

    // Every second day a line of each item, by turns of customers and places, and a return a day later for some.
    void add_orders(int load, const std::string& from, int days) {
        run(fmt::format(R"(
            INSERT INTO data.order_line BY NAME
            SELECT format('o{0}-{{}}-{{}}', d, i) AS order_id, 1 AS line, 'i' || i AS item_id,
                   'k' || (d + i) % 3 AS customer_id, 'p' || i % 2 AS place_id,
                   TIMESTAMPTZ '{1}Z' + to_hours(24 * d::INT + i::INT) AS ordered_at,
                   CAST(TIMESTAMP '{1}' + to_hours(24 * d::INT + i::INT) AS DATE) AS day, 1 + (d * 3 + i) % 5 AS quantity,
                   0 AS cancelled_quantity, 300 * (i + 1) + (d * 7 + i) % 11 AS unit_price, {0} AS load_id,
                   d + 1 AS source_line
            FROM range({2}) AS t(d), range(4) AS u(i) WHERE (d + i) % 2 = 0;
            INSERT INTO data.return_line BY NAME
            SELECT 'r' || order_id AS return_id, 1 AS line, order_id, 1 AS order_line, item_id, customer_id, place_id,
                   ordered_at + to_hours(20) AS returned_at, day + 1 AS day, 1 AS quantity, unit_price,
                   {0} AS load_id, source_line
            FROM data.order_line WHERE load_id = {0} AND source_line % 3 = 0;)",
                        load, from, days));
    }

    std::vector<const Feature*> of(Entity entity) const {
        std::vector<const Feature*> wanted;
        for (const auto& feature : declared->features)
            if (feature.entity == entity) wanted.push_back(&feature);
        return wanted;
    }

    std::string keys_csv(Entity entity, const std::vector<std::string>& moments) const {
        const bool pair = keys(entity).size() == 2;
        std::string text = join(key_list(entity), ",") + ",moment,label\n";
        for (const auto& moment : moments)
            for (int i = 0; i < 4; ++i) {
                const auto first = entity == Entity::customer || entity == Entity::customer_item ? "k" : "i";
                const auto second = entity == Entity::customer_item ? "i" : "p";
                text += pair ? fmt::format("{}{},{}{},{},{}\n", first, i % 3, second, i % 2, moment, i)
                             : fmt::format("{}{},{},{}\n", first, i, moment, i);
            }
        return text;
    }

    // The training set's rows as texts, column by column: "item_units_7d" -> values in the labels' order.
    using Columns = std::map<std::string, std::vector<std::string>>;
    Columns training(Entity entity, const std::vector<std::string>& moments,
                     TrainingOptions::Way way = TrainingOptions::Way::choose) {
        const auto labels = folder / "labels.csv";
        EXPECT_TRUE(store::write_file(labels, keys_csv(entity, moments)));
        const auto set =
            training_set(*shop, *declared, {.entity = entity, .labels = {labels}, .features = of(entity), .way = way});
        EXPECT_TRUE(set) << set.error().text();
        return set ? columns("read_parquet('" + set->file + "')") : Columns{};
    }

    Columns columns(const std::string& relation) {
        auto connection = shop->database().connect().value();
        const auto table = connection.query("SELECT COLUMNS(*)::VARCHAR FROM " + relation);
        EXPECT_TRUE(table) << table.error().text();
        Columns all;
        for (std::size_t column = 0; table && column < table->columns(); ++column)
            for (std::size_t chunk = 0; chunk < table->chunks(); ++chunk)
                for (std::size_t row = 0; row < table->chunk_rows(chunk); ++row)
                    all[table->name(column)].emplace_back(
                        table->is_null(chunk, column, row) ? "NULL" : table->text(chunk, column, row));
        return all;
    }

    std::filesystem::path folder;
    std::unique_ptr<store::Shop> shop;
    std::shared_ptr<const Declarations> declared;
};

}  // namespace suanpan::features
