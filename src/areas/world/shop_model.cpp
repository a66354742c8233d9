#include "areas/world/shop_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/world/exact_math.h"
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

template <class Values>
const auto& pick(const Values& values, Random& random) {
    return values[static_cast<std::size_t>(random.below(std::ssize(values)))];
}

std::int64_t rounded(double value) {
    return static_cast<std::int64_t>(std::floor(value + 0.5));
}

void add_promotions(TrueItem& item, const WorldOptions& options, Random& random) {
    int day = item.listed + static_cast<int>(random.below(90));
    while (day < options.days) {
        const int last = day + 6 + static_cast<int>(random.below(8));
        const double discount = 0.05 * static_cast<double>(2 + random.below(5));
        item.promotions.push_back({day, last, discount, random.between(1.0, 1.4)});
        day += 60 + static_cast<int>(random.below(90));
    }
}

// A new list price every four to twelve months, a few percent up more often than down.
void add_price_changes(TrueItem& item, const WorldOptions& options, Random& random) {
    auto price = static_cast<double>(item.price);
    for (int day = item.listed + 60 + static_cast<int>(random.below(240)); day < options.days;
         day += 120 + static_cast<int>(random.below(240))) {
        price *= random.between(0.92, 1.14);
        item.price_changes.push_back({day, std::max<std::int64_t>(1, rounded(price))});
    }
}

// Three items of ten are slow, most of those below a unit a week; the others have a long tail (lognormal).
double drawn_rate(Random& random) {
    const bool slow = random.chance(0.3);
    const double normal = random.normal();
    return slow ? exact_exp(-3 + 0.6 * normal) : std::min(25.0, exact_exp(-0.8 + 1.1 * normal));
}

void draw_demand(TrueItem& item, const Category& category, Random& random) {
    item.rate = drawn_rate(random);
    item.dispersion = random.chance(0.5) ? random.between(0.05, 0.4) : 0;
    item.trend = random.between(-0.2, 0.3);
    item.season = category.season * random.between(0.6, 1.2);
    item.season_peak = category.peak + random.between(-15, 15);
    item.elasticity = random.between(-3, -1);
    item.cross_elasticity = random.between(0.1, 0.5);
    item.weather = category.weather * random.between(0.5, 1.5);
}

TrueItem make_item(const WorldOptions& options, int index, int suppliers) {
    Random random(options.seed, Purpose::item, index);
    TrueItem item{.index = index, .sku = fmt::format("SKU{:05}", index + 1), .title = {}, .category = {}};
    item.category_index = static_cast<int>(random.below(std::ssize(categories)));
    const auto& category = categories[static_cast<std::size_t>(item.category_index)];
    item.category = category.name;
    item.title = fmt::format("{} {} {}", pick(colours, random), category.noun, index + 1);
    draw_demand(item, category, random);
    const bool added_later = random.chance(0.1);
    const auto listed = static_cast<int>(random.below(std::int64_t{options.days} * 3 / 4));
    item.listed = added_later ? listed : 0;
    item.price = 199 + 50 * random.below(80);
    item.cost = rounded(static_cast<double>(item.price) * random.between(0.4, 0.65));
    item.supplier = static_cast<int>(random.below(suppliers));
    add_promotions(item, options, random);
    add_price_changes(item, options, random);
    return item;
}

TrueSupplier make_supplier(const WorldOptions& options, int index) {
    constexpr std::array<std::int64_t, 5> packs = {1, 1, 6, 12, 24};
    Random random(options.seed, Purpose::supplier, index);
    TrueSupplier supplier{.id = fmt::format("SUP{:02}", index + 1), .title = fmt::format("Supplier {}", index + 1)};
    supplier.lead_time_days = static_cast<double>(3 + random.below(8));
    supplier.lead_time_sd_days = 0.5 + random.uniform();
    supplier.pack_size = pick(packs, random);
    supplier.minimum_units = supplier.pack_size * random.below(3);
    return supplier;
}

double day_of_year(Day day) {
    const std::chrono::year_month_day date(day);
    return static_cast<double>((day - Day(date.year() / 1 / 1)).count());
}

double year_wave(Day day, double peak) {
    return exact_wave((day_of_year(day) - peak) / 365.25);
}

