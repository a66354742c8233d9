#pragma once

#include <functional>
#include <vector>

#include "areas/world/shop_model.h"

namespace suanpan::world {

struct Line {
    std::int64_t order = 0;
    int item = 0, region = 0, day = 0;
    std::int64_t quantity = 0, unit_price = 0, customer = 0;
    int minute = 0;  // of the day
    bool cancelled = false;
};

struct ItemDay {
    std::int64_t received = 0, demanded = 0, sold = 0, lost = 0, on_hand = 0, on_order = 0;  // at the day's end
};

struct DayResult {
    int day = 0;
    std::vector<Line> lines;     // by order
    std::vector<ItemDay> items;  // one an item
};

// How much to order of an item at a day's end, before packs and minimums.
using OrderRule = std::function<std::int64_t(const World&, int item, int day, const ItemDay& state)>;

// Orders up to 21 days of the average rate as soon as less than 10 are left: the plain (s, S) of a shop without a loop.
[[nodiscard]] std::int64_t plain_rule(const World& world, int item, int day, const ItemDay& state);

// A shop that is advanced a day at a time; demand is the same whatever is ordered, so that rules can be compared.
class Simulation {
  public:
    Simulation(const World& world, OrderRule rule);
    [[nodiscard]] DayResult step();
    [[nodiscard]] bool done() const { return day_ >= world_.options.days; }

  private:
    struct Delivery {
        int day;
        std::int64_t units;
    };
    void receive(int item, ItemDay& state);
    void sell(int item, ItemDay& state, DayResult& result);
    void order(int item, ItemDay& state);
    void group(DayResult& result) const;

    const World& world_;
    OrderRule rule_;
    int day_ = 0;
    std::vector<std::int64_t> on_hand_;
    std::vector<std::vector<Delivery>> deliveries_;
};

}  // namespace suanpan::world
