#include <fmt/format.h>
#include <gmock/gmock.h>

#include <random>

#include "areas/data/items/catalogue.h"

namespace suanpan::items {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<Named> shelf = {
    {"B2", "Candle of A1 wax"}, {"a1", "Red lantern"},      {"A10", "Blue candle"},
    {"C3", "Lantern, red"},     {"D4", "青花瓷 茶杯 100%"}, {"E5", "two\nlines\tand a tab"},
};

TEST(ItemIndex, TheBestComesFirst) {
    const Index index(shelf);
    EXPECT_THAT(index.find("A1", 10).item_ids, ElementsAre("a1", "A10", "B2"));
    EXPECT_THAT(index.find("lantern", 10).item_ids, ElementsAre("C3", "a1"));
}

TEST(ItemIndex, EveryWordIsThereInAnyOrder) {
    const Index index(shelf);
    EXPECT_THAT(index.find("red LANTERN", 10).item_ids, ElementsAre("a1", "C3"));
    EXPECT_THAT(index.find("blue lantern", 10).item_ids, IsEmpty());
    EXPECT_THAT(index.find("茶杯", 10).item_ids, ElementsAre("D4"));
    EXPECT_THAT(index.find("100%", 10).item_ids, ElementsAre("D4"));
}

TEST(ItemIndex, NoWordLeavesItsRow) {
    const Index index(shelf);
    EXPECT_THAT(index.find("lines and", 10).item_ids, ElementsAre("E5"));
    EXPECT_THAT(index.find("E5 青花瓷", 10).item_ids, IsEmpty());
    EXPECT_THAT(Index({}).find("a", 10).item_ids, IsEmpty());
    EXPECT_THAT(Index({}).find("", 10).item_ids, IsEmpty());
}

TEST(ItemIndex, SaysWhetherThereAreOthers) {
    const Index index(shelf);
    EXPECT_TRUE(index.find("", 2).more);
    EXPECT_FALSE(index.find("lantern", 2).more);
    EXPECT_TRUE(index.find("lantern", 1).more);
}

// Words of two letters are everywhere, also across what would be the border of two rows or of id and title.
TEST(ItemIndex, FindsWhatLookingAtEachRowFinds) {
    std::mt19937 draw(7);
    const auto word = [&](std::size_t length) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i) text += static_cast<char>('a' + draw() % 3);
        return text;
    };
    std::vector<Named> many;
    for (int i = 0; i < 500; ++i) many.push_back({word(4) + std::to_string(i), word(3) + " " + word(2)});
    const Index index(many);
    for (int i = 0; i < 200; ++i) {
        const auto one = word(1 + draw() % 3), two = word(1 + draw() % 2);
        std::vector<std::string> expected;
        for (const auto& item : many) {
            const auto holds = [&](const std::string& part) {
                return item.item_id.contains(part) || item.title.contains(part);
            };
            if (holds(one) && holds(two)) expected.push_back(item.item_id);
        }
        EXPECT_THAT(index.find(one + " " + two, 500).item_ids, testing::UnorderedElementsAreArray(expected));
    }
}

// The word that narrows a search least must not hide what the other word finds far behind.
TEST(ItemIndex, ARareWordIsFoundBehindManyCommonOnes) {
    std::vector<Named> many;
    for (int i = 0; i < 5'000; ++i) many.push_back({fmt::format("X{}", i), "notebook"});
    many.push_back({"Z9", "notebook q7"});
    const Index index(many);
    EXPECT_THAT(index.find("notebook q7", 10).item_ids, ElementsAre("Z9"));
    EXPECT_THAT(index.find("z", 10).item_ids, ElementsAre("Z9"));
}

// What a list shows is that of the article found, whatever is beside it.
TEST(Catalogue, AnArticleKeepsItsOwnTitleCategoryAndPrice) {
    const Catalogue catalogue({{"B2", "Candle, RED", "gifts", 120}, {"a1", "", ""}, {"C3", "红灯笼 Red", "gifts", 0}});
    const auto found = catalogue.find("red", 10);
    ASSERT_EQ(found.items.size(), 2u);
    EXPECT_EQ(found.items[0].item_id, "B2");
    EXPECT_EQ(found.items[0].title, "Candle, RED");
    EXPECT_EQ(found.items[0].unit_price, 120);
    EXPECT_EQ(found.items[1].title, "红灯笼 Red");
    EXPECT_EQ(found.items[1].category, "gifts");
    EXPECT_EQ(found.items[1].unit_price, 0);
    const auto bare = catalogue.find("a1", 10).items.at(0);
    EXPECT_EQ(bare.title + bare.category, "");
    EXPECT_EQ(bare.unit_price, std::nullopt);
    EXPECT_TRUE(Catalogue({}).find("", 10).items.empty());
}

}  // namespace
}  // namespace suanpan::items
