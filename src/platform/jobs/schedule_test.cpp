#include "platform/jobs/schedule.h"

#include <gtest/gtest.h>

namespace suanpan::jobs {
namespace {

Instant at(const char* text) {
    return parse_instant(text).value();
}
std::string next(const char* schedule, const char* last, const char* zone = "Europe/London") {
    return format(next_after(parse_schedule(schedule).value(), at(last), TimeZone::named(zone).value())).substr(0, 16);
}

TEST(Schedule, ReadsItsFourForms) {
    EXPECT_EQ(parse_schedule("every 15 minutes").value(), Schedule(Every{std::chrono::minutes(15)}));
    EXPECT_EQ(parse_schedule("every 2 hours").value(), Schedule(Every{std::chrono::minutes(120)}));
    EXPECT_EQ(parse_schedule("daily at 05:30").value(), Schedule(AtTime{std::chrono::minutes(330), std::nullopt}));
    EXPECT_EQ(parse_schedule("weekly on monday at 06:00").value(),
              Schedule(AtTime{std::chrono::minutes(360), std::chrono::Monday}));
    for (const auto* wrong :
         {"", "every", "every 0 minutes", "daily at 25:00", "daily at 5:30", "weekly on someday at 06:00", "hourly"})
        EXPECT_TRUE(parse_schedule(wrong).error().message.contains("every 15 minutes")) << wrong;
}

TEST(Schedule, FollowsTheShopsClock) {
    EXPECT_EQ(next("every 15 minutes", "2011-11-14T05:30:00Z"), "2011-11-14T05:45");
    EXPECT_EQ(next("daily at 05:30", "2011-11-14T05:29:00Z"), "2011-11-14T05:30");
    EXPECT_EQ(next("daily at 05:30", "2011-11-14T05:30:00Z"), "2011-11-15T05:30");
    EXPECT_EQ(next("daily at 05:30", "2011-07-01T00:00:00Z"), "2011-07-01T04:30");  // summer time
    EXPECT_EQ(next("weekly on monday at 06:00", "2011-11-14T07:00:00Z"), "2011-11-21T06:00");
}

// In London 2011-03-27 01:30 does not exist and 2011-10-30 01:30 comes twice.
TEST(Schedule, KeepsToOneRunADayWhereTheClockChanges) {
    EXPECT_EQ(next("daily at 01:30", "2011-03-26T12:00:00Z"), "2011-03-27T01:00");
    EXPECT_EQ(next("daily at 01:30", "2011-10-29T12:00:00Z"), "2011-10-30T00:30");
    EXPECT_EQ(next("daily at 01:30", "2011-10-30T00:30:00Z"), "2011-10-31T01:30");
    EXPECT_EQ(next("daily at 02:30", "2011-03-12T12:00:00Z", "America/New_York"), "2011-03-13T07:00");
}

}  // namespace
}  // namespace suanpan::jobs
