#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <numeric>
#include <sstream>
#include <tuple>

#include "areas/world/exact_math.h"
#include "areas/world/export.h"
#include "areas/world/random.h"
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

// FNV-1a, of every file of a folder in the order of their names.
std::uint64_t fingerprint(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::ranges::sort(files);
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const auto& file : files)
        for (const char letter : file.filename().string() + whole(file))
            hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
    return hash;
}

std::int64_t plenty(const ItemView& view) {
    return view.on_hand + view.on_order < 2000 ? 2000 : 0;
}

double sum(const std::array<double, regions>& units) {
    return std::accumulate(units.begin(), units.end(), 0.0);
}

class Export : public testing::Test {
  protected:
    ~Export() override { fs::remove_all(folder_); }
    fs::path folder_ = fs::temp_directory_path() / ("suanpan-world-" + std::to_string(::getpid()));
};

TEST(ExactMath, EqualsTheLibraryWithinRounding) {
    for (double x = -40; x < 40; x += 0.0371) EXPECT_NEAR(exact_exp(x) / std::exp(x), 1, 1e-14);
    for (double x = 1e-9; x < 1e9; x *= 1.37)
        EXPECT_NEAR(exact_log(x), std::log(x), 1e-14 * (1 + std::abs(std::log(x))));
    for (double turns = -3; turns < 3; turns += 0.0137)
        EXPECT_NEAR(exact_wave(turns), std::cos(2 * M_PI * turns), 1e-14);
    EXPECT_NEAR(exact_power(0.8, -2.5), std::pow(0.8, -2.5), 1e-14);
}

// The first numbers of a stream and of each sampler: they may never change, on no machine.
TEST(Random, IsPinned) {
    Random random(7, Purpose::demand, 3, 4);
    EXPECT_EQ(random.next(), 6399632317098051651ULL);
    EXPECT_EQ(random.normal(), -0.93898402627652566);
    EXPECT_EQ(random.gamma(2.5), 4.0232696475190908);
    EXPECT_EQ(random.poisson(100), 96);
}

TEST(Random, HasTheMeanAndVarianceOfItsDistributions) {
    constexpr int draws = 40000;
    const auto moments = [](auto draw) {
        double total = 0, squares = 0;
        for (int i = 0; i < draws; ++i) {
            const double value = draw();
            total += value;
            squares += value * value;
        }
        const double mean = total / draws;
        return std::pair(mean, squares / draws - mean * mean);
    };
    Random random(11, Purpose::demand);
    for (const double rate : {0.05, 3.0, 75.0}) {
        const auto [mean, variance] = moments([&] { return double(random.poisson(rate)); });
        EXPECT_NEAR(mean, rate, 4 * std::sqrt(rate / draws));
        EXPECT_NEAR(variance / rate, 1, 4 * std::sqrt((2 + 1 / rate) / draws));
    }
    const auto [mean, variance] = moments([&] { return random.gamma(2.5); });
    EXPECT_NEAR(mean, 2.5, 4 * std::sqrt(2.5 / draws));
    EXPECT_NEAR(variance, 2.5, 0.15);
    const auto [zero, one] = moments([&] { return random.normal(); });
    EXPECT_NEAR(zero, 0, 4 / std::sqrt(double(draws)));
    EXPECT_NEAR(one, 1, 0.03);
}

TEST_F(Export, IsTheSameForASeedAndAnotherForAnother) {
    for (const auto& [name, seed] : {std::pair("a", 1), std::pair("b", 1), std::pair("c", 2)})
        ASSERT_TRUE(export_shop(make_world(small(static_cast<std::uint64_t>(seed))), folder_ / name));
    EXPECT_EQ(fingerprint(folder_ / "a"), fingerprint(folder_ / "b"));
    EXPECT_NE(fingerprint(folder_ / "a"), fingerprint(folder_ / "c"));
    EXPECT_EQ(fingerprint(folder_ / "a"),
              9612823298445951282ULL);  // on every machine; a change of the world changes it
}

