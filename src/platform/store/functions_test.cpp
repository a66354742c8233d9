#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "platform/store/database.h"

namespace suanpan::store {
namespace {

class FunctionsTest : public testing::Test {
  protected:
    // What a statement says of one value, as text; "NULL" for none.
    std::string value(const std::string& expression) {
        const auto table = connection.query("SELECT coalesce(CAST(" + expression + " AS VARCHAR), 'NULL')");
        return table ? std::string(table->text(0, 0, 0)) : table.error().message;
    }
    std::string instant(const std::string& text, const std::string& zone) {
        return value("instant_of('" + text + "', TRY_CAST('" + text + "' AS TIMESTAMP), '" + zone + "')");
    }
    std::unique_ptr<Database> database = Database::open(":memory:").value();
    Connection connection = database->connect().value();
};

TEST_F(FunctionsTest, AnInstantIsReadByTheShopsClock) {
    EXPECT_EQ(instant("2011-07-01 12:00:00", "Europe/London"), "2011-07-01 11:00:00+00");
    EXPECT_EQ(instant("2011-12-01 12:00:00.25", "Europe/London"), "2011-12-01 12:00:00.25+00");
    EXPECT_EQ(instant("2024-01-08", "Asia/Shanghai"), "2024-01-07 16:00:00+00");
    EXPECT_EQ(instant("1800-05-01 00:00:00", "Europe/London"), "1800-05-01 00:01:15+00") << "local mean time";
    EXPECT_EQ(instant("nonsense", "Europe/London"), "NULL");
    EXPECT_TRUE(instant("2024-01-08", "Europe/Nowhere").contains("\"Europe/Nowhere\" is not a known time zone"));
}

// As ICU and java.time have it: of two the later, of none the one before the leap.
TEST_F(FunctionsTest, TimesThatTheClockShowsTwiceOrNever) {
    EXPECT_EQ(instant("2011-10-30 01:30:00", "Europe/London"), "2011-10-30 01:30:00+00");
    EXPECT_EQ(instant("2011-03-27 01:30:00", "Europe/London"), "2011-03-27 01:30:00+00");
    EXPECT_EQ(instant("2018-11-04 00:30:00", "America/Sao_Paulo"), "2018-11-04 03:30:00+00");
}

// DuckDB's own conversion, which asks ICU, says the same for every half hour of four years of three zones.
TEST_F(FunctionsTest, TheClockIsIcus) {
    for (const std::string zone : {"Europe/London", "America/New_York", "Australia/Lord_Howe"})
        EXPECT_EQ(
            value("(SELECT count(*) FROM range(TIMESTAMP '2009-01-01', TIMESTAMP '2013-01-01', INTERVAL 30 MINUTE) "
                  "AS t(t) WHERE instant_of('', t, '" +
                  zone + "') <> timezone('" + zone + "', t) OR day_in(timezone('UTC', t), '" + zone +
                  "') <> CAST(timezone('" + zone + "', timezone('UTC', t)) AS DATE))"),
            "0")
            << zone;
}

TEST_F(FunctionsTest, AnOffsetOfTheTextCounts) {
    EXPECT_EQ(instant("2024-01-07T23:30:00Z", "Asia/Shanghai"), "2024-01-07 23:30:00+00");
    EXPECT_EQ(instant("2024-01-07T23:30:00+08:00", "Europe/London"), "2024-01-07 15:30:00+00");
    EXPECT_EQ(instant("2024-01-07 23:30:00-0530", "Europe/London"), "2024-01-08 05:00:00+00");
    EXPECT_EQ(instant("2024-01-07 23:30:00+00 ", "Asia/Shanghai"), "2024-01-07 23:30:00+00");
    EXPECT_EQ(instant("2024-01-07 23:30:00 Asia/Shanghai", "Europe/London"), "2024-01-07 15:30:00+00");
}

TEST_F(FunctionsTest, ADayIsTheShops) {
    EXPECT_EQ(value("day_in(TIMESTAMPTZ '2024-01-07 16:00:00+00', 'Asia/Shanghai')"), "2024-01-08");
    EXPECT_EQ(value("day_in(TIMESTAMPTZ '2024-01-07 15:59:59+00', 'Asia/Shanghai')"), "2024-01-07");
    EXPECT_EQ(value("day_in(TIMESTAMPTZ '1969-12-31 23:00:00+00', 'UTC')"), "1969-12-31");
    EXPECT_EQ(value("day_in(NULL, 'UTC')"), "NULL");
    EXPECT_EQ(value("day_in(TIMESTAMPTZ 'infinity', 'UTC')"), "NULL");
}

TEST_F(FunctionsTest, TidiedTextsHaveNoWhiteSpaceAtTheirEnds) {
    EXPECT_EQ(value("'[' || tidied(e' \\t two  words \\r\\n') || ']'"), "[two  words]");
    EXPECT_EQ(value("'[' || tidied(chr(12288) || '算盘' || chr(160)) || ']'"), "[算盘]");
    EXPECT_EQ(value("'[' || tidied(' é ') || tidied('   ') || tidied('') || ']'"), "[é]");
    EXPECT_EQ(value("tidied(NULL)"), "NULL");
}

}  // namespace
}  // namespace suanpan::store
