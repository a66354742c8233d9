#include "areas/stock/transfer/moves.h"

#include <gtest/gtest.h>

namespace suanpan::stock {
namespace {

// Demand is uniform on 0 to twice the mean; a unit earns 3 and costs 2.
PlaceCandidate stocked(const std::string& item, const std::string& place, double mean, std::int64_t on_hand) {
    PlaceCandidate one{.item_id = item, .title = item, .place_id = place, .place_title = place};
    one.unit_cost = 200;
    one.unit_price = 500;
    one.on_hand = on_hand;
    one.levels = {0, 0.5, 1};
    one.window_quantiles = {0, mean, 2 * mean};
    one.window_mean = mean;
    one.window_periods = 2;
    return one;
}

TEST(Moves, GoWhereAUnitIsWorthMoreThanTheWay) {
    const std::vector places = {stocked("a", "north", 20, 60), stocked("a", "south", 20, 5),
                                stocked("b", "north", 20, 20), stocked("b", "south", 20, 20),
                                stocked("c", "north", 20, 60)};
    const auto moves = plan_moves(places, {.cost_share = 0.1, .holding_share = 0.05});
    ASSERT_TRUE(moves);
    ASSERT_EQ(moves->size(), 1u) << "what is even stays, and what is at one place alone";
    const auto& move = moves->front();
    EXPECT_EQ(move.from, &places[0]);
    EXPECT_EQ(move.to, &places[1]);
    // Of a unit, 3.1 P(D > stock) - 0.1 is what it adds at a place. The one that makes s at the taker and leaves 65 - s
    // adds 3.1 (65 - 2 (s - 0.5)) / 40 more there: 0.62 for the 24th, 0.465 and less than the way of 0.5 for the 25th.
    EXPECT_EQ(move.units, 24);
    EXPECT_EQ(move.from_after, 36);
    EXPECT_EQ(move.to_after, 29);
    EXPECT_DOUBLE_EQ(move.cost, 24 * 0.5);
    EXPECT_GT(move.gain, 0);
    EXPECT_TRUE(plan_moves(places, {.cost_share = 10})->empty()) << "no way is worth it";
}

TEST(Moves, OfAnItemWithoutAPriceThereAreNone) {
    std::vector places = {stocked("a", "north", 20, 60), stocked("a", "south", 20, 5)};
    for (auto& one : places) one.unit_price.reset();
    EXPECT_TRUE(plan_moves(places, {})->empty());
    EXPECT_TRUE(plan_moves({}, {})->empty());
}

TEST(Moves, OfVeryManyPlacesTheFarthestCount) {
    std::vector<PlaceCandidate> places;
    for (int i = 0; i < 200; ++i)
        places.push_back(stocked("a", "p" + std::to_string(1000 + i), 20, i == 77 ? 90 : i == 150 ? 0 : 20));
    const auto moves = plan_moves(places, {});
    ASSERT_TRUE(moves);
    ASSERT_FALSE(moves->empty());
    for (const auto& move : *moves) EXPECT_EQ(move.from->place_id, "p1077");
    EXPECT_TRUE(std::ranges::any_of(*moves, [](const auto& move) { return move.to->place_id == "p1150"; }));
}

}  // namespace
}  // namespace suanpan::stock
