#include "platform/store/scrub.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "platform/store/shop.h"

namespace suanpan::store {
namespace {

// The first is longer than what descriptions of tables hold of a text, the second is in them whole, as the largest.
constexpr auto long_text = "zaphod-beeblebrox-42", short_text = "zzqq77";

class ScrubTest : public testing::Test {
  protected:
    void SetUp() override {
        folder =
            std::filesystem::temp_directory_path() / ("suanpan-scrub-" + std::to_string(::getpid()) + "-" +
                                                      testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        database = std::move(Database::open(folder / "test.duckdb").value());
        // Compressed texts could not be searched for.
        run("SET GLOBAL force_compression = 'uncompressed'");
        run(R"(
            CREATE SEQUENCE number;
            CREATE TABLE visit (number BIGINT NOT NULL DEFAULT nextval('number'), who VARCHAR, note VARCHAR);
            CREATE VIEW visitors AS SELECT DISTINCT who FROM visit;
            CREATE TABLE known (who VARCHAR NOT NULL, PRIMARY KEY (who));
            CREATE TABLE other AS SELECT 'other ' || i AS text FROM range(20000) AS r(i);
            INSERT INTO visit (who, note)
            SELECT CASE i % 100 WHEN 0 THEN 'zaphod-beeblebrox-42' WHEN 1 THEN 'zzqq77' ELSE 'somebody ' || i END, 'n' || i
            FROM range(200000) AS r(i);
            INSERT INTO known SELECT who FROM visitors;
            CHECKPOINT)");
    }
    void TearDown() override {
        database.reset();
        std::filesystem::remove_all(folder);
    }

    void run(std::string_view sql) {
        const auto done = database->connect()->run(sql);
        ASSERT_TRUE(done) << done.error().text();
    }
    std::int64_t count(std::string_view sql) { return database->connect()->count(sql).value_or(-1); }
    bool file_has(std::string_view text) {
        const auto log = read_file(folder / "test.duckdb.wal").value_or("");
        return read_file(folder / "test.duckdb").value().contains(text) || log.contains(text);
    }
    void forget() {
        const auto done = database->write([](Connection& connection) -> Result<> {
            TRY(connection.query("UPDATE visit SET who = NULL WHERE who = ? OR who = ?", long_text, short_text));
            TRY(connection.query("DELETE FROM known WHERE who = ? OR who = ?", long_text, short_text));
            TRY(rewrite_table(connection, {"main", "visit"}));
            return rewrite_table(connection, {"main", "known"});
        });
        ASSERT_TRUE(done) << done.error().text();
    }

    std::filesystem::path folder;
    std::unique_ptr<Database> database;
};

TEST_F(ScrubTest, OfWhatIsGoneNoByteIsLeftInTheFile) {
    forget();
    ASSERT_TRUE(file_has(long_text) && file_has(short_text));  // else the search would prove nothing
    const auto done = scrub(*database, std::chrono::seconds(30));
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_FALSE(file_has(long_text));
    EXPECT_FALSE(file_has("zaphod-b"));
    EXPECT_FALSE(file_has(short_text));
    EXPECT_TRUE(file_has("somebody 199999"));
    // What stayed is what it was.
    EXPECT_EQ(count("SELECT count(*) FROM visit"), 200'000);
    EXPECT_EQ(
        count("SELECT count(*) FROM visit WHERE who = 'somebody ' || (number - 1) AND note = 'n' || (number - 1)"),
        196'000);
    EXPECT_EQ(count("SELECT count(*) FROM visitors"), 196'001);
    EXPECT_EQ(count("SELECT count(*) FROM known"), 196'000);
    run("INSERT INTO visit (who) VALUES ('new')");
    EXPECT_EQ(count("SELECT max(number) FROM visit"), 200'001);
    EXPECT_FALSE(database->connect()->run("INSERT INTO known VALUES ('somebody 2')"));
    EXPECT_EQ(count("SELECT count(*) FROM duckdb_schemas() WHERE schema_name = 'scrub'"), 0);
}

TEST_F(ScrubTest, WhoStillReadsWhatIsToGoIsToldOf) {
    auto reader = database->connect().value();
    ASSERT_TRUE(reader.run("BEGIN TRANSACTION READ ONLY"));
    ASSERT_EQ(reader.count("SELECT count(*) FROM visit WHERE who = 'zzqq77'").value(), 2'000);
    forget();
    const auto refused = scrub(*database, std::chrono::milliseconds(50));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    EXPECT_EQ(refused.error().message, "others go on reading what is to go");
    EXPECT_EQ(reader.count("SELECT count(*) FROM visit WHERE who = 'zzqq77'").value(), 2'000);
    ASSERT_TRUE(reader.run("ROLLBACK"));
    ASSERT_TRUE(scrub(*database, std::chrono::seconds(30)));
    EXPECT_FALSE(file_has(long_text));
}

TEST_F(ScrubTest, OneThatWasCutOffLeavesNothingInAShopThatIsOpenedAgain) {
    run("CREATE SCHEMA scrub; CREATE TABLE scrub.numbers AS SELECT 1 AS number");
    ASSERT_TRUE(upgrade(*database, {}, {}));
    EXPECT_EQ(count("SELECT count(*) FROM duckdb_schemas() WHERE schema_name = 'scrub'"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM other"), 20'000);
}

}  // namespace
}  // namespace suanpan::store
