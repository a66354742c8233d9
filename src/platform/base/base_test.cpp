#include <gtest/gtest.h>

#include <limits>

#include "platform/base/money.h"
#include "platform/base/time.h"

namespace suanpan {
namespace {

TEST(Money, HasTheDecimalsOfItsCurrency) {
    EXPECT_EQ(parse_money("12.3", "GBP").value(), (Money{1230, "GBP"}));
    EXPECT_EQ(parse_money("-0.07", "GBP").value(), (Money{-7, "GBP"}));
    EXPECT_EQ(parse_money("12", "JPY").value(), (Money{12, "JPY"}));
    EXPECT_EQ(parse_money("1.234", "KWD").value(), (Money{1234, "KWD"}));
    for (const auto* wrong :
         {"", "-", ".", "1.", ".5", "1.234", "1,5", "1e3", " 1", "--1", "1.-5", "99999999999999999999"})
        EXPECT_FALSE(parse_money(wrong, "GBP")) << wrong;
    EXPECT_FALSE(parse_money("1.5", "JPY"));
}

TEST(Money, IsWrittenWithItsSign) {
    EXPECT_EQ(format(Money{-7, "GBP"}), "-0.07 GBP");
    EXPECT_EQ(format(Money{1200, "JPY"}), "1200 JPY");
    EXPECT_EQ(format(Money{std::numeric_limits<std::int64_t>::min(), "GBP"}), "-92233720368547758.08 GBP");
}

TEST(Money, RefusesOverflowAndMixedCurrencies) {
    const Money largest{std::numeric_limits<std::int64_t>::max(), "GBP"};
    EXPECT_FALSE(add(largest, {1, "GBP"}));
    EXPECT_FALSE(multiply(largest, 2));
    EXPECT_FALSE(add({1, "GBP"}, {1, "EUR"}));
    EXPECT_EQ(multiply({150, "GBP"}, -3).value().minor, -450);
}

TEST(Days, AreDigitsAndExist) {
    EXPECT_EQ(format(parse_day("2012-02-29").value()), "2012-02-29");
    for (const auto* wrong :
         {"", "2011-02-29", "2011-13-01", "2011-1-01", "-000-08-01", "2011--8-01", "2011-08-1 ", "20110801xx"})
        EXPECT_FALSE(parse_day(wrong)) << wrong;
    EXPECT_EQ(format(week_start(parse_day("2011-11-20").value())), "2011-11-14");
    EXPECT_EQ(format(week_start(parse_day("2011-11-14").value())), "2011-11-14");
}

// In London the clocks went forward on 27 March 2011 and back on 30 October 2011: days of 23 and 25 hours.
TEST(TimeZones, DaysFollowTheClocksOfTheShop) {
    const auto london = TimeZone::named("Europe/London").value();
    auto length = [&](const char* text) {
        const auto day = parse_day(text).value();
        return std::chrono::duration_cast<std::chrono::hours>(london.start_of(day + Days(1)) - london.start_of(day))
            .count();
    };
    EXPECT_EQ(length("2011-03-27"), 23);
    EXPECT_EQ(length("2011-10-30"), 25);
    EXPECT_EQ(format(london.day_of(parse_instant("2011-07-01T23:30:00Z").value())), "2011-07-02");
    EXPECT_FALSE(TimeZone::named("Mars/Base"));
}

}  // namespace
}  // namespace suanpan
