#include "areas/world/export.h"

#include <fmt/format.h>

#include <algorithm>

#include "areas/world/csv.h"
#include "areas/world/random.h"
#include "areas/world/truth.h"

namespace suanpan::world {
namespace {

namespace fs = std::filesystem;

constexpr double duplicated_share = 0.002, broken_share = 0.0005, returned_share = 0.03;

struct Returned {
    int day = 0;
    std::string row;
};

// The files that grow with every day.
class Exporter {
  public:
    Exporter(const World& world, std::ofstream orders, std::ofstream stock)
        : world_(world), orders_(std::move(orders)), stock_(std::move(stock)) {}
    void write(const DayResult& day);
    [[nodiscard]] Result<ExportReport> finish_all(const fs::path& folder);

  private:
    void write_line(const Line& line, int number, Random& dirt);
    void write_dirt(const Line& line, int number, const std::string& row, Random& dirt);
    void send_back(const Line& line, int number);
    void write_stock(const DayResult& result);
    [[nodiscard]] std::string row(const Line& line, int number, std::string_view sku, std::string_view quantity) const;

    const World& world_;
    std::ofstream orders_, stock_;
    std::vector<Returned> returned_;
    ExportReport report_;
};

std::string Exporter::row(const Line& line, int number, std::string_view sku, std::string_view quantity) const {
    const auto& currency = world_.options.currency;
    return fmt::format("O{},{},{},{},{},{},{},C{:05},{},{}\n", line.order, number,
                       local_time(world_.day(line.day), line.minute), sku, quantity, amount(line.unit_price, currency),
                       amount(line.list_price - line.unit_price, currency), line.customer,
                       region_names[static_cast<std::size_t>(line.region)], line.cancelled ? "cancelled" : "shipped");
}

// Dirt is added and never replaces a right row, so that what can be used adds up to what was sold.
void Exporter::write_dirt(const Line& line, int number, const std::string& row, Random& dirt) {
    if (dirt.chance(duplicated_share)) {
        orders_ << row;
        ++report_.duplicated_lines;
    }
    if (!dirt.chance(broken_share)) return;
    const bool number_is_bad = dirt.chance(0.5);
    const auto& sku = world_.items[static_cast<std::size_t>(line.item)].sku;
    orders_ << this->row(line, 900 + number, number_is_bad ? sku : "", number_is_bad ? "two" : "1");
    ++(number_is_bad ? report_.bad_numbers : report_.missing_codes);
    ++report_.broken_lines;
}

void Exporter::send_back(const Line& line, int number) {
    Random random(world_.options.seed, Purpose::returns, line.order, number);
    if (line.cancelled || !random.chance(returned_share)) return;
    const int day = line.day + 3 + static_cast<int>(random.below(17));
    if (day >= world_.options.days) return;
    returned_.push_back({day, fmt::format("R{}-{},O{},{},{},1,{},C{:05}\n", line.order, number, line.order,
                                          local_time(world_.day(day), line.minute),
                                          world_.items[static_cast<std::size_t>(line.item)].sku,
                                          amount(line.unit_price, world_.options.currency), line.customer)});
}

void Exporter::write_line(const Line& line, int number, Random& dirt) {
    const auto& sku = world_.items[static_cast<std::size_t>(line.item)].sku;
    const auto text = row(line, number, sku, std::to_string(line.quantity));
    orders_ << text;
    ++report_.order_lines;
    write_dirt(line, number, text, dirt);
    send_back(line, number);
}

// Counted on Sundays, on the last day, and whenever an item has run out.
void Exporter::write_stock(const DayResult& result) {
    const bool counted =
        result.day + 1 == world_.options.days || std::chrono::weekday(world_.day(result.day)) == std::chrono::Sunday;
    const auto day = suanpan::format(world_.day(result.day));
    for (std::size_t i = 0; i < result.items.size(); ++i) {
        const auto& state = result.items[i];
        report_.sold_units += state.sold;
        report_.lost_units += state.lost;
        if (result.day >= world_.items[i].listed && (counted || state.on_hand == 0))
            stock_ << fmt::format("{},{},warehouse,{},{}\n", day, world_.items[i].sku, state.on_hand, state.on_order);
    }
}

void Exporter::write(const DayResult& day) {
    Random dirt(world_.options.seed, Purpose::dirt, day.day);
    int number = 0;
    std::int64_t order = -1;
    for (const auto& line : day.lines) {
        number = line.order == order ? number + 1 : 1;
        order = line.order;
        write_line(line, number, dirt);
    }
    write_stock(day);
}

Result<ExportReport> Exporter::finish_all(const fs::path& folder) {
    auto returns = TRY(begin(folder / "returns.csv", "return,order,returned,sku,quantity,refund,customer"));
    std::ranges::stable_sort(returned_, std::less<>{}, &Returned::day);
    for (const auto& returned : returned_) returns << returned.row;
    report_.returns = std::ssize(returned_);
    TRY(finish(returns, folder / "returns.csv"));
    TRY(finish(orders_, folder / "orders.csv"));
    TRY(finish(stock_, folder / "stock.csv"));
    return report_;
}

}  // namespace

Result<ExportReport> export_shop(const World& world, const fs::path& folder, const OrderPolicy& policy) {
    TRY(check(world.options));
    std::error_code error;
    fs::create_directories(folder / "truth", error);
    if (error) return fail(ErrorCode::io, "the folder cannot be made: " + error.message(), folder.string());
    TRY(write_tables(world, folder));
    Exporter exporter(
        world,
        TRY(begin(folder / "orders.csv", "order,line,placed,sku,quantity,price,discount,customer,region,status")),
        TRY(begin(folder / "stock.csv", "day,sku,place,on_hand,on_order")));
    Truth truth(world);
    for (Shop shop(world); !shop.done();) {
        const auto day = TRY(shop.step(decide(shop, policy)));
        exporter.write(day);
        truth.add(day);
    }
    const auto report = TRY(exporter.finish_all(folder));
    TRY(truth.write(folder / "truth/truth.json", report));
    return report;
}

}  // namespace suanpan::world
