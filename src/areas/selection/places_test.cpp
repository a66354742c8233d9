#include <gmock/gmock.h>

#include <cmath>
#include <random>

#include "areas/selection/list_plan.h"
#include "areas/selection/looks.h"

namespace suanpan::selection {
namespace {

using testing::ElementsAre;

bool on_list(const Placed& p) {
    return p.action == Action::push || p.action == Action::list;
}

// Of all subsets within the limits the best, one by one.
double best_of_all(const std::vector<Scored>& items, const ListOptions& o) {
    double best = 0;
    for (unsigned set = 0; set < 1U << items.size(); ++set) {
        double profit = 0, cost = 0;
        std::map<std::string, double> categories, suppliers;
        std::map<std::size_t, double> looks;
        std::size_t count = 0;
        for (std::size_t i = 0; i < items.size(); ++i) {
            if ((set >> i & 1) == 0) continue;
            // Items stand in the order of their scores, so that likes before are the better ones.
            profit +=
                items[i].expected * std::max(0.0, 1 - o.cannibalisation * (items[i].look ? looks[items[i].look] : 0));
            cost += items[i].stock_cost;
            ++categories[items[i].category], ++suppliers[items[i].supplier], ++looks[items[i].look], ++count;
        }
        const auto most = [&](double share) { return std::max(1.0, std::floor(share * double(o.slots))); };
        bool fits = count <= o.slots && (o.budget == 0 || cost <= o.budget);
        for (const auto& [category, n] : categories)
            fits = fits && (o.category_share >= 1 || n <= most(o.category_share));
        for (const auto& [supplier, n] : suppliers)
            fits = fits && (o.supplier_share >= 1 || n <= most(o.supplier_share));
        for (const auto& [look, n] : looks)
            fits = fits && (look == 0 || o.most_alike == 0 || n <= double(o.most_alike));
        if (fits) best = std::max(best, profit);
    }
    return best;
}

std::vector<Scored> drawn(unsigned seed) {
    std::mt19937 draw(seed);
    std::vector<Scored> items;
    for (int i = 0; i < 12; ++i)
        items.push_back({.score = double(100 - i),
                         .expected = 2000.0 - 100 * i + double(draw() % 90),
                         .quiet_days = 1,
                         .category = std::string(1, char('a' + draw() % 3)),
                         .supplier = std::string(1, char('p' + draw() % 3)),
                         .stock_cost = double(100 + draw() % 900),
                         .look = draw() % 4});
    return items;
}

// On a hundred small shops every limit is kept, the bound holds, and what is lost beside the best of all 4,096 lists is
// little: 1 % on average.
TEST(Places, AreNearlyTheBestWithinAllLimits) {
    const ListOptions options{.slots = 5,
                              .category_share = 0.6,
                              .exploration_share = 0,
                              .budget = 2000,
                              .supplier_share = 0.6,
                              .most_alike = 2};
    double lost = 0;
    for (unsigned seed = 0; seed < 100; ++seed) {
        const auto items = drawn(seed);
        const auto plan = plan_list(items, options);
        const double best = best_of_all(items, options);
        EXPECT_LE(plan.profit, best + 1e-6) << seed << ": a limit is broken";
        EXPECT_GE(plan.most_profit, best - 1e-6) << seed << ": the bound does not hold";
        EXPECT_LE(plan.stock_cost, 2000) << seed;
        lost += (1 - plan.profit / best) / 100;
    }
    EXPECT_LE(lost, 0.02);
}

TEST(Places, CountWhatLikesTakeFromEachOther) {
    const ListOptions options{.slots = 3, .exploration_share = 0, .cannibalisation = 0.6};
    for (unsigned seed = 0; seed < 50; ++seed) {
        const auto items = drawn(seed);
        const auto plan = plan_list(items, options);
        const double best = best_of_all(items, options);
        EXPECT_LE(plan.profit, best + 1e-6) << seed;
        EXPECT_GE(plan.profit, 0.97 * best) << seed;
        EXPECT_GE(plan.most_profit, best - 1e-6) << seed;
    }
}

TEST(Places, WithoutLimitsAreTheBestScoresAndCertifiedSo) {
    const auto items = drawn(1);
    const auto plan = plan_list(items, {.slots = 4, .exploration_share = 0});
    for (std::size_t i = 0; i < items.size(); ++i) EXPECT_EQ(on_list(plan.items[i]), i < 4) << i;
    EXPECT_NEAR(plan.gap(), 0, 1e-12);
}

TEST(Places, AreKeptForSuppliersThatWerePromisedSome) {
    std::vector<Scored> items;
    for (int i = 0; i < 6; ++i)
        items.push_back(
            {.score = double(10 - i), .expected = double(100 - i), .quiet_days = 1, .supplier = i < 4 ? "a" : "b"});
    const auto plan = plan_list(items, {.slots = 3, .exploration_share = 0, .supplier_least = {{"b", 1}, {"c", 2}}});
    EXPECT_TRUE(on_list(plan.items[4])) << "the best of the promised supplier";
    EXPECT_FALSE(on_list(plan.items[2]));
    EXPECT_THAT(plan.unmet, ElementsAre("c"));
}

TEST(Places, ForExplorationKeepTheLimitsToo) {
    std::vector<Scored> items;
    for (int i = 0; i < 6; ++i)
        items.push_back({.score = double(10 - i),
                         .expected = 10,
                         .high = i == 5 ? 99.0 : 20.0,
                         .quiet_days = 1,
                         .stock_cost = i == 5 ? 500.0 : 10.0});
    const auto plan = plan_list(items, {.slots = 4, .exploration_share = 0.25, .budget = 100});
    EXPECT_FALSE(on_list(plan.items[5])) << "it costs more than there is";
    EXPECT_LE(plan.stock_cost, 100);
}

TEST(Looks, GroupTitlesThatAreAlike) {
    const auto looks = looks_of({"RED SPOTTY LUNCH BOX LARGE", "GREEN BANK FROG CLOCK", "RED SPOTTY LUNCH BOX SMALL",
                                 "红色保温杯 大号", "红色保温杯 小号", "", ""});
    EXPECT_EQ(looks[0], looks[2]);
    EXPECT_NE(looks[0], 0);
    EXPECT_EQ(looks[1], 0) << "like no other";
    EXPECT_EQ(looks[5], 0);
    EXPECT_NE(looks[0], looks[3]);
}

}  // namespace
}  // namespace suanpan::selection