TEST_F(Export, AddsUpToWhatWasSoldBesideItsDirt) {
    const auto report = export_shop(make_world(small()), folder_).value();
    std::ifstream file(folder_ / "orders.csv");
    std::string line, before;
    std::int64_t sold = 0, twice = 0, bad = 0, missing = 0;
    for (std::getline(file, line); std::getline(file, line); before = line) {
        std::vector<std::string> cells;
        for (std::istringstream cell(line); std::getline(cell, cells.emplace_back(), ',');) continue;
        ASSERT_EQ(cells.size(), 11u) << line;  // ten, and the empty one that ends the loop
        if (line == before)
            ++twice;
        else if (cells[3].empty())
            ++missing;
        else if (cells[4] == "two")
            ++bad;
        else if (cells[9] == "shipped")
            sold += std::stoll(cells[4]);
    }
    EXPECT_EQ(sold, report.sold_units);
    EXPECT_EQ(std::tuple(twice, bad, missing),
              std::tuple(report.duplicated_lines, report.bad_numbers, report.missing_codes));
    EXPECT_GT(twice, 0);
    const auto truth = whole(folder_ / "truth/truth.json");
    EXPECT_NE(truth.find("\"duplicated_lines\":" + std::to_string(twice)), std::string::npos);
    EXPECT_NE(truth.find("\"lost_units\":" + std::to_string(report.lost_units)), std::string::npos);
}

TEST_F(Export, SaysWhatIsWrong) {
    auto options = small();
    options.items = 0;
    EXPECT_EQ(export_shop(make_world(options), folder_).error().text(), "items: a shop needs at least one item");
    std::ofstream(folder_.string() + "-file") << "x";
    EXPECT_EQ(export_shop(make_world(small()), folder_.string() + "-file").error().code, ErrorCode::io);
    fs::remove(folder_.string() + "-file");
}

