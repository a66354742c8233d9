#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "platform/base/time.h"

namespace suanpan::world {

constexpr int regions = 3;

struct WorldOptions {
    std::uint64_t seed = 20111114;
    int items = 500;
    int days = 730;
    int customers = 4000;
    Day last_day{};  // the last day that is simulated
};

struct Promotion {
    int first = 0, last = 0;  // days from the first simulated one
    double discount = 0;      // share of the price
};

// What is true of an item; the loop sees only what the shop exports.
struct TrueItem {
    int index = 0;
    std::string sku, title, category;
    double rate = 0;                   // units a day, all regions, an average day without promotion
    double trend = 0;                  // growth a year, as a share
    double season = 0;                 // amplitude of the year, as a share
    double season_peak = 0;            // day of the year
    double elasticity = -2;            // of demand to its own price
    double cross_elasticity = 0.3;     // to the competitor's
    double weather = 0;                // change of demand a degree above 12
    int listed = 0;                    // first day
    std::int64_t cost = 0, price = 0;  // minor units
    int supplier = 0;
    std::vector<Promotion> promotions;
};

struct TrueSupplier {
    std::string id, title;
    double lead_time_days = 7, lead_time_sd_days = 1;
    std::int64_t pack_size = 1, minimum_units = 0;
};

struct World {
    WorldOptions options;
    std::vector<TrueItem> items;
    std::vector<TrueSupplier> suppliers;
    std::array<double, regions> region_share{0.5, 0.3, 0.2};
    std::vector<std::array<double, regions>> temperature;  // a day a row, degrees Celsius

    [[nodiscard]] Day day(int index) const { return options.last_day - Days(options.days - 1 - index); }
    // The discount that is on, 0 where none is.
    [[nodiscard]] double discount(const TrueItem& item, int day) const;
    // The competitor's price as a share of ours.
    [[nodiscard]] double competitor(const TrueItem& item, int day) const;
    // Expected units of an item in a region on a day: what truth.json calls demand.
    [[nodiscard]] double demand(const TrueItem& item, int day, int region) const;
};

[[nodiscard]] World make_world(const WorldOptions& options);

}  // namespace suanpan::world
