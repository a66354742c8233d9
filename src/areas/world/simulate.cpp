#include "areas/world/simulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/world/random.h"

namespace suanpan::world {
namespace {

constexpr double cancelled_share = 0.01;
constexpr double smoothing = 1.0 / 28;             // of recent sales, a day
constexpr std::int64_t orders_a_day = 10'000'000;  // more than any day has, so that order numbers are unique
constexpr std::int64_t largest_order = 1'000'000'000;

std::int64_t in_transit(const auto& waiting) {
    std::int64_t units = 0;
    for (const auto& delivery : waiting) units += delivery.units;
    return units;
}

// The day's demand of an item in each region: negative binomial as a Poisson whose rate is gamma distributed, since a
// day that is good in one region is good in all.
std::array<std::int64_t, regions> draw_demand(const World& world, const TrueItem& item, int day) {
    Random random(world.options.seed, Purpose::demand, item.index, day);
    const auto rates = world.demand(item, day);
    const double shape = item.dispersion > 0 ? 1 / item.dispersion : 0;
    const double factor = shape > 0 ? random.gamma(shape) / shape : 1;
    std::array<std::int64_t, regions> units{};
    for (std::size_t region = 0; region < regions; ++region) units[region] = random.poisson(rates[region] * factor);
    return units;
}

}  // namespace

std::int64_t plain_policy(const ItemView& view) {
    if (!view.listed) return 0;
    const auto position = static_cast<double>(view.on_hand + view.on_order);
    if (position >= std::max(1.0, 10 * view.recent_daily_sales)) return 0;
    return static_cast<std::int64_t>(std::ceil(std::max(2.0, 21 * view.recent_daily_sales) - position));
}

std::vector<std::int64_t> decide(const Shop& shop, const OrderPolicy& policy) {
    std::vector<std::int64_t> orders;
    for (const auto& view : shop.views()) orders.push_back(std::max<std::int64_t>(0, policy(view)));
    return orders;
}

Shop::Shop(const World& world) : world_(world), shelves_(world.items.size()) {
    for (int item = 0; item < std::ssize(shelves_); ++item) open(item, shelves_[static_cast<std::size_t>(item)]);
}

// A shop begins, and lists a new item, with a first guess of what will sell: half to one and a half times the truth.
void Shop::open(int item, Shelf& shelf) const {
    const auto& truth = world_.items[static_cast<std::size_t>(item)];
    Random random(world_.options.seed, Purpose::lead_time, item, -1);
    shelf.recent_daily_sales = truth.rate * random.between(0.5, 1.5);
    const auto units = static_cast<std::int64_t>(std::floor(15 * shelf.recent_daily_sales + 0.5));
    shelf.waiting.push_back({truth.listed, std::max<std::int64_t>(2, units)});
}

std::vector<ItemView> Shop::views() const {
    std::vector<ItemView> views;
    for (std::size_t i = 0; i < shelves_.size(); ++i) {
        const auto& item = world_.items[i];
        const auto& shelf = shelves_[i];
        views.push_back({.item = item.index,
                         .day = day_,
                         .listed = item.listed <= day_,
                         .on_hand = shelf.on_hand,
                         .on_order = in_transit(shelf.waiting),
                         .recent_daily_sales = shelf.recent_daily_sales,
                         .supplier = &world_.suppliers[static_cast<std::size_t>(item.supplier)]});
    }
    return views;
}

void Shop::order(int item, std::int64_t units, Shelf& shelf) const {
    if (units <= 0) return;
    const auto& supplier =
        world_.suppliers[static_cast<std::size_t>(world_.items[static_cast<std::size_t>(item)].supplier)];
    units = std::max(units, supplier.minimum_units);
    units = (units + supplier.pack_size - 1) / supplier.pack_size * supplier.pack_size;
    Random random(world_.options.seed, Purpose::lead_time, item, day_);
    const double days = supplier.lead_time_days + supplier.lead_time_sd_days * random.normal();
    shelf.waiting.push_back({day_ + std::max(1, static_cast<int>(std::floor(days + 0.5))), units});
}

void Shop::sell(int index, Shelf& shelf, DayResult& result) const {
    const auto& item = world_.items[static_cast<std::size_t>(index)];
    auto& state = result.items[static_cast<std::size_t>(index)];
    Random basket(world_.options.seed, Purpose::basket, index, day_);
    const auto demand = draw_demand(world_, item, day_);
    const auto paid = world_.paid_price(item, day_), list = world_.list_price(item, day_);
    for (int region = 0; region < regions; ++region) {
        auto wanted = demand[static_cast<std::size_t>(region)];
        state.demanded += wanted;
        while (wanted > 0 && shelf.on_hand > 0) {
            const auto quantity = std::min({wanted, 1 + basket.below(3), shelf.on_hand});
            const bool cancelled = basket.chance(cancelled_share);
            result.lines.push_back({.item = index,
                                    .region = region,
                                    .day = day_,
                                    .quantity = quantity,
                                    .unit_price = paid,
                                    .list_price = list,
                                    .cancelled = cancelled});
            wanted -= quantity;
            (cancelled ? state.cancelled : state.sold) += quantity;
            if (!cancelled) shelf.on_hand -= quantity;
        }
        state.lost += wanted;
    }
}

// Lines of one region and day share orders of some three lines, each of one customer of that region.
void Shop::group(DayResult& result) const {
    Random random(world_.options.seed, Purpose::grouping, day_);
    const auto orders = std::max<std::int64_t>(1, std::ssize(result.lines) / 3);
    for (auto& line : result.lines)
        line.order = random.below(orders) * regions + line.region + std::int64_t{day_} * orders_a_day;
    std::ranges::stable_sort(result.lines, std::less<>{}, &Line::order);
    for (auto& line : result.lines) {
        Random own(world_.options.seed, Purpose::customer, line.order);
        // A square makes few customers buy often.
        const double share = own.uniform();
        const auto rank = static_cast<std::int64_t>(share * share * (world_.options.customers / regions));
        line.customer = rank * regions + line.region;
        line.minute = static_cast<int>(own.below(16 * 60)) + 7 * 60;
    }
}

ItemDay Shop::receive(Shelf& shelf) const {
    ItemDay state;
    for (const auto& delivery : shelf.waiting)
        if (delivery.day <= day_) state.received += delivery.units;
    std::erase_if(shelf.waiting, [&](const Delivery& delivery) { return delivery.day <= day_; });
    shelf.on_hand += state.received;
    return state;
}

Result<> Shop::check(std::span<const std::int64_t> orders) const {
    if (done()) return fail(ErrorCode::invalid_argument, "the last simulated day is over", "step");
    if (!orders.empty() && orders.size() != shelves_.size())
        return fail(ErrorCode::invalid_argument,
                    fmt::format("{} orders for {} items; give one an item", orders.size(), shelves_.size()), "orders");
    if (std::ranges::any_of(orders, [](std::int64_t units) { return units < 0 || units > largest_order; }))
        return fail(ErrorCode::invalid_argument,
                    fmt::format("an order is negative or above {}; give 0 for none", largest_order), "orders");
    return {};
}

Result<DayResult> Shop::step(std::span<const std::int64_t> orders) {
    TRY(check(orders));
    DayResult result{.day = day_, .lines = {}, .items = std::vector<ItemDay>(shelves_.size())};
    for (std::size_t i = 0; i < shelves_.size(); ++i) {
        auto& shelf = shelves_[i];
        auto& state = result.items[i];
        if (!orders.empty()) order(static_cast<int>(i), orders[i], shelf);
        state = receive(shelf);
        const bool stocked = shelf.on_hand > 0;
        sell(static_cast<int>(i), shelf, result);
        // A new item's first guess stands until it is listed.
        if (stocked) shelf.recent_daily_sales += smoothing * (double(state.sold) - shelf.recent_daily_sales);
        state.on_hand = shelf.on_hand;
        state.on_order = in_transit(shelf.waiting);
    }
    group(result);
    ++day_;
    return result;
}

}  // namespace suanpan::world
