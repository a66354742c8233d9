#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/base/time.h"

namespace suanpan::world {

constexpr int regions = 3;
constexpr int weather_ahead = 28;  // days after the last that a weather service speaks of, and is right
constexpr std::array<std::string_view, regions> region_names = {"north", "south", "coast"};

struct WorldOptions {
    std::uint64_t seed = 20111114;
    int items = 500;
    int days = 730;
    int customers = 4000;          // at least one a region
    Day last_day{};                // the last day that is simulated
    std::string currency = "GBP";  // ISO 4217; prices are drawn in its minor units
};

struct Promotion {
    int first = 0, last = 0;  // days from the first simulated one
    double discount = 0;      // share of the price
    double display = 1;       // what being shown adds to demand, beside the lower price
};

struct PriceChange {
    int day = 0;
    std::int64_t price = 0;  // minor units, from that day on
};

// What is true of an item; the loop sees only what the shop exports.
struct TrueItem {
    int index = 0;
    std::string sku, title, category;
    int category_index = 0;
    double rate = 0;                   // units a day, all regions, an average day at the first price
    double dispersion = 0;             // of the negative binomial: variance = mean + dispersion * mean^2; 0 is Poisson
    double trend = 0;                  // growth a year, as a share
    double season = 0;                 // amplitude of the year, as a share
    double season_peak = 0;            // day of the year
    double elasticity = -2;            // of demand to its own price
    double cross_elasticity = 0.3;     // to the competitor's
    double weather = 0;                // change of demand a degree above 12
    int listed = 0;                    // first day
    std::int64_t cost = 0, price = 0;  // minor units; the first price
    int supplier = 0;
    std::vector<Promotion> promotions;       // by day, none overlap
    std::vector<PriceChange> price_changes;  // by day
};

struct TrueSupplier {
    std::string id, title;
    double lead_time_days = 7, lead_time_sd_days = 1;
    std::int64_t pack_size = 1, minimum_units = 0;
};

struct Holiday {
    std::string_view title;
    bool holiday = false;
    double factor = 1;  // of demand
};

struct World {
    WorldOptions options;
    std::vector<TrueItem> items;
    std::vector<TrueSupplier> suppliers;
    std::array<double, regions> region_share{0.5, 0.3, 0.2};
    std::vector<std::array<double, regions>> temperature;  // a day a row and weather_ahead more, degrees Celsius

    [[nodiscard]] Day day(int index) const { return options.last_day - Days(options.days - 1 - index); }
    // The promotion that is on, or nothing.
    [[nodiscard]] const Promotion* promotion(const TrueItem& item, int day) const;
    [[nodiscard]] std::int64_t list_price(const TrueItem& item, int day) const;  // minor units, without promotion
    [[nodiscard]] std::int64_t paid_price(const TrueItem& item, int day) const;  // minor units, with promotion
    // The competitor's price, which is another each week, in minor units.
    [[nodiscard]] std::int64_t competitor_price(const TrueItem& item, int day) const;
    [[nodiscard]] Holiday holiday(int day) const;  // a factor of 1 and no title on other days
    // Expected units of an item in each region on a day.
    [[nodiscard]] std::array<double, regions> demand(const TrueItem& item, int day) const;
};

// By how much a promotion multiplies the item's demand: (1 - discount)^elasticity * display.
[[nodiscard]] double uplift(const TrueItem& item, const Promotion& promotion);

// Errors: no items or days, fewer customers than regions, an unknown shape of currency.
[[nodiscard]] Result<> check(const WorldOptions& options);
[[nodiscard]] World make_world(const WorldOptions& options);

}  // namespace suanpan::world