TEST_F(Export, TwoYearsOfFiveHundredItemsAreQuickAndOfTheSizeMeant) {
    const auto started = std::chrono::steady_clock::now();
    const auto report = export_shop(make_world({.last_day = parse_day("2011-11-13").value()}), folder_).value();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
    RecordProperty("seconds", std::to_string(seconds.count()));
    RecordProperty("order_lines", std::to_string(report.order_lines));
    EXPECT_GT(report.order_lines, 150'000);
    EXPECT_LT(report.order_lines, 300'000);
    const auto lost_share = double(report.lost_units) / double(report.lost_units + report.sold_units);
    EXPECT_GT(lost_share, 0.01);
    EXPECT_LT(lost_share, 0.2);
}

TEST(Shop, StockIsNeitherMadeNorLost) {
    const auto world = make_world(small());
    std::vector<ItemDay> before(world.items.size());
    std::int64_t lost = 0, cancelled = 0;
    for (Shop shop(world); !shop.done();) {
        const auto day = shop.step(decide(shop, plain_policy)).value();
        for (std::size_t i = 0; i < day.items.size(); ++i) {
            const auto& state = day.items[i];
            EXPECT_EQ(state.demanded, state.sold + state.cancelled + state.lost);
            EXPECT_EQ(state.on_hand, before[i].on_hand + state.received - state.sold);
            EXPECT_LE(state.sold, before[i].on_hand + state.received);
            EXPECT_GE(state.on_hand, 0);
            EXPECT_TRUE(state.lost == 0 || state.on_hand == 0);
            EXPECT_TRUE(state.demanded == 0 || world.items[i].listed <= day.day);
            lost += state.lost;
            cancelled += state.cancelled;
        }
        before = day.items;
    }
    EXPECT_GT(lost, 0);  // a shop without a loop runs out now and then
    EXPECT_GT(cancelled, 0);
}

TEST(Shop, DrawsDemandAtItsTrueRate) {
    const auto world = make_world(small());
    double expected = 0, drawn = 0, variance = 0;
    for (Shop shop(world); !shop.done();) {
        const auto day = shop.step(decide(shop, plenty)).value();
        for (std::size_t i = 0; i < day.items.size(); ++i) {
            const double rate = sum(world.demand(world.items[i], day.day));
            drawn += double(day.items[i].demanded);
            expected += rate;
            variance += rate + world.items[i].dispersion * rate * rate;  // negative binomial
        }
    }
    EXPECT_NEAR(drawn, expected, 4 * std::sqrt(variance));
    EXPECT_GT(expected, 1000);
}

// Two policies meet the same customers, and one more item moves nobody's demand.
TEST(Shop, DemandDependsNeitherOnOrdersNorOnOtherItems) {
    auto fewer = small();
    fewer.items = 20;
    const auto world = make_world(small()), part = make_world(fewer);
    Shop plain(world), full(world), bare(world), smaller(part);
    while (!plain.done()) {
        const auto one = plain.step(decide(plain, plain_policy)).value(), two = full.step(decide(full, plenty)).value();
        const auto none = bare.step().value(), few = smaller.step(decide(smaller, plain_policy)).value();
        for (std::size_t i = 0; i < one.items.size(); ++i) {
            EXPECT_EQ(one.items[i].demanded, two.items[i].demanded);
            EXPECT_EQ(one.items[i].demanded, none.items[i].demanded);
            if (i >= few.items.size()) continue;
            EXPECT_EQ(one.items[i].demanded, few.items[i].demanded);
            EXPECT_EQ(one.items[i].sold, few.items[i].sold);
        }
    }
}

// What was demanded on promotion days, over what would have been without: the mean of the true uplifts.
TEST(Shop, PromotionDaysShowTheTrueUplift) {
    auto options = small();
    options.items = 200;
    const auto world = make_world(options);
    auto without = world;
    for (auto& item : without.items) item.promotions.clear();
    double drawn = 0, expected = 0, variance = 0, ordinary = 0;
    for (Shop shop(world); !shop.done();) {
        const auto day = shop.step(decide(shop, plenty)).value();
        for (const auto& item : world.items) {
            const auto* promotion = world.promotion(item, day.day);
            if (promotion == nullptr) continue;
            const double base = sum(without.demand(without.items[static_cast<std::size_t>(item.index)], day.day));
            const double rate = base * uplift(item, *promotion);
            drawn += double(day.items[static_cast<std::size_t>(item.index)].demanded);
            ordinary += base;
            expected += rate;
            variance += rate + item.dispersion * rate * rate;
        }
    }
    EXPECT_NEAR(drawn / ordinary, expected / ordinary, 4 * std::sqrt(variance) / ordinary);
    EXPECT_GT(drawn / ordinary, 1.3);
}

TEST(World, DemandAnswersPricesByItsElasticities) {
    const auto world = make_world(small());
    auto raised = world;
    for (auto& item : raised.items) {
        item.price_changes = {{0, item.price * 2}};
        const int day = 199;
        auto steady = world.items[static_cast<std::size_t>(item.index)];
        steady.price_changes.clear();
        EXPECT_NEAR(sum(raised.demand(item, day)) / sum(world.demand(steady, day)), std::pow(2, item.elasticity), 1e-9);
    }
}

TEST(World, HasSlowNewAndSeasonalItems) {
    const auto world = make_world({.last_day = parse_day("2011-11-13").value()});
    const auto slow = std::ranges::count_if(world.items, [](const auto& item) { return item.rate < 1.0 / 7; });
    const auto later = std::ranges::count_if(world.items, [](const auto& item) { return item.listed > 0; });
    EXPECT_GT(slow, 150);
    EXPECT_GT(later, 25);
    EXPECT_EQ(world.holiday(729).title, "");
    EXPECT_EQ(world.holiday(static_cast<int>((parse_day("2010-11-26").value() - world.day(0)).count())).title,
              "Black Friday");
}

TEST(Shop, RefusesOrdersThatAreNone) {
    const auto world = make_world(small());
    Shop shop(world);
    EXPECT_EQ(shop.step(std::vector<std::int64_t>{1}).error().text(),
              "orders: 1 orders for 60 items; give one an item");
    EXPECT_FALSE(shop.step(std::vector<std::int64_t>(60, -1)));
    while (!shop.done()) ASSERT_TRUE(shop.step());
    EXPECT_EQ(shop.step().error().text(), "step: the last simulated day is over");
}

}  // namespace
}  // namespace suanpan::world
