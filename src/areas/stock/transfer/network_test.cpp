#include "areas/stock/transfer/network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "areas/stock/transfer/along_links.h"

namespace suanpan::stock {
namespace {

// 10 a day, so 140 in two weeks, of which the 95 % quantile lies 28 above: over t days 10 t + 28 sqrt(t / 14).
LinkedPlace store_of(const std::string& place, std::int64_t on_hand) {
    LinkedPlace one{.item_id = "a", .title = "thing", .place_id = place, .place_title = place};
    one.unit_cost = 200;
    one.unit_price = 500;
    one.on_hand = on_hand;
    one.on_order = 0;
    one.counted_on = Day{};
    one.levels = {0.05, 0.5, 0.95};
    one.window_quantiles = {112, 140, 168};
    one.window_mean = 140;
    one.window_periods = 2;
    return one;
}

LinkedPlace warehouse(const std::string& place, std::int64_t on_hand) {
    auto one = store_of(place, on_hand);
    one.levels = one.window_quantiles = {};
    one.window_mean = 0;
    one.window_periods = 0;
    return one;
}

std::vector<LinkedPlace> stores(int count, std::int64_t on_hand) {
    std::vector<LinkedPlace> places;
    for (int i = 0; i < count; ++i) places.push_back(store_of("s" + std::to_string(i), on_hand));
    return places;
}

std::vector<PlaceLink> from_w(int count) {
    std::vector<PlaceLink> links;
    for (int i = 0; i < count; ++i) links.push_back({"s" + std::to_string(i), "w", 2, {}, {}});
    return links;
}

double spread(double days) {
    return 28 * std::sqrt(days / 14);
}

// The supplier takes 7 days and is asked every 7: the warehouse has 14 to cover, a store its way of 2 and a day. What
// of the 14 the warehouse covers costs sqrt(n) spread(14 - S), and the stores n spread(3 + S).
TEST(Network, TheSafetyStockLiesWhereItCostsLeast) {
    for (const int count : {1, 2, 4, 8}) {
        const auto places = stores(count, 50);
        const auto plans = *plan_networks(places, from_w(count), {}, {});
        ASSERT_EQ(plans.size(), 1u);
        const auto& plan = plans[0];
        ASSERT_EQ(plan.places.size(), static_cast<std::size_t>(count) + 1);
        double least = 1e300;
        for (int promise = 0; promise <= 14; ++promise)
            least = std::min(least, std::sqrt(count) * spread(14 - promise) + count * spread(3 + promise));
        const double a_unit = 0.25 * 2;  // a year
        EXPECT_NEAR(plan.cost, a_unit * least, 1e-9) << count;
        EXPECT_NEAR(plan.cost_alone, a_unit * (std::sqrt(count) * spread(14) + count * spread(3)), 1e-9);
        EXPECT_NEAR(plan.cost_at_the_ends.value_or(0), a_unit * count * spread(17), 1e-9);
        const auto &central = plan.places[0], &store = plan.places[1];
        EXPECT_EQ(central.place_id, "w");
        EXPECT_EQ(central.promised_days, count < 4 ? 14 : 0)
            << "few stores hold it themselves, many share the warehouse's";
        EXPECT_EQ(store.inbound_days, central.promised_days);
        EXPECT_EQ(store.net_days, 3 + central.promised_days);
        const auto days = static_cast<double>(store.net_days);
        EXPECT_EQ(store.base_stock, std::ceil(10 * days + spread(days) - 1e-9));
        // The same number as an order's: the quantile of the place's own forecast, scaled to the time.
        EXPECT_NEAR(quantile(store.demand, 0.95), 10 * days + spread(days), 1e-9);
        EXPECT_NEAR(central.expected, 10.0 * count * static_cast<double>(central.net_days), 1e-9);
        EXPECT_NEAR(store.safety_stock_alone, spread(3), 1e-9);
    }
}

TEST(Network, FollowsWhatTheLinksSay) {
    auto links = from_w(4);
    const auto places = stores(4, 50);
    links[0].service_days = 2;  // customers of s0 wait two days
    links[1].lead_time_days = 5.5;
    const auto plan = plan_networks(places, links, {}, {})->front();
    EXPECT_EQ(plan.places[1].net_days, 1);
    EXPECT_EQ(plan.places[2].own_days, 7);
    // Dear to hold at the stores: less there. For nothing: all there.
    for (auto& link : links) link = {link.to_place_id, "w", 2, {}, 0};
    EXPECT_EQ(plan_networks(places, links, {}, {})->front().places[0].promised_days, 14);
    EXPECT_EQ(plan_networks(places, links, {}, {})->front().cost, 0);
    // Receipts tell how long the supplier takes.
    auto supplied = places;
    for (auto& one : supplied) one.supplier_id = "s";
    const auto late = plan_networks(supplied, links, {{"s", std::vector<std::int64_t>(400, 21)}}, {})->front();
    EXPECT_EQ(late.places[0].own_days, 28);
}

TEST(Network, TakesTreesAndLeavesCirclesOut) {
    const std::vector places = {store_of("end", 5), store_of("else", 5), store_of("x", 5)};
    const std::vector<PlaceLink> links = {
        {"end", "middle", 1, {}, {}}, {"middle", "top", 3, {}, {}}, {"x", "y", 1, {}, {}}, {"y", "x", 1, {}, {}}};
    const auto plans = *plan_networks(places, links, {}, {});
    ASSERT_EQ(plans.size(), 1u);
    std::vector<std::string> names;
    for (const auto& place : plans[0].places) names.push_back(place.place_id);
    EXPECT_EQ(names, (std::vector<std::string>{"top", "middle", "end"}));
    EXPECT_EQ(plans[0].places[1].at, nullptr);
    EXPECT_EQ(links_left_out(links), 2);
    EXPECT_TRUE(plan_networks(places, {}, {}, {})->empty());
    EXPECT_TRUE(plan_networks({}, links, {}, {})->empty());
}

TEST(Network, BringsPlacesUpToTheirBaseStock) {
    auto places = stores(4, 20);
    places[1].on_order = 10;
    places[2].on_hand = 300;
    places.push_back(warehouse("w", 100));
    const auto plans = *plan_networks(places, from_w(4), {}, {});
    const auto base = plans[0].places[1].base_stock;
    EXPECT_EQ(base, 43);  // 30 and 28 sqrt(3 / 14)
    const auto sent = replenish(plans[0], {});
    ASSERT_EQ(sent.size(), 3u);
    EXPECT_EQ(sent[0].units, base - 20);
    EXPECT_EQ(sent[1].units, base - 30);
    EXPECT_EQ(sent[2].to, 4u);
    const auto along = moves_along_links(plans, {}, Day{});
    ASSERT_EQ(along.moves.size(), 3u);
    const auto& move = along.moves[1];
    EXPECT_EQ(move.to->place_id, "s1");
    EXPECT_EQ(move.from->place_id, "w");
    EXPECT_EQ(move.to_after, base);
    EXPECT_EQ(move.from_after, 100 - 23 - 13 - 23);
    EXPECT_EQ(move.to->window_days(), 3);
    EXPECT_NEAR(move.to->window_mean, 30, 1e-9);
    EXPECT_GT(move.gain, 0);
    EXPECT_EQ(move.network->base_stock, base);
    EXPECT_EQ(move.network->lead_time_days, 2);
}

TEST(Network, SharesWhatIsShortByWhoRunsOutFirst) {
    auto places = stores(4, 25);
    places[3].on_hand = 5;
    places.push_back(warehouse("w", 38));
    const auto plan = plan_networks(places, from_w(4), {}, {})->front();
    std::vector<std::int64_t> after(5);
    std::int64_t units = 0;
    for (const auto& one : replenish(plan, {})) {
        after[one.to] = one.units + *plan.places[one.to].at->on_hand;
        units += one.units;
        EXPECT_LT(one.units, one.wanted);
    }
    EXPECT_EQ(units, 38);
    EXPECT_EQ(after[1], 30) << "118 units at four places alike";
    EXPECT_NEAR(static_cast<double>(after[4]), 29, 1);
    // Nothing of what is not counted, waits for a count, or is kept for the warehouse's own customers.
    places.back().on_hand.reset();
    EXPECT_TRUE(replenish(plan_networks(places, from_w(4), {}, {})->front(), {}).empty());
    places.back().on_hand = 38;
    places.back().waits = true;
    EXPECT_TRUE(replenish(plan_networks(places, from_w(4), {}, {})->front(), {}).empty());
    places.back() = store_of("w", 168 + 7);
    std::int64_t spared = 0;
    for (const auto& one : replenish(plan_networks(places, from_w(4), {}, {})->front(), {})) spared += one.units;
    EXPECT_EQ(spared, 7);
}

TEST(Network, OrdersFillAllOfItsPlaces) {
    const auto places = stores(4, 50);
    const auto plans = *plan_networks(places, from_w(4), {}, {});
    Candidate item{.item_id = "a", .title = "thing"};
    item.unit_price = 500;
    item.on_hand = 200;
    item.levels = {0.05, 0.5, 0.95};
    item.window_quantiles = {504, 560, 616};
    item.window_mean = 560;
    item.window_periods = 2;
    std::int64_t base = 0;
    for (const auto& place : plans[0].places) base += place.base_stock;
    EXPECT_EQ(base, 616 + 4 * 43);
    EXPECT_EQ(plan_orders({item}, {}, {})->items[0].order.order_up_to, 616);
    const auto items = with_networks({item}, plans);
    const auto planned = plan_orders(items, {}, {})->items[0];
    EXPECT_EQ(planned.order.order_up_to, base);
    EXPECT_EQ(planned.network_units, 4 * 43);
    EXPECT_EQ(planned.order.units, base - 200);
    // Half of the item sells elsewhere: half of its own level is for that.
    item.window_mean = 1120;
    item.window_quantiles = {1000, 1120, 1240};
    EXPECT_EQ(plan_orders(with_networks({item}, plans), {}, {})->items[0].order.order_up_to, base + 620);
}

// A warehouse and its stores, day by day: orders to the supplier every seven days up to all base stocks together, each
// morning's moves as they are proposed. Returns the share of days at stores that end with nothing missed.
double served_days(int count, bool as_a_network) {
    auto places = stores(count, 60);
    places.push_back(warehouse("w", 150 * count));
    const auto links = from_w(count);
    const auto target = plan_networks(places, links, {}, {})->front();
    std::int64_t base = 0;
    for (const auto& place : target.places) base += place.base_stock;
    // Without the network an order knows the sum of demand over its 14 days alone.
    if (!as_a_network) base = static_cast<std::int64_t>(std::ceil(140.0 * count + 28 * std::sqrt(count)));
    std::mt19937_64 random(11);
    std::normal_distribution<double> demand(10, 28 / 1.645 / std::sqrt(14));
    std::vector<std::vector<std::int64_t>> coming(static_cast<std::size_t>(count) + 1, std::vector<std::int64_t>(4020));
    std::int64_t good = 0, days = 0, ordered = 0;
    for (std::size_t day = 0; day < 4000; ++day) {
        for (std::size_t k = 0; k < places.size(); ++k) {
            *places[k].on_hand += coming[k][day];
            if (k + 1 < places.size()) *places[k].on_order -= coming[k][day];
        }
        ordered -= coming.back()[day];
        for (const auto& sent : replenish(plan_networks(places, links, {}, {})->front(), {})) {
            const auto to = sent.to - 1;  // the warehouse comes first in the plan
            *places.back().on_hand -= sent.units;
            *places[to].on_order += sent.units;
            coming[to][day + 2] += sent.units;
        }
        if (day % 7 == 0) {
            std::int64_t position = ordered + *places.back().on_hand;
            for (std::size_t k = 0; k + 1 < places.size(); ++k) position += *places[k].on_hand + *places[k].on_order;
            const auto units = std::max<std::int64_t>(0, base - position);
            coming.back()[day + 7] += units;
            ordered += units;
        }
        for (std::size_t k = 0; k + 1 < places.size(); ++k) {
            const auto asked = std::max<std::int64_t>(0, std::llround(demand(random)));
            good += asked <= *places[k].on_hand;
            ++days;
            *places[k].on_hand = std::max<std::int64_t>(0, *places[k].on_hand - asked);
        }
    }
    return static_cast<double>(good) / static_cast<double>(days);
}

TEST(Network, KeepsItsServiceLevelInASimulation) {
    for (const int count : {2, 8}) {
        EXPECT_GT(served_days(count, true), 0.95) << count;
        EXPECT_LT(served_days(count, false), 0.95) << count << ": without the ways between places too little is there";
    }
}

}  // namespace
}  // namespace suanpan::stock
