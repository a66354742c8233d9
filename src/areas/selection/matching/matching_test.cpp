#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "areas/selection/matching/matcher.h"

namespace suanpan::selection {
namespace {

const std::vector<Offered> shop = {{"5 0123-4", "RED GLASS LAMP LARGE", 1000},
                                   {"", "RED GLASS LAMP SMALL", 600},
                                   {"77", "WOOL SOCKS", 300},
                                   {"77", "COTTON SOCKS", 300},
                                   {"", "红色玻璃台灯", 900}};

TEST(Matcher, TakesCodesFirstUnlessTwoHaveOne) {
    const Matcher matcher(shop, {});
    const auto match = matcher.find({"501234", "SOMETHING ELSE", 1});
    EXPECT_EQ(match.how, Matched::by_code);
    EXPECT_EQ(match.item, 0);
    EXPECT_EQ(matcher.find({"77", "", 300}).how, Matched::none);
    EXPECT_EQ(matcher.find({"77", "cotton socks", 300}).item, 3);
}

TEST(Matcher, TakesTitlesWhereOneIsSure) {
    const Matcher matcher(shop, {});
    const auto match = matcher.find({"", "Lamp, large, RED glass", 1100});
    EXPECT_EQ(match.how, Matched::by_title);
    EXPECT_EQ(match.item, 0);
    EXPECT_EQ(matcher.find({"", "Lamp, large, RED glass", 9000}).how, Matched::to_review);  // an odd price
    EXPECT_EQ(matcher.find({"", "RED GLASS LAMP", 800}).how, Matched::to_review);           // large or small?
    EXPECT_EQ(matcher.find({"", "玻璃台灯红色", 800}).item, 4);
    EXPECT_EQ(matcher.find({"", "GARDEN HOSE", 800}).how, Matched::none);
    EXPECT_EQ(matcher.find({"", "", 0}).how, Matched::none);
}

// 5,000 items of five words each; offers leave a word out, add one, or are of nothing the shop has.
TEST(Matcher, IsPreciseWhereItIsSure) {
    std::mt19937 draw(2);
    const auto title = [&] {
        std::string text;
        for (int w = 0; w < 5; ++w) text += fmt::format("w{} ", draw() % 3000);
        return text;
    };
    std::vector<Offered> items;
    for (int i = 0; i < 5000; ++i) items.push_back({"", title(), 1000});
    const Matcher matcher(items, {});
    double sure = 0, right = 0, missed = 0, offers = 3000;
    for (int o = 0; o < offers; ++o) {
        const auto i = draw() % items.size();
        const int kind = o % 3;
        const auto text = kind == 2 ? title() : kind == 1 ? items[i].title + "new" : items[i].title;
        const auto match = matcher.find({"", text, 1100});
        sure += match.how == Matched::by_title;
        right += match.how == Matched::by_title && kind != 2 && match.item == i;
        missed += kind != 2 && match.how == Matched::none;
    }
    EXPECT_GT(right / sure, 0.99);
    EXPECT_LT(missed / offers, 0.01);
    EXPECT_GT(right, offers / 3 * 0.9);
}

}  // namespace
}  // namespace suanpan::selection
