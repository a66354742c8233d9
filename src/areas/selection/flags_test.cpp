#include "areas/selection/flags.h"

#include <gmock/gmock.h>

#include <cmath>

#include "areas/selection/list_plan.h"
#include "areas/selection/selection_fixture.h"

namespace suanpan::selection {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Day day = test_begin + Days(100);

std::vector<Flag> flags_of_last(const History& history) {
    const auto taken = snapshot(history, day, 28);
    return flags_of(history, taken).back();
}

Item sold_item(float revenue) {
    Item item{.id = "zzz", .title = "LAMP", .category = "space", .unit_cost = 1, .days = {}, .signs = {}};
    item.days.push_back({.day = day - Days(3), .units = 4, .revenue = revenue, .orders = 1});
    return item;
}

TEST(Flags, LeaveAnOrdinaryItemAlone) {
    auto history = small_shop(10, 120);
    EXPECT_THAT(flags_of_last(history), IsEmpty());
    history.items.push_back(sold_item(100));
    EXPECT_THAT(flags_of_last(history), IsEmpty());
}

TEST(Flags, SayWhereNothingIsKnown) {
    auto history = small_shop(10, 120);
    history.items.push_back({.id = "zzz", .listed = true, .listed_on = day - Days(1), .days = {}, .signs = {}});
    EXPECT_THAT(flags_of_last(history), ElementsAre(Flag::nothing_known));
    EXPECT_TRUE(hides_all(Flag::nothing_known));
    history.items.back().title = "LAMP";
    EXPECT_THAT(flags_of_last(history), IsEmpty());
}

TEST(Flags, SayWherePricesAreZero) {
    auto history = small_shop(10, 120);
    history.items.push_back(sold_item(0));
    EXPECT_THAT(flags_of_last(history), ElementsAre(Flag::price_of_zero));
    history.items.back() = sold_item(100);
    history.items.back().signs = {{.day = day - Days(5), .sign = Sign::own_price, .value = 0, .count = 1}};
    EXPECT_THAT(flags_of_last(history), ElementsAre(Flag::price_of_zero));
    history.items.back().signs[0].day = day;
    EXPECT_THAT(flags_of_last(history), IsEmpty()) << "a price of that day is not known on its morning";
}

TEST(Flags, SayWhereTextsAreTooLong) {
    auto history = small_shop(10, 120);
    history.items.back().attribute_bytes = 100'000;
    EXPECT_THAT(flags_of_last(history), ElementsAre(Flag::attributes_too_long));
    history.items.back().title = std::string(100'000, 'x');
    EXPECT_THAT(flags_of_last(history), ElementsAre(Flag::title_too_long, Flag::attributes_too_long));
    EXPECT_EQ(names(flags_of_last(history)), "title too long, attributes too long");
}

TEST(Flags, SayWhereACategoryIsNew) {
    auto history = small_shop(10, 120);
    history.items.back().category = "boats";
    EXPECT_THAT(flags_of_last(history), ElementsAre(Flag::new_category));
    EXPECT_FALSE(hides_all(Flag::new_category));
}

// Every competitor's price, doubled in the last file.
History doubled(double times) {
    auto history = small_shop(30, 120);
    for (auto& item : history.items)
        for (const int back : {20, 13, 6, 1})
            item.signs.push_back({.day = day - Days(back),
                                  .sign = Sign::competitor_price,
                                  .value = 900 * (back == 1 ? times : 1),
                                  .count = 1});
    return history;
}

TEST(Flags, SayWhereACompetitorsFileIsOutOfAllProportionAndForgetIt) {
    const auto price = column("price_to_rival");
    const auto calm = doubled(1.2), wild = doubled(2);
    EXPECT_THAT(flags_of_last(calm), IsEmpty());
    EXPECT_THAT(flags_of_last(wild), ElementsAre(Flag::rivals_jumped));
    EXPECT_THAT(flags_of_last(doubled(0.5)), ElementsAre(Flag::rivals_jumped));
    auto taken = snapshot(wild, day, 28);
    ASSERT_FALSE(std::isnan(taken.at(0, price)));
    forget_rivals(taken, flags_of(wild, taken));
    EXPECT_TRUE(std::isnan(taken.at(0, price)));
    auto kept = snapshot(calm, day, 28);
    forget_rivals(kept, flags_of(calm, kept));
    EXPECT_FALSE(std::isnan(kept.at(0, price)));
}

TEST(Flags, OneItemThatDoublesIsNoFile) {
    auto history = doubled(1);
    history.items.back().signs.back().value *= 2;
    EXPECT_THAT(flags_of_last(history), IsEmpty());
}

TEST(Flags, GiveAnUnknownItemNeitherPlaceNorVerdict) {
    const std::vector<Scored> items = {{.score = 9, .expected = 99, .high = 999, .quiet_days = 1, .unknown = true},
                                       {.score = 1, .expected = 1, .quiet_days = 1}};
    const auto plan = plan_list(items, {.slots = 2, .exploration_share = 0.5});
    EXPECT_EQ(plan.items[0].action, Action::unknown);
    EXPECT_EQ(plan.items[1].action, Action::push);
}

}  // namespace
}  // namespace suanpan::selection
