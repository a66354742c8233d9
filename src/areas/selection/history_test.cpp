#include "areas/selection/history.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <tuple>

#include "areas/selection/hash_table.h"
#include "areas/selection/order_days.h"
#include "areas/selection/selection.h"
#include "platform/store/make_test_shop.h"

namespace suanpan::selection {
namespace {

// What a day was, counted as one would by hand: orders and customers by looking at each, a line's basket by its order's
// lines, settled numbers by the public view.
constexpr auto by_hand = R"(
    WITH back AS (SELECT DISTINCT order_id, order_line AS line FROM data.return_line WHERE order_id IS NOT NULL),
    sizes AS (SELECT order_id, count(*) AS lines FROM data.order_line GROUP BY ALL),
    line AS (
        SELECT o.*, quantity - CASE WHEN back.order_id IS NULL THEN cancelled_quantity ELSE 0 END AS known, lines
        FROM data.order_line AS o JOIN sizes USING (order_id) LEFT JOIN back USING (order_id, line)),
    sold AS (
        SELECT item_id, day, sum(known) AS units, sum(known * unit_price) AS revenue, count(DISTINCT order_id) AS orders,
               count(DISTINCT customer_id) AS customers, avg(lines) AS basket
        FROM line WHERE known > 0 GROUP BY ALL
        UNION ALL
        SELECT item_id, from_day + CAST(days - 1 AS INTEGER), sum(units), coalesce(sum(revenue), sum(units)), 0, 0, 0
        FROM data.sale GROUP BY ALL),
    returned AS (
        SELECT item_id, day, sum(quantity) AS returned_units, sum(quantity * unit_price) AS returned_value
        FROM data.return_line GROUP BY ALL),
    settled AS (
        SELECT item_id, day, units AS settled_units, revenue AS settled_revenue, profit AS settled_profit FROM selection.settled)
    SELECT item_id, day::DATE AS day, coalesce(units, 0)::DOUBLE AS units, coalesce(revenue, 0)::DOUBLE AS revenue,
           coalesce(orders, 0)::DOUBLE AS orders, coalesce(customers, 0)::DOUBLE AS customers, coalesce(basket, 0)::DOUBLE AS basket,
           coalesce(returned_units, 0)::DOUBLE AS returned_units, coalesce(returned_value, 0)::DOUBLE AS returned_value,
           coalesce(settled_units, 0)::DOUBLE AS settled_units, coalesce(settled_revenue, 0)::DOUBLE AS settled_revenue,
           coalesce(settled_profit, 0)::DOUBLE AS settled_profit
    FROM sold FULL JOIN returned USING (item_id, day) FULL JOIN settled USING (item_id, day)
    SEMI JOIN data.product USING (item_id) ORDER BY item_id, day)";

constexpr auto made = R"(
    INSERT INTO data.item BY NAME
    SELECT 'i' || i AS item_id, i <> 3 AS product, CASE WHEN i % 2 = 0 THEN 40 END AS unit_cost, 1 AS load_id, 1 AS source_line
    FROM range(20) AS t(i);
    INSERT INTO data.order_line BY NAME
    SELECT 'o' || i // 7 AS order_id, i AS line, 'i' || hash(i) % 18 AS item_id,
           CASE WHEN i // 7 % 5 > 0 THEN 'c' || i // 7 % 6 END AS customer_id, DATE '2025-01-01' + CAST(i // 60 AS INTEGER) AS day,
           (DATE '2025-01-01' + CAST(i // 60 AS INTEGER))::TIMESTAMPTZ AS ordered_at, 1 + hash(i, 1) % 5 AS quantity,
           CASE WHEN i % 11 = 0 THEN 1 + hash(i, 1) % 5 ELSE 0 END AS cancelled_quantity, 50 + hash(i, 2) % 100 AS unit_price,
           1 AS load_id, i AS source_line
    FROM range(3000) AS t(i);
    INSERT INTO data.return_line BY NAME
    SELECT 'r' || line AS return_id, 1 AS line, order_id, line AS order_line, item_id, customer_id, ordered_at AS returned_at,
           day + 2 AS day, quantity, unit_price, 1 AS load_id, 1 AS source_line
    FROM data.order_line WHERE line % 22 = 0 OR line % 37 = 0;
    INSERT INTO data.cost BY NAME
    SELECT 'i' || i AS item_id, DATE '2025-01-20' + CAST(i % 3 AS INTEGER) AS from_day, 30 + i AS unit_cost, 1 AS load_id, 1 AS source_line
    FROM range(0, 10) AS t(i);
    INSERT INTO data.sale BY NAME
    SELECT 'i' || 18 + i % 2 AS item_id, 'p' || i % 3 AS place_id, DATE '2025-01-06' + CAST(7 * (i // 6) AS INTEGER) AS from_day,
           7 AS days, i AS units, CASE WHEN i % 2 = 0 THEN 100 * i END AS revenue, 1 AS load_id, 1 AS source_line
    FROM range(60) AS t(i))";

constexpr auto demand_view = R"(-- version 1
    CREATE SCHEMA demand;
    CREATE TABLE demand.planned (as_of DATE, item_id VARCHAR, mean DOUBLE[], period_days BIGINT);
    CREATE TABLE demand.signal (as_of DATE, item_id VARCHAR, prophet DOUBLE, lstm DOUBLE))";

struct HandRow {
    std::string item_id;
    Day day;
    double units = 0, revenue = 0, orders = 0, customers = 0, basket = 0, returned_units = 0, returned_value = 0,
           settled_units = 0, settled_revenue = 0, settled_profit = 0;
};

void expect_equal(const ItemDay& day, const HandRow& row) {
    EXPECT_EQ(day.units, row.units);
    EXPECT_EQ(day.revenue, row.revenue);
    EXPECT_EQ(day.orders, row.orders);
    EXPECT_EQ(day.customers, row.customers);
    EXPECT_FLOAT_EQ(day.basket, static_cast<float>(row.basket));
    EXPECT_EQ(day.returned_units, row.returned_units);
    EXPECT_EQ(day.returned_value, row.returned_value);
    EXPECT_EQ(day.settled_units, row.settled_units);
    EXPECT_EQ(day.settled_revenue, row.settled_revenue);
    EXPECT_EQ(day.settled_profit, row.settled_profit);
}

class ReadHistory : public testing::Test {
  protected:
    void SetUp() override {
        std::filesystem::remove_all(folder_);
        const auto tables =
            store::read_file(std::filesystem::path(SUANPAN_SOURCE_DIR) / "src/areas/data/schema.sql").value();
        const std::array schemas = {store::Schema{"data", tables.c_str()}, store::Schema{"demand", demand_view},
                                    selection::schema()};
        auto shop = store::make_test_shop(folder_, {.name = "Test", .currency = "GBP", .time_zone = "UTC"}, schemas);
        ASSERT_TRUE(shop) << shop.error().text();
        shop_ = *std::move(shop);
        connection_.emplace(shop_->database().connect().value());
        ASSERT_TRUE(connection_->run(made));
    }
    void TearDown() override {
        connection_.reset();
        shop_.reset();
        std::filesystem::remove_all(folder_);
    }
    store::Connection& connection() { return *connection_; }

  private:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("suanpan-history-" + std::to_string(::getpid()));
    std::unique_ptr<store::Shop> shop_;
    std::optional<store::Connection> connection_;
};

// Of two mornings of a week the newer counts, as known on the day before it; what ends before four weeks does not.
TEST_F(ReadHistory, ForecastsAreSignsOfTheDayBefore) {
    ASSERT_TRUE(connection().run(R"(
        INSERT INTO demand.planned VALUES
            ('2025-02-03', 'i1', [9, 9, 9, 9], 7), ('2025-02-05', 'i1', [1, 2, 3, 4, 50], 7), ('2025-02-10', 'i1', [2, 2, 2], 7),
            ('2025-02-12', 'i2', [0.5 FOR x IN range(40)], 1))"));
    const auto items = read_history(connection()).value().items;
    const auto forecasts = [&](const std::string& id) {
        std::vector<std::pair<Day, double>> found;
        for (const auto& sign : std::ranges::find(items, id, &Item::id)->signs)
            if (sign.sign == Sign::forecast) found.emplace_back(sign.day, sign.value);
        return found;
    };
    const auto day = [](const char* text) { return parse_day(text).value(); };
    EXPECT_EQ(forecasts("i1"), (std::vector<std::pair<Day, double>>{{day("2025-02-04"), 10}}));
    EXPECT_EQ(forecasts("i2"), (std::vector<std::pair<Day, double>>{{day("2025-02-11"), 14}}));
}

TEST_F(ReadHistory, SignalsAreKnownOnTheDayBefore) {
    ASSERT_TRUE(connection().run(R"(
        INSERT INTO demand.signal VALUES ('2025-02-03', 'i1', 12, 8), ('2025-02-10', 'i1', NULL, 7), ('2025-02-03', 'i2', 5, NULL))"));
    const auto items = read_history(connection()).value().items;
    std::vector<std::tuple<std::string, Day, Sign, double>> found;
    for (const auto& item : items)
        for (const auto& sign : item.signs)
            if (sign.sign == Sign::prophet || sign.sign == Sign::lstm)
                found.emplace_back(item.id, sign.day, sign.sign, sign.value);
    const auto sunday = parse_day("2025-02-02").value();
    EXPECT_THAT(found, testing::UnorderedElementsAre(std::tuple("i1", sunday, Sign::prophet, 12.0),
                                                     std::tuple("i1", sunday, Sign::lstm, 8.0),
                                                     std::tuple("i1", sunday + Days(7), Sign::lstm, 7.0),
                                                     std::tuple("i2", sunday, Sign::prophet, 5.0)));
}

TEST_F(ReadHistory, TellsWhatCountingByHandTells) {
    const auto history = read_history(connection());
    ASSERT_TRUE(history) << history.error().text();
    const auto rows = connection().rows<HandRow>(by_hand);
    ASSERT_TRUE(rows) << rows.error().text();
    ASSERT_GT(rows->size(), 500);
    std::size_t next = 0;
    for (const auto& item : history->items)
        for (const auto& day : item.days) {
            ASSERT_LT(next, rows->size());
            const auto& row = (*rows)[next++];
            ASSERT_EQ(item.id, row.item_id);
            ASSERT_EQ(day.day, row.day) << item.id;
            expect_equal(day, row);
        }
    EXPECT_EQ(next, rows->size());
}

// Days are read in parts; orders reach over several days, and parts.
TEST_F(ReadHistory, IsTheSameInManyParts) {
    auto whole = read_history(connection()).value().items, parts = whole;
    ASSERT_TRUE(number_items(connection()));
    for (auto* const items : {&whole, &parts}) {
        for (auto& item : *items) item.days.clear();
        ASSERT_TRUE(add_order_days(connection(), *items, items == &whole ? 1'000'000 : 100));
    }
    const auto numbers = [](const ItemDay& d) {
        return std::tuple(d.day, d.units, d.revenue, d.orders, d.customers, d.basket, d.settled_units,
                          d.settled_revenue);
    };
    std::size_t days = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        EXPECT_TRUE(std::ranges::equal(whole[i].days, parts[i].days, {}, numbers, numbers)) << whole[i].id;
        days += whole[i].days.size();
    }
    EXPECT_GT(days, 500);
}

TEST(HashTable, FindsWhatWasAddedAndNothingElse) {
    constexpr std::uint64_t close = 0xfedcba9876543210;  // hashes that begin alike lie side by side
    HashTable table(100);
    for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(table.add(close + i, i + 1), 0u);
    EXPECT_EQ(table.add(close + 7, 1000), 8u);
    const std::vector<std::uint64_t> asked = {close, close + 99, close + 100, 0, close + 7};
    std::vector<std::uint32_t> found(asked.size());
    table.find(asked, found);
    EXPECT_EQ(found, (std::vector<std::uint32_t>{1, 100, 0, 0, 8}));
}

}  // namespace
}  // namespace suanpan::selection
