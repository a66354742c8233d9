#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "areas/world/export.h"
#include "areas/world/simulate.h"

namespace suanpan::world {
namespace {

namespace fs = std::filesystem;

WorldOptions small(std::uint64_t seed = 1) {
    return {.seed = seed, .items = 60, .days = 200, .customers = 300, .last_day = parse_day("2011-11-13").value()};
}

std::string whole(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return std::move(text).str();
}

TEST(World, IsTheSameForASeedAndAnotherForAnother) {
    const auto folder = fs::temp_directory_path() / ("suanpan-world-" + std::to_string(::getpid()));
    for (const auto& [name, seed] : {std::pair("a", 1), std::pair("b", 1), std::pair("c", 2)})
        ASSERT_TRUE(export_shop(make_world(small(static_cast<std::uint64_t>(seed))), folder / name));
    EXPECT_EQ(whole(folder / "a/orders.csv"), whole(folder / "b/orders.csv"));
    EXPECT_NE(whole(folder / "a/orders.csv"), whole(folder / "c/orders.csv"));
    fs::remove_all(folder);
}

TEST(World, StockIsNeitherMadeNorLost) {
    const auto world = make_world(small());
    Simulation simulation(world, plain_rule);
    std::vector<std::int64_t> before;
    std::int64_t lost = 0;
    while (!simulation.done()) {
        const auto day = simulation.step();
        for (std::size_t i = 0; i < day.items.size(); ++i) {
            const auto& state = day.items[i];
            EXPECT_EQ(state.demanded, state.sold + state.lost);
            EXPECT_GE(state.on_hand, 0);
            EXPECT_TRUE(state.lost == 0 || state.on_hand == 0);
            EXPECT_TRUE(before.empty() || state.on_hand == before[i] + state.received - state.sold);
            lost += state.lost;
        }
        before.clear();
        for (const auto& state : day.items) before.push_back(state.on_hand);
    }
    EXPECT_GT(lost, 0);  // a shop without a loop runs out now and then
}

TEST(World, DrawsDemandAtItsTrueRate) {
    const auto world = make_world(small());
    double expected = 0, drawn = 0;
    for (Simulation simulation(world, [](const World&, int, int, const ItemDay&) { return std::int64_t{1000}; });
         !simulation.done();) {
        const auto day = simulation.step();
        for (std::size_t i = 0; i < day.items.size(); ++i) {
            drawn += double(day.items[i].demanded);
            for (int region = 0; region < regions; ++region) expected += world.demand(world.items[i], day.day, region);
        }
    }
    EXPECT_NEAR(drawn, expected, 4 * std::sqrt(expected));  // Poisson: the variance is the mean
}

TEST(World, APromotionSellsByTheElasticity) {
    const auto world = make_world(small());
    for (const auto& item : world.items) {
        if (item.promotions.empty() || item.promotions[0].first >= world.options.days) continue;
        auto without = item;
        without.promotions.clear();
        const int day = item.promotions[0].first;
        EXPECT_NEAR(world.demand(item, day, 0) / world.demand(without, day, 0),
                    std::pow(1 - item.promotions[0].discount, item.elasticity), 1e-9);
    }
}

}  // namespace
}  // namespace suanpan::world
