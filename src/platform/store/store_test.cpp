#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <thread>

#include "platform/store/check.h"
#include "platform/store/restore.h"
#include "platform/store/shop.h"

namespace suanpan::store {
namespace {

struct Item {
    std::string id;
    std::int64_t units = 0;
    double price = 0;
    std::optional<std::string> note;
    Day since;
    Instant seen_at;
    std::vector<double> quantiles;
    bool operator==(const Item&) const = default;
};

struct Row {
    std::string id;
};

class StoreTest : public testing::Test {
  protected:
    void SetUp() override {
        folder =
            std::filesystem::temp_directory_path() / ("suanpan-store-" + std::to_string(::getpid()) + "-" +
                                                      testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    std::unique_ptr<Database> open() { return std::move(Database::open(folder / "test.duckdb").value()); }
    std::filesystem::path folder;
};

constexpr auto table =
    "CREATE TABLE item (id VARCHAR, units BIGINT, price DOUBLE, note VARCHAR, since DATE, "
    "seen_at TIMESTAMPTZ, quantiles DOUBLE[])";

TEST_F(StoreTest, StructsComeBackAsTheyWent) {
    auto database = open();
    std::vector<Item> items;
    for (int i = 0; i < 5000; ++i)
        items.push_back({"item-" + std::to_string(i), i, i / 4.0,
                         i % 3 == 0 ? std::nullopt : std::optional<std::string>("a note that is longer than twelve"),
                         Day(Days(15000 + i)), Instant(std::chrono::microseconds(i)),
                         i % 7 == 0 ? std::vector<double>{} : std::vector<double>{0.5, double(i)}});
    const auto written = database->write([&](Connection& connection) -> Result<> {
        TRY(connection.run(table));
        return connection.append<Item>("main", "item", items);
    });
    ASSERT_TRUE(written) << written.error().text();
    auto read =
        database->read([](Connection& connection) { return connection.rows<Item>("FROM item ORDER BY units"); });
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(*read, items);
}

TEST_F(StoreTest, RowsThatDoNotFitAreRefusedAndNothingIsLeft) {
    auto database = open();
    ASSERT_TRUE(database->write([](Connection& c) { return c.run(table); }));
    const auto append = [&](const std::string& into, const std::string& id) {
        const std::vector<Item> items(3000, Item{.id = id});
        return database->write([&](Connection& c) { return c.append<Item>("main", into, items); });
    };
    const auto broken = append("item",
                               "Stra\xdf"
                               "e");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, ErrorCode::invalid_argument);
    EXPECT_TRUE(broken.error().text().contains("id")) << broken.error().text();
    ASSERT_TRUE(database->write([](Connection& c) { return c.run("CREATE TABLE narrow (id VARCHAR)"); }));
    EXPECT_TRUE(append("narrow", "a").error().message.contains("no column units"));
    EXPECT_FALSE(append("absent", "a"));
    EXPECT_TRUE(append("item", "a"));
    EXPECT_EQ(database->connect().value().count("SELECT count(*) FROM item").value(), 3000);
}

TEST_F(StoreTest, ColumnsAreReadWithoutCopy) {
    auto database = open();
    auto connection = database->connect().value();
    auto result = connection.query("SELECT range AS n, range / 2.0::DOUBLE AS half FROM range(?)", 10000).value();
    std::int64_t sum = 0;
    for (std::size_t chunk = 0; chunk < result.chunks(); ++chunk)
        for (const auto n : result.values<std::int64_t>(chunk, 0)) sum += n;
    EXPECT_EQ(sum, 49995000);
    EXPECT_EQ(result.reals(1, -1).at(9999), 4999.5);
}

TEST_F(StoreTest, AMismatchNamesTheColumn) {
    auto database = open();
    auto connection = database->connect().value();
    EXPECT_TRUE(connection.rows<Row>("SELECT 1 AS id").error().message.contains("\"id\""));
    EXPECT_TRUE(connection.rows<Row>("SELECT NULL::VARCHAR AS id").error().message.contains("NULL"));
    EXPECT_TRUE(connection.rows<Row>("SELECT 'x' AS other").error().message.contains("no column \"id\""));
}

TEST_F(StoreTest, AFailedWriteLeavesNothingAndItsNeighboursCommit) {
    auto database = open();
    ASSERT_TRUE(database->write([](Connection& c) { return c.run("CREATE TABLE t (n BIGINT)"); }));
    std::vector<std::thread> threads;
    std::atomic<int> failures = 0;
    for (int i = 0; i < 40; ++i)
        threads.emplace_back([&, i] {
            const auto done = database->write([&](Connection& c) -> Result<> {
                TRY(c.query("INSERT INTO t VALUES (?)", i));
                if (i % 4 == 0) return fail(ErrorCode::conflict, "no");
                return {};
            });
            failures += done ? 0 : 1;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failures, 10);
    auto connection = database->connect().value();
    EXPECT_EQ(connection.count("SELECT count(*) FROM t").value(), 30);
    EXPECT_EQ(connection.count("SELECT count(*) FROM t WHERE n % 4 = 0").value(), 0);
}

// Each write adds 1 to both numbers, so that a read that saw half of one would see them differ.
TEST_F(StoreTest, NothingIsAcknowledgedThatAFileWhichIsGoneWouldLose) {
    auto database = open();
    const auto insert = [](Connection& connection) { return connection.run("INSERT INTO item (id) VALUES ('a')"); };
    ASSERT_TRUE(database->write([](Connection& connection) { return connection.run(table); }));
    const auto file = folder / "test.duckdb", elsewhere = folder / "elsewhere";
    const auto refused = database->write([&](Connection& connection) -> Result<> {
        TRY(insert(connection));
        std::filesystem::rename(file, elsewhere);  // in the middle
        return {};
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::io);
    EXPECT_TRUE(
        refused.error().message.starts_with("the shop's database is gone from its place, and nothing was changed"));
    EXPECT_EQ(refused.error().about, file.string());
    EXPECT_FALSE(database->write(insert));
    std::ofstream(file) << "another file";
    EXPECT_FALSE(database->write(insert));
    std::filesystem::rename(elsewhere, file);
    EXPECT_EQ(database->connect()->count("SELECT count(*) FROM item"), 0);
    ASSERT_TRUE(database->write(insert));
    database.reset();
    EXPECT_EQ(open()->connect()->count("SELECT count(*) FROM item"), 1);
}

TEST_F(StoreTest, ReadsBesideWritesSeeWholeWrites) {
    auto database = open();
    ASSERT_TRUE(
        database->write([](Connection& c) { return c.run("CREATE TABLE t AS SELECT 0::BIGINT a, 0::BIGINT b"); }));
    std::atomic<int> torn = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 50; ++n)
                    torn +=
                        database->read([](Connection& c) { return c.count("SELECT a - b FROM t"); }).value_or(1) != 0;
            });
        threads.emplace_back([&] {
            for (int n = 0; n < 50; ++n)
                EXPECT_TRUE(database->write(
                    [](Connection& c) { return c.run("UPDATE t SET a = a + 1; UPDATE t SET b = b + 1"); }));
        });
    }
    EXPECT_EQ(torn, 0);
    EXPECT_EQ(database->read([](Connection& c) { return c.count("SELECT a FROM t"); }).value(), 50);
}

TEST_F(StoreTest, UpgradesOnceAfterABackupAndRefusesANewerFile) {
    auto database = open();
    const Schema first{"data", "-- version 1\nCREATE TABLE t (n BIGINT);"};
    const Schema second{"data",
                        "-- version 1\nCREATE TABLE t (n BIGINT);\n-- version 2\nALTER TABLE t ADD COLUMN m BIGINT;"};
    const auto backup = folder / "backup.duckdb";
    ASSERT_TRUE(upgrade(*database, {&first, 1}, {backup}));
    EXPECT_FALSE(std::filesystem::exists(backup));
    const auto upgraded = upgrade(*database, {&second, 1}, {backup});
    ASSERT_TRUE(upgraded) << upgraded.error().text();
    EXPECT_TRUE(std::filesystem::exists(backup));
    EXPECT_TRUE(database->connect().value().query("SELECT m FROM t"));
    const auto refused = upgrade(*database, {&first, 1}, {backup});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_TRUE(refused.error().message.contains("newer program"));
}

TEST_F(StoreTest, ABrokenUpgradeChangesNothing) {
    auto database = open();
    const Schema broken{
        "data", "-- version 1\nCREATE TABLE t (n BIGINT);\n-- version 2\nALTER TABLE missing ADD COLUMN m BIGINT;"};
    EXPECT_FALSE(upgrade(*database, {&broken, 1}, {}));
    EXPECT_FALSE(database->connect().value().query("SELECT * FROM t"));
}

TEST_F(StoreTest, AnUpgradeThatFailsKeepsTheRowsAndTheVersion) {
    auto database = open();
    const Schema first{"data", "-- version 1\nCREATE TABLE t (n BIGINT);"};
    const Schema broken{"data",
                        "-- version 1\nCREATE TABLE t (n BIGINT);\n-- version 2\nALTER TABLE t ADD COLUMN m BIGINT; "
                        "DELETE FROM t; ALTER TABLE missing ADD COLUMN m BIGINT;"};
    ASSERT_TRUE(upgrade(*database, {&first, 1}, {}));
    ASSERT_TRUE(database->write([](Connection& c) { return c.run("INSERT INTO t FROM range(7)"); }));
    const auto upgraded = upgrade(*database, {&broken, 1}, {folder / "before.duckdb"});
    ASSERT_FALSE(upgraded);
    EXPECT_EQ(upgraded.error().about, "tables of data, version 2");
    auto connection = database->connect().value();
    EXPECT_EQ(connection.count("SELECT sum(n)::BIGINT FROM t").value(), 21);
    EXPECT_FALSE(connection.query("SELECT m FROM t"));
    EXPECT_EQ(area_versions(*database).value().front().version, 1);
    EXPECT_TRUE(upgrade(*database, {&first, 1}, {}));
}

// Every write puts one row into each of two tables, so that in each moment both have the same number.
TEST_F(StoreTest, ABackupIsOneMomentWhileOthersWrite) {
    auto database = open();
    ASSERT_TRUE(
        database->write([](Connection& c) { return c.run("CREATE TABLE a (n BIGINT); CREATE TABLE z (n BIGINT)"); }));
    std::atomic<bool> stop = false;
    std::vector<std::jthread> writers;
    for (int i = 0; i < 3; ++i)
        writers.emplace_back([&] {
            while (!stop)
                EXPECT_TRUE(database->write(
                    [](Connection& c) { return c.run("INSERT INTO a VALUES (1); INSERT INTO z VALUES (1)"); }));
        });
    for (int i = 0; i < 20; ++i) {
        const auto file = folder / fmt::format("copy{}.duckdb", i);
        const auto copied = copy_database(*database, file);
        ASSERT_TRUE(copied) << copied.error().text();
        const auto copy = Database::open(file).value();
        auto connection = copy->connect().value();
        EXPECT_EQ(connection.count("SELECT count(*) FROM a").value(),
                  connection.count("SELECT count(*) FROM z").value());
    }
    stop = true;
}

TEST_F(StoreTest, ACheckReadsEveryTable) {
    auto database = open();
    ASSERT_TRUE(database->write([](Connection& c) {
        return c.run(
            "CREATE SCHEMA s; CREATE TABLE s.\"odd \"\"name\"\"\" AS FROM range(5000); CREATE TABLE empty (n "
            "BIGINT[])");
    }));
    const auto checks = check_tables(*database).value();
    ASSERT_EQ(checks.size(), 2);
    EXPECT_EQ(checks[0].name, "main.empty");
    EXPECT_EQ(checks[1].rows, 5000);
    EXPECT_EQ(checks[0].problem + checks[1].problem, "");
}

TEST_F(StoreTest, ABackupThatIsRefusedLeavesNoShop) {
    const Schema schema{"data", "-- version 1\nCREATE TABLE t (n BIGINT);"};
    ASSERT_TRUE(Shop::create(folder / "shop", {.name = "Test"}));
    ASSERT_TRUE(Shop::open(folder / "shop", {&schema, 1}));
    const auto refused = restore({folder / "shop", folder / "new"}, {&schema, 1},
                                 [](Shop&) -> Result<> { return fail(ErrorCode::conflict, "not sound"); });
    EXPECT_EQ(refused.error().message, "not sound");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
    // The copy that is made before an upgrade is one file; the rest comes from its shop.
    std::filesystem::rename(folder / "shop/shop.duckdb", folder / "shop/backups/before-upgrade.duckdb");
    const auto restored =
        restore({folder / "shop/backups/before-upgrade.duckdb", folder / "new"}, {&schema, 1},
                [](Shop& shop) { return shop.database().write([](Connection& c) { return c.run("FROM t"); }); });
    EXPECT_TRUE(restored) << restored.error().text();
    EXPECT_TRUE(Shop::open(folder / "new", {&schema, 1}));
}

TEST_F(StoreTest, AShopIsBackedUpWhileItRuns) {
    const Schema schema{
        "data", "-- version 1\nCREATE SCHEMA data; CREATE TABLE data.t (n BIGINT); CREATE VIEW data.v AS FROM data.t;"};
    ASSERT_TRUE(Shop::create(folder / "shop", {.name = "Test", .time_zone = "Europe/London"}));
    auto shop = Shop::open(folder / "shop", {&schema, 1}).value();
    ASSERT_TRUE(
        shop->database().write([](Connection& c) { return c.run("INSERT INTO data.t SELECT * FROM range(1000)"); }));
    auto backup = shop->backup(folder / "copy");
    ASSERT_TRUE(backup) << backup.error().text();
    auto copy = Shop::open(folder / "copy", {&schema, 1});
    ASSERT_TRUE(copy) << copy.error().text();
    EXPECT_EQ((*copy)->database().connect().value().count("SELECT count(*) FROM data.v").value(), 1000);
    EXPECT_EQ((*copy)->settings().name, "Test");
}

TEST(Settings, AnUnknownSettingIsNamed) {
    const auto parsed = parse_settings("name: x\ncurency: GBP\n", "shop.yaml");
    ASSERT_FALSE(parsed);
    EXPECT_TRUE(parsed.error().message.contains("curency"));
    EXPECT_FALSE(parse_settings("name: [", "shop.yaml"));
    const auto other = parse_settings("name: Caf\xe9\n", "shop.yaml");
    ASSERT_FALSE(other);
    EXPECT_TRUE(other.error().message.contains("UTF-8"));
}

TEST(Settings, SurviveARoundTrip) {
    Settings settings{.name = std::string("Shop: \"A\"\0\x7f", 12),
                      .policies = {{"stock.order", 500, 2000, 24}},
                      .options = {{"stock.lead_time_days", "7"}}};
    const auto parsed = parse_settings(to_yaml(settings), "shop.yaml").value();
    EXPECT_EQ(parsed.name, settings.name);
    EXPECT_EQ(parsed.policy("stock.order")->daily_limit, 2000);
    EXPECT_EQ(parsed.number("stock.lead_time_days", 0), 7);
}

}  // namespace
}  // namespace suanpan::store