// Warm or cold spells last some days: a first-order autoregression about the year's wave.
std::vector<std::array<double, regions>> make_weather(const World& world) {
    std::vector<std::array<double, regions>> temperature;
    Random random(world.options.seed, Purpose::weather);
    std::array<double, regions> spell{};
    for (int day = 0; day < world.options.days + weather_ahead; ++day) {
        auto& row = temperature.emplace_back();
        for (std::size_t region = 0; region < regions; ++region) {
            spell[region] = 0.7 * spell[region] + 2 * random.normal();
            row[region] = 12 + 8 * year_wave(world.day(day), 200) - static_cast<double>(region) + spell[region];
        }
    }
    return temperature;
}

}  // namespace

const Promotion* World::promotion(const TrueItem& item, int day) const {
    for (const auto& promotion : item.promotions)
        if (promotion.first <= day && day <= promotion.last) return &promotion;
    return nullptr;
}

std::int64_t World::list_price(const TrueItem& item, int day) const {
    auto price = item.price;
    for (const auto& change : item.price_changes)
        if (change.day <= day) price = change.price;
    return price;
}

std::int64_t World::paid_price(const TrueItem& item, int day) const {
    const auto* on = promotion(item, day);
    const auto list = list_price(item, day);
    return on == nullptr ? list : rounded(static_cast<double>(list) * (1 - on->discount));
}

std::int64_t World::competitor_price(const TrueItem& item, int day) const {
    const auto week = week_start(this->day(day)).time_since_epoch().count();
    Random random(options.seed, Purpose::competitor, item.index, week);
    return rounded(static_cast<double>(item.price) * random.between(0.85, 1.15));
}

Holiday World::holiday(int index) const {
    using namespace std::chrono;
    const auto date = day(index);
    const year_month_day parts(date);
    const auto is = [&](month_day what) { return parts.month() == what.month() && parts.day() == what.day(); };
    if (is(January / 1)) return {"New Year's Day", true, 0.6};
    if (is(December / 25)) return {"Christmas Day", true, 0.3};
    if (is(December / 26)) return {"Boxing Day", true, 1.3};
    if (date == Day(parts.year() / November / Thursday[4]) + Days(1)) return {"Black Friday", false, 2};
    return {};
}

std::array<double, regions> World::demand(const TrueItem& item, int index) const {
    std::array<double, regions> units{};
    if (index < item.listed) return units;
    const auto date = day(index);
    const auto weekday = std::chrono::weekday(date).iso_encoding() - 1;
    const auto& category = categories[static_cast<std::size_t>(item.category_index)];
    const auto first_price = static_cast<double>(item.price);
    const double years = static_cast<double>(index - options.days / 2) / 365.25;
    double all = item.rate * category.weekdays[weekday] * exact_power(1 + item.trend, years);
    all *= 1 + item.season * year_wave(date, item.season_peak);
    all *= exact_power(static_cast<double>(list_price(item, index)) / first_price, item.elasticity);
    all *= exact_power(static_cast<double>(competitor_price(item, index)) / first_price, item.cross_elasticity);
    if (const auto* on = promotion(item, index)) all *= uplift(item, *on);
    all *= holiday(index).factor;
    for (std::size_t region = 0; region < regions; ++region) {
        const double degrees = temperature[static_cast<std::size_t>(index)][region] - 12;
        units[region] = std::max(0.0, all * region_share[region] * (1 + item.weather * degrees));
    }
    return units;
}

double uplift(const TrueItem& item, const Promotion& promotion) {
    return exact_power(1 - promotion.discount, item.elasticity) * promotion.display;
}

Result<> check(const WorldOptions& options) {
    const auto wrong = [](const char* message, const char* option) {
        return fail(ErrorCode::invalid_argument, message, option);
    };
    if (options.items < 1) return wrong("a shop needs at least one item", "items");
    if (options.days < 1) return wrong("a shop is simulated for at least one day", "days");
    if (options.customers < regions) return wrong("a shop needs a customer for each of its 3 regions", "customers");
    if (options.currency.size() != 3) return wrong("a currency is three letters, as GBP", "currency");
    return {};
}

World make_world(const WorldOptions& options) {
    constexpr int suppliers = 12;
    World world{.options = options};
    for (int i = 0; i < suppliers; ++i) world.suppliers.push_back(make_supplier(options, i));
    for (int i = 0; i < options.items; ++i) world.items.push_back(make_item(options, i, suppliers));
    world.temperature = make_weather(world);
    return world;
}

}  // namespace suanpan::world
