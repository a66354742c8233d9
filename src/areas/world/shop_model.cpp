#include "areas/world/shop_model.h"

#include <algorithm>
#include <cmath>
#include <format>

#include "areas/world/random.h"

namespace suanpan::world {
namespace {

struct Category {
    const char* name;
    const char* noun;
    double season, peak, weather;    // amplitude of the year, its day, and change a degree
    std::array<double, 7> weekdays;  // from Monday; mean 1
};

constexpr std::array categories = {
    Category{"garden", "planter", 0.5, 150, 0.02, {0.8, 0.8, 0.9, 0.9, 1.1, 1.4, 1.1}},
    Category{"kitchen", "pan", 0.1, 340, 0, {1, 0.95, 0.95, 1, 1.05, 1.1, 0.95}},
    Category{"drinks", "juice", 0.2, 200, 0.03, {0.9, 0.9, 0.9, 1, 1.2, 1.2, 0.9}},
    Category{"gifts", "candle", 0.7, 345, 0, {0.9, 0.9, 1, 1, 1.1, 1.2, 0.9}},
    Category{"stationery", "notebook", 0.3, 245, 0, {1.2, 1.1, 1.1, 1, 0.9, 0.8, 0.9}},
    Category{"toys", "puzzle", 0.6, 340, 0, {0.8, 0.8, 0.9, 0.9, 1.1, 1.3, 1.2}},
    Category{"winter", "scarf", 0.8, 10, -0.02, {0.9, 0.9, 0.9, 1, 1.1, 1.3, 0.9}},
    Category{"office", "lamp", 0.05, 60, 0, {1.3, 1.2, 1.2, 1.1, 0.9, 0.6, 0.7}},
};
constexpr std::array colours = {"red", "blue", "green", "white", "black", "oak", "copper", "grey"};

const Category& category_of(const TrueItem& item) {
    return *std::ranges::find_if(categories, [&](const Category& category) { return item.category == category.name; });
}

void add_promotions(TrueItem& item, const WorldOptions& options, Random& random) {
    for (int day = item.listed + static_cast<int>(random.below(90)); day < options.days;
         day += 60 + static_cast<int>(random.below(90)))
        item.promotions.push_back(
            {day, day + 6 + static_cast<int>(random.below(8)), 0.05 * double(2 + random.below(5))});
}

TrueItem make_item(const WorldOptions& options, int index, int suppliers) {
    Random random(options.seed, 1000 + static_cast<std::uint64_t>(index));
    const auto& category = categories[static_cast<std::size_t>(random.below(std::ssize(categories)))];
    TrueItem item{.index = index, .sku = std::format("SKU{:05}", index + 1), .title = {}, .category = category.name};
    item.title = std::format("{} {} {}", colours[static_cast<std::size_t>(random.below(std::ssize(colours)))],
                             category.noun, index + 1);
    item.rate = std::min(25.0, std::exp(-1.0 + 1.1 * random.normal()));
    item.trend = random.between(-0.2, 0.3);
    item.season = category.season * random.between(0.6, 1.2);
    item.season_peak = category.peak + random.between(-15, 15);
    item.elasticity = random.between(-3, -1);
    item.cross_elasticity = random.between(0.1, 0.5);
    item.weather = category.weather * random.between(0.5, 1.5);
    item.listed = random.chance(0.1) ? static_cast<int>(random.below(options.days * 3 / 4)) : 0;
    item.price = 199 + 50 * random.below(80);
    item.cost = static_cast<std::int64_t>(static_cast<double>(item.price) * random.between(0.4, 0.65));
    item.supplier = static_cast<int>(random.below(suppliers));
    add_promotions(item, options, random);
    return item;
}

TrueSupplier make_supplier(const WorldOptions& options, int index) {
    constexpr std::array<std::int64_t, 5> packs = {1, 1, 6, 12, 24};
    Random random(options.seed, 100 + static_cast<std::uint64_t>(index));
    TrueSupplier supplier{.id = std::format("SUP{:02}", index + 1), .title = std::format("Supplier {}", index + 1)};
    supplier.lead_time_days = static_cast<double>(3 + random.below(8));
    supplier.lead_time_sd_days = 0.5 + random.uniform();
    supplier.pack_size = packs[static_cast<std::size_t>(random.below(std::ssize(packs)))];
    supplier.minimum_units = supplier.pack_size * random.below(3);
    return supplier;
}

double year_wave(double day_of_year, double peak) {
    return std::cos(2 * 3.14159265358979323846 * (day_of_year - peak) / 365.25);
}

double day_of_year(Day day) {
    const std::chrono::year_month_day date(day);
    return static_cast<double>((day - Day(date.year() / 1 / 1)).count());
}

}  // namespace

double World::discount(const TrueItem& item, int day) const {
    for (const auto& promotion : item.promotions)
        if (promotion.first <= day && day <= promotion.last) return promotion.discount;
    return 0;
}

double World::competitor(const TrueItem& item, int day) const {
    Random random(options.seed,
                  500000 + static_cast<std::uint64_t>(item.index) * 1000 + static_cast<std::uint64_t>(day / 7));
    return random.between(0.85, 1.15);
}

double World::demand(const TrueItem& item, int index, int region) const {
    if (index < item.listed) return 0;
    const auto date = day(index);
    const auto& category = category_of(item);
    const auto weekday = (std::chrono::weekday(date).iso_encoding() - 1) % 7;
    const double years = static_cast<double>(index - options.days / 2) / 365.25;
    double units = item.rate * region_share[static_cast<std::size_t>(region)] * category.weekdays[weekday];
    units *= 1 + item.trend * years;
    units *= 1 + item.season * year_wave(day_of_year(date), item.season_peak);
    units *= std::pow(1 - discount(item, index), item.elasticity);
    units *= std::pow(competitor(item, index), item.cross_elasticity);
    units *= 1 + item.weather * (temperature[static_cast<std::size_t>(index)][static_cast<std::size_t>(region)] - 12);
    return std::max(0.0, units);
}

World make_world(const WorldOptions& options) {
    constexpr int suppliers = 12;
    World world{.options = options};
    for (int i = 0; i < suppliers; ++i) world.suppliers.push_back(make_supplier(options, i));
    for (int i = 0; i < options.items; ++i) world.items.push_back(make_item(options, i, suppliers));
    Random random(options.seed, 7);
    for (int day = 0; day < options.days; ++day) {
        auto& row = world.temperature.emplace_back();
        for (int region = 0; region < regions; ++region)
            row[static_cast<std::size_t>(region)] =
                12 + 8 * year_wave(day_of_year(world.day(day)), 200) - region + 3 * random.normal();
    }
    return world;
}

}  // namespace suanpan::world
