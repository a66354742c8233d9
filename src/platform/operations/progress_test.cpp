#include "platform/operations/progress.h"

#include <gtest/gtest.h>

#include "platform/operations/text_width.h"

namespace suanpan::operations {
namespace {

using std::chrono::seconds;

TEST(Pacer, GivesTheRateAndTheTimeLeft) {
    Pacer pacer;
    const Pacer::Time start{seconds(100)};
    EXPECT_EQ(pacer.pace(start).rate_per_second, 0);
    pacer.report({"forecasting", 0, 1000, "items"}, start);
    EXPECT_FALSE(pacer.pace(start + seconds(1)).seconds_left);
    pacer.report({"forecasting", 200, 1000, "items"}, start + seconds(4));
    EXPECT_DOUBLE_EQ(pacer.pace(start + seconds(4)).rate_per_second, 50);
    EXPECT_DOUBLE_EQ(*pacer.pace(start + seconds(4)).seconds_left, 16);
    pacer.report({"forecasting", 1000, 1000, "items"}, start + seconds(20));
    EXPECT_DOUBLE_EQ(*pacer.pace(start + seconds(20)).seconds_left, 0);
}

TEST(Pacer, CountsFromWhereItBeganToWatch) {
    Pacer pacer;
    const Pacer::Time start{};
    pacer.report({"load", 900, 1000, "MB"}, start);
    pacer.report({"load", 910, 1000, "MB"}, start + seconds(1));
    EXPECT_DOUBLE_EQ(pacer.pace(start + seconds(1)).rate_per_second, 10);
    pacer.report({"write", 0, 50, "rows"}, start + seconds(2));  // another step begins anew
    pacer.report({"write", 5, 50, "rows"}, start + seconds(3));
    EXPECT_DOUBLE_EQ(*pacer.pace(start + seconds(3)).seconds_left, 9);
}

TEST(Pacer, KnowsNoTimeWithoutATotal) {
    Pacer pacer;
    pacer.report({"reading", 0, 0, "rows"}, Pacer::Time{});
    pacer.report({"reading", 30, 0, "rows"}, Pacer::Time{} + seconds(3));
    EXPECT_DOUBLE_EQ(pacer.pace(Pacer::Time{} + seconds(3)).rate_per_second, 10);
    EXPECT_FALSE(pacer.pace(Pacer::Time{} + seconds(3)).seconds_left);
}

TEST(ProgressLine, ShowsWhatFits) {
    const Progress progress{"forecasting", 2304, 3700, "items"};
    const Pace pace{410, 3.4};
    EXPECT_EQ(progress_line(progress, pace, 80),
              "forecasting  [█████████████░░░░░░░░░]   62 %  4 s left  2,304/3,700 items  410/s");
    EXPECT_EQ(progress_line(progress, pace, 70),
              "forecasting  [███████░░░░░]   62 %  4 s left  2,304/3,700 items  410/s");
    EXPECT_EQ(progress_line(progress, pace, 62), "forecasting  [██████░░░░░]   62 %  4 s left  2,304/3,700 items");
    EXPECT_EQ(progress_line(progress, pace, 40), "forecasting  [████░░░░]   62 %  4 s left");
    EXPECT_EQ(progress_line(progress, pace, 39), "forecasting   62 %  4 s left");
    EXPECT_EQ(progress_line(progress, pace, 12), "forecas…");
    EXPECT_EQ(progress_line({"reading", 1200, 0, "rows"}, {400, {}}, 80), "reading  1,200 rows  400/s");
    EXPECT_EQ(progress_line({"waiting"}, {}, 80), "waiting");
}

TEST(ProgressLine, NeverWiderThanTheTerminal) {
    for (const auto* step : {"reading a_very_long_file_name_of_a_shop_2011.csv.gz", "读取 订单明细2011年第四季度.csv"})
        for (std::size_t columns = 0; columns < 130; ++columns)
            for (const double done : {0.0, 7.0, 1e6, 2e6})
                EXPECT_LE(text_width(progress_line({step, done, 1e6, "rows"}, {1234.5, 86400 * 2.0}, columns)), columns)
                    << step << " " << columns;
}

TEST(ProgressLine, WritesTimesAsPeopleDo) {
    auto line = [](double left) { return progress_line({"x", 1, 2, "u"}, {1, left}, 200); };
    EXPECT_NE(line(59).find("59 s left"), std::string::npos);
    EXPECT_NE(line(61).find("1:01 min left"), std::string::npos);
    EXPECT_NE(line(7260).find("2:01 h left"), std::string::npos);
}

}  // namespace
}  // namespace suanpan::operations
