#include "areas/world/export.h"

#include <format>
#include <fstream>

#include "areas/world/random.h"
#include "areas/world/simulate.h"

namespace suanpan::world {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, regions> region_names = {"north", "south", "coast"};

std::string money(std::int64_t minor) {
    return std::format("{}.{:02}", minor / 100, minor % 100);
}

std::string clock(Day day, int minute) {
    return std::format("{} {:02}:{:02}:00", suanpan::format(day), minute / 60, minute % 60);
}

struct Files {
    std::ofstream orders, returns, stock, truth;
};

Result<std::ofstream> begin(const fs::path& file, std::string_view header) {
    std::ofstream stream(file);
    if (!(stream << header << '\n')) return fail(ErrorCode::io, "the file cannot be written", file.string());
    return stream;
}

Result<> write_items(const World& world, const fs::path& folder) {
    auto items = TRY(begin(folder / "items.csv", "sku,title,category,cost,price,supplier,created"));
    auto truth = TRY(begin(folder / "truth/items.csv", "sku,rate,trend,season,elasticity,cross_elasticity,weather"));
    for (const auto& item : world.items) {
        items << std::format("{},{},{},{},{},{},{}\n", item.sku, item.title, item.category, money(item.cost),
                             money(item.price), world.suppliers[static_cast<std::size_t>(item.supplier)].id,
                             suanpan::format(world.day(item.listed)));
        truth << std::format("{},{},{},{},{},{},{}\n", item.sku, item.rate, item.trend, item.season, item.elasticity,
                             item.cross_elasticity, item.weather);
    }
    auto promotions = TRY(begin(folder / "promotions.csv", "promotion,sku,from,to,discount"));
    for (const auto& item : world.items)
        for (const auto& promotion : item.promotions)
            promotions << std::format("{}-{},{},{},{},{:.2f}\n", item.sku, promotion.first, item.sku,
                                      suanpan::format(world.day(promotion.first)),
                                      suanpan::format(world.day(promotion.last)), promotion.discount);
    return {};
}

Result<> write_partners(const World& world, const fs::path& folder) {
    auto suppliers =
        TRY(begin(folder / "suppliers.csv", "supplier,name,lead_time_days,lead_time_sd_days,pack,minimum"));
    for (const auto& supplier : world.suppliers)
        suppliers << std::format("{},{},{},{:.2f},{},{}\n", supplier.id, supplier.title, supplier.lead_time_days,
                                 supplier.lead_time_sd_days, supplier.pack_size, supplier.minimum_units);
    auto places = TRY(begin(folder / "places.csv", "place,name,country"));
    for (const auto* region : region_names) places << std::format("{},{},GB\n", region, region);
    auto calendar = TRY(begin(folder / "calendar.csv", "day,name,holiday,closed"));
    for (int day = 0; day < world.options.days; ++day) {
        const std::chrono::year_month_day date(world.day(day));
        if (date.month() == std::chrono::December && date.day() == std::chrono::day(25))
            calendar << std::format("{},Christmas Day,true,false\n", suanpan::format(world.day(day)));
    }
    return {};
}

std::string order_line(const World& world, const Line& line, int number) {
    const auto& item = world.items[static_cast<std::size_t>(line.item)];
    return std::format("O{},{},{},{},{},{},C{:05},{},{}\n", line.order, number, clock(world.day(line.day), line.minute),
                       item.sku, line.quantity, money(line.unit_price), line.customer,
                       region_names[static_cast<std::size_t>(line.region)], line.cancelled ? "cancelled" : "shipped");
}

// Each export has some rows that are wrong: a line that is there twice, a quantity that is no number, an empty code.
void write_lines(const World& world, const DayResult& day, Files& files, ExportReport& report) {
    Random random(world.options.seed, 9'000'000'000ULL + static_cast<std::uint64_t>(day.day));
    int number = 0;
    std::int64_t order = -1;
    for (const auto& line : day.lines) {
        number = line.order == order ? number + 1 : 1;
        order = line.order;
        const auto text = order_line(world, line, number);
        files.orders << text;
        ++report.order_lines;
        if (random.chance(0.002)) {
            files.orders << text;
            ++report.duplicated_lines;
        }
        if (random.chance(0.0005)) {
            files.orders << std::format("O{},{},{},,{},{},,,shipped\n", line.order, 900 + number,
                                        clock(world.day(line.day), line.minute), random.chance(0.5) ? "two" : "1",
                                        money(line.unit_price));
            ++report.broken_lines;
        }
        if (!line.cancelled && random.chance(0.03)) {
            const int back = line.day + 3 + static_cast<int>(random.below(17));
            if (back >= world.options.days) continue;
            files.returns << std::format(
                "R{}-{},O{},{},{},1,{},C{:05}\n", line.order, number, line.order, clock(world.day(back), line.minute),
                world.items[static_cast<std::size_t>(line.item)].sku, money(line.unit_price), line.customer);
            ++report.returns;
        }
    }
}

void write_stock(const World& world, const DayResult& result, Files& files, ExportReport& report) {
    const bool last = result.day + 1 == world.options.days;
    const bool counted = last || std::chrono::weekday(world.day(result.day)) == std::chrono::Sunday;
    for (std::size_t i = 0; i < result.items.size(); ++i) {
        const auto& state = result.items[i];
        const auto& sku = world.items[i].sku;
        report.lost_units += state.lost;
        const auto day = suanpan::format(world.day(result.day));
        if (counted) files.stock << std::format("{},{},warehouse,{},{}\n", day, sku, state.on_hand, state.on_order);
        if (state.demanded > 0)
            files.truth << std::format("{},{},{},{},{}\n", day, sku, state.demanded, state.sold, state.lost);
    }
}

}  // namespace

Result<ExportReport> export_shop(const World& world, const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder / "truth", error);
    if (error) return fail(ErrorCode::io, "the folder cannot be made: " + error.message(), folder.string());
    TRY(write_items(world, folder));
    TRY(write_partners(world, folder));
    auto customers = TRY(begin(folder / "customers.csv", "customer,region"));
    for (int i = 0; i < world.options.customers; ++i)
        customers << std::format("C{:05},{}\n", i, region_names[static_cast<std::size_t>(i % regions)]);
    Files files{TRY(begin(folder / "orders.csv", "order,line,placed,sku,quantity,price,customer,region,status")),
                TRY(begin(folder / "returns.csv", "return,order,returned,sku,quantity,refund,customer")),
                TRY(begin(folder / "stock.csv", "day,sku,place,on_hand,on_order")),
                TRY(begin(folder / "truth/truth.csv", "day,sku,demanded,sold,lost"))};
    ExportReport report;
    for (Simulation simulation(world, plain_rule); !simulation.done();) {
        const auto day = simulation.step();
        write_lines(world, day, files, report);
        write_stock(world, day, files, report);
    }
    files.orders.flush();
    files.stock.flush();
    if (!files.orders || !files.stock || !files.returns || !files.truth)
        return fail(ErrorCode::no_space, "the files could not be written whole; is the disk full?", folder.string());
    return report;
}

}  // namespace suanpan::world
