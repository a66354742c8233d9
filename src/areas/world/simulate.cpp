#include "areas/world/simulate.h"

#include <algorithm>
#include <cmath>

#include "areas/world/random.h"

namespace suanpan::world {
namespace {

enum Stream : std::uint64_t {
    demand_stream = 1'000'000'000,
    lead_stream = 2'000'000'000,
    order_stream = 3'000'000'000
};

Random stream(const World& world, Stream kind, int item, int day) {
    return {world.options.seed, kind + static_cast<std::uint64_t>(item) * 100'000 + static_cast<std::uint64_t>(day)};
}

}  // namespace

std::int64_t plain_rule(const World& world, int item, int, const ItemDay& state) {
    const double rate = world.items[static_cast<std::size_t>(item)].rate;
    const auto position = static_cast<double>(state.on_hand + state.on_order);
    if (position >= std::max(1.0, 10 * rate)) return 0;
    return static_cast<std::int64_t>(std::ceil(std::max(2.0, 21 * rate) - position));
}

Simulation::Simulation(const World& world, OrderRule rule)
    : world_(world), rule_(std::move(rule)), deliveries_(world.items.size()) {
    for (const auto& item : world.items) on_hand_.push_back(std::max<std::int64_t>(2, std::llround(15 * item.rate)));
}

void Simulation::receive(int item, ItemDay& state) {
    auto& waiting = deliveries_[static_cast<std::size_t>(item)];
    for (const auto& delivery : waiting)
        if (delivery.day <= day_) state.received += delivery.units;
    std::erase_if(waiting, [&](const Delivery& delivery) { return delivery.day <= day_; });
    on_hand_[static_cast<std::size_t>(item)] += state.received;
}

void Simulation::sell(int index, ItemDay& state, DayResult& result) {
    const auto& item = world_.items[static_cast<std::size_t>(index)];
    auto random = stream(world_, demand_stream, index, day_);
    auto& on_hand = on_hand_[static_cast<std::size_t>(index)];
    for (int region = 0; region < regions; ++region) {
        auto wanted = random.poisson(world_.demand(item, day_, region));
        state.demanded += wanted;
        while (wanted > 0) {
            const auto quantity = std::min({wanted, 1 + random.below(3), on_hand});
            if (quantity == 0) break;
            const auto price = static_cast<double>(item.price) * (1 - world_.discount(item, day_));
            result.lines.push_back({.item = index,
                                    .region = region,
                                    .day = day_,
                                    .quantity = quantity,
                                    .unit_price = std::llround(price),
                                    .cancelled = random.chance(0.01)});
            wanted -= quantity;
            on_hand -= quantity;
            state.sold += quantity;
        }
        state.lost += wanted;
    }
}

void Simulation::order(int index, ItemDay& state) {
    const auto& supplier =
        world_.suppliers[static_cast<std::size_t>(world_.items[static_cast<std::size_t>(index)].supplier)];
    auto& waiting = deliveries_[static_cast<std::size_t>(index)];
    state.on_hand = on_hand_[static_cast<std::size_t>(index)];
    for (const auto& delivery : waiting) state.on_order += delivery.units;
    auto units = rule_(world_, index, day_, state);
    if (units <= 0) return;
    units = std::max(units, supplier.minimum_units);
    units = (units + supplier.pack_size - 1) / supplier.pack_size * supplier.pack_size;
    auto random = stream(world_, lead_stream, index, day_);
    const auto days =
        std::max<std::int64_t>(1, std::llround(supplier.lead_time_days + supplier.lead_time_sd_days * random.normal()));
    waiting.push_back({day_ + static_cast<int>(days), units});
    state.on_order += units;
}

// Lines of one region and day share orders of some three lines, each of one customer.
void Simulation::group(DayResult& result) const {
    auto random = stream(world_, order_stream, 0, day_);
    const auto orders = std::max<std::int64_t>(1, std::ssize(result.lines) / 3);
    for (auto& line : result.lines)
        line.order = (random.below(orders) * regions + line.region) + std::int64_t{day_} * 100'000;
    std::ranges::stable_sort(result.lines, std::less<>{}, &Line::order);
    for (auto& line : result.lines) {
        Random own(world_.options.seed, order_stream + static_cast<std::uint64_t>(line.order) * 7);
        // A square makes few customers buy often.
        const double share = own.uniform();
        line.customer = static_cast<std::int64_t>(share * share * world_.options.customers);
        line.minute = static_cast<int>(own.below(16 * 60)) + 7 * 60;
    }
}

DayResult Simulation::step() {
    DayResult result{.day = day_, .lines = {}, .items = std::vector<ItemDay>(world_.items.size())};
    for (int item = 0; item < std::ssize(world_.items); ++item) {
        auto& state = result.items[static_cast<std::size_t>(item)];
        receive(item, state);
        sell(item, state, result);
        order(item, state);
    }
    group(result);
    ++day_;
    return result;
}

}  // namespace suanpan::world
