#pragma once

#include <functional>
#include <span>
#include <vector>

#include "areas/world/shop_model.h"
#include "platform/base/result.h"

namespace suanpan::world {

struct Line {
    std::int64_t order = 0;
    int item = 0, region = 0, day = 0;
    std::int64_t quantity = 0, unit_price = 0, list_price = 0;  // prices in minor units
    std::int64_t customer = 0;
    int minute = 0;  // of the day
    bool cancelled = false;
};

// What became of an item on a day: demanded = sold + cancelled + lost, and
// on_hand = on_hand of the day before + received - sold. Cancelled units never leave the shelf, and what customers send
// back is not sold again.
struct ItemDay {
    std::int64_t received = 0, demanded = 0, sold = 0, cancelled = 0, lost = 0;
    std::int64_t on_hand = 0, on_order = 0;  // at the day's end
};

struct DayResult {
    int day = 0;
    std::vector<Line> lines;     // by order
    std::vector<ItemDay> items;  // one an item
};

// What a buyer knows of an item in the morning: no true rate, no demand that was lost.
struct ItemView {
    int item = 0, day = 0;
    bool listed = false;
    std::int64_t on_hand = 0, on_order = 0;
    double recent_daily_sales = 0;  // smoothed over some four weeks, days without stock left out
    const TrueSupplier* supplier = nullptr;
};

// How many units to order of an item this morning, before packs and minimums; 0 or less is none.
using OrderPolicy = std::function<std::int64_t(const ItemView&)>;

// The plain (s, S) of a shop without a loop: as soon as less than 10 days of recent sales are left, order up to 21
// days.
[[nodiscard]] std::int64_t plain_policy(const ItemView& view);

// A shop that is advanced a day at a time by the orders it is given, so that ordering policies can be tried in closed
// loop. Demand is the same whatever is ordered (common random numbers): two policies meet the same customers.
class Shop {
  public:
    explicit Shop(const World& world);
    explicit Shop(World&&) = delete;  // the world must outlive the shop

    [[nodiscard]] int day() const { return day_; }  // the next to come, from 0
    [[nodiscard]] bool done() const { return day_ >= world_.options.days; }
    [[nodiscard]] std::vector<ItemView> views() const;
    // Units to order of each item this morning, raised to the supplier's minimum and whole packs; none where empty.
    // Then the day happens. Errors: the last day is over; another number of orders than items; a negative order or one
    // beyond 10^9.
    [[nodiscard]] Result<DayResult> step(std::span<const std::int64_t> orders = {});

  private:
    struct Delivery {
        int day;
        std::int64_t units;
    };
    struct Shelf {
        std::int64_t on_hand = 0;
        double recent_daily_sales = 0;
        std::vector<Delivery> waiting;
    };
    void open(int item, Shelf& shelf) const;
    [[nodiscard]] Result<> check(std::span<const std::int64_t> orders) const;
    [[nodiscard]] ItemDay receive(Shelf& shelf) const;
    void order(int item, std::int64_t units, Shelf& shelf) const;
    void sell(int item, Shelf& shelf, DayResult& result) const;
    void group(DayResult& result) const;

    const World& world_;
    int day_ = 0;
    std::vector<Shelf> shelves_;
};

[[nodiscard]] std::vector<std::int64_t> decide(const Shop& shop, const OrderPolicy& policy);

}  // namespace suanpan::world
