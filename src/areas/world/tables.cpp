#include <fmt/format.h>

#include "areas/world/csv.h"
#include "platform/base/money.h"

namespace suanpan::world {
namespace {

namespace fs = std::filesystem;

std::string date(const World& world, int day) {
    return suanpan::format(world.day(day));
}

Result<> write_items(const World& world, const fs::path& file) {
    auto rows = TRY(begin(file, "sku,title,category,cost,price,supplier,created"));
    const auto& currency = world.options.currency;
    for (const auto& item : world.items)
        rows << fmt::format("{},{},{},{},{},{},{}\n", item.sku, item.title, item.category, amount(item.cost, currency),
                            amount(world.list_price(item, world.options.days - 1), currency),
                            world.suppliers[static_cast<std::size_t>(item.supplier)].id, date(world, item.listed));
    return finish(rows, file);
}

Result<> write_prices(const World& world, const fs::path& file) {
    auto rows = TRY(begin(file, "day,sku,price"));
    for (const auto& item : world.items) {
        rows << fmt::format("{},{},{}\n", date(world, item.listed), item.sku,
                            amount(item.price, world.options.currency));
        for (const auto& change : item.price_changes)
            rows << fmt::format("{},{},{}\n", date(world, change.day), item.sku,
                                amount(change.price, world.options.currency));
    }
    return finish(rows, file);
}

Result<> write_promotions(const World& world, const fs::path& file) {
    auto rows = TRY(begin(file, "promotion,sku,from,to,discount"));
    for (const auto& item : world.items)
        for (const auto& promotion : item.promotions)
            rows << fmt::format("{}-{},{},{},{},{:.2f}\n", item.sku, promotion.first, item.sku,
                                date(world, promotion.first), date(world, promotion.last), promotion.discount);
    return finish(rows, file);
}

Result<> write_competitor_prices(const World& world, const fs::path& file) {
    auto rows = TRY(begin(file, "day,sku,competitor,price"));
    for (int day = 0; day < world.options.days; ++day) {
        const bool monday = std::chrono::weekday(world.day(day)) == std::chrono::Monday;
        if (!monday && day > 0) continue;
        const auto text = date(world, day);
        for (const auto& item : world.items)
            rows << fmt::format("{},{},rival,{}\n", text, item.sku,
                                amount(world.competitor_price(item, day), world.options.currency));
    }
    return finish(rows, file);
}

Result<> write_suppliers(const World& world, const fs::path& file) {
    auto rows = TRY(begin(file, "supplier,name,lead_time_days,lead_time_sd_days,pack,minimum"));
    for (const auto& supplier : world.suppliers)
        rows << fmt::format("{},{},{},{:.2f},{},{}\n", supplier.id, supplier.title, supplier.lead_time_days,
                            supplier.lead_time_sd_days, supplier.pack_size, supplier.minimum_units);
    return finish(rows, file);
}

Result<> write_people(const World& world, const fs::path& folder) {
    auto places = TRY(begin(folder / "places.csv", "place,name,country"));
    for (const auto region : region_names) places << fmt::format("{},{},GB\n", region, region);
    TRY(finish(places, folder / "places.csv"));
    auto customers = TRY(begin(folder / "customers.csv", "customer,region"));
    for (int i = 0; i < world.options.customers; ++i)
        customers << fmt::format("C{:05},{}\n", i, region_names[static_cast<std::size_t>(i % regions)]);
    return finish(customers, folder / "customers.csv");
}

Result<> write_days(const World& world, const fs::path& folder) {
    auto calendar = TRY(begin(folder / "calendar.csv", "day,name,holiday,closed"));
    for (int day = 0; day < world.options.days; ++day)
        if (const auto special = world.holiday(day); !special.title.empty())
            calendar << fmt::format("{},{},{},false\n", date(world, day), special.title, special.holiday);
    auto weather = TRY(begin(folder / "weather.csv", "day,region,temperature"));
    for (int day = 0; day < world.options.days + weather_ahead; ++day)
        for (std::size_t region = 0; region < regions; ++region)
            weather << fmt::format("{},{},{:.1f}\n", date(world, day), region_names[region],
                                   world.temperature[static_cast<std::size_t>(day)][region]);
    TRY(finish(calendar, folder / "calendar.csv"));
    return finish(weather, folder / "weather.csv");
}

}  // namespace

Result<std::ofstream> begin(const fs::path& file, std::string_view header) {
    std::ofstream stream(file);
    if (!(stream << header << (header.empty() ? "" : "\n")))
        return fail(ErrorCode::io, "the file cannot be written", file.string());
    return stream;
}

Result<> finish(std::ofstream& stream, const fs::path& file) {
    if (!stream.flush())
        return fail(ErrorCode::no_space, "the file could not be written whole; is the disk full?", file.string());
    return {};
}

std::string amount(std::int64_t minor, std::string_view currency) {
    const int digits = minor_digits(currency);
    if (digits == 0) return fmt::format("{}", minor);
    const std::int64_t unit = digits == 3 ? 1000 : 100;
    return fmt::format("{}.{:0{}}", minor / unit, minor % unit, digits);
}

std::string local_time(Day day, int minute) {
    return fmt::format("{} {:02}:{:02}:00", suanpan::format(day), minute / 60, minute % 60);
}

Result<> write_tables(const World& world, const fs::path& folder) {
    TRY(write_items(world, folder / "items.csv"));
    TRY(write_prices(world, folder / "prices.csv"));
    TRY(write_promotions(world, folder / "promotions.csv"));
    TRY(write_competitor_prices(world, folder / "competitor_prices.csv"));
    TRY(write_suppliers(world, folder / "suppliers.csv"));
    TRY(write_people(world, folder));
    return write_days(world, folder);
}

}  // namespace suanpan::world
