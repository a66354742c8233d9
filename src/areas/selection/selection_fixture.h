#pragma once

#include <fmt/format.h>

#include <random>

#include "areas/selection/history.h"

// A small shop with known truth. Only tests include this.
namespace suanpan::selection {

inline constexpr Day test_begin = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);

// Items sell about once in two days at a rate of their own; half of them are of a kind, "comet", that doubles every 28
// days from day 100 on, while "anvil" sinks as fast. Prices are 10.00, cost 4.00.
inline History small_shop(int items = 80, int days = 260) {
    History history{.first = test_begin, .last = test_begin + Days(days - 1), .items = {}};
    std::mt19937 draw(7);
    for (int i = 0; i < items; ++i) {
        const bool comet = i % 2 == 0;
        Item item{.id = fmt::format("{:03}", i),
                  .title = fmt::format("{} LAMP {}", comet ? "COMET" : "ANVIL", i),
                  .category = comet ? "space" : "iron",
                  .unit_cost = 400,
                  .days = {},
                  .signs = {}};
        const double rate = 0.5 + 2.0 * (i / 2) / items;
        for (int d = 0; d < days; ++d) {
            const double grown = rate * std::exp2((comet ? 1 : -1) * std::max(0, d - 100) / 28.0 / 2);
            const auto units = static_cast<float>(std::poisson_distribution<int>(grown)(draw));
            if (units == 0 && d > 0) continue;
            item.days.push_back({.day = test_begin + Days(d),
                                 .units = units,
                                 .revenue = 1000 * units,
                                 .orders = units,
                                 .customers = units,
                                 .basket = 2,
                                 .settled_units = units,
                                 .settled_revenue = 1000 * units,
                                 .settled_profit = 600 * units});
        }
        history.items.push_back(std::move(item));
    }
    return history;
}

// The same until the morning of a day, and nonsense from then on.
inline History corrupted_from(History history, Day day) {
    std::mt19937 draw(3);
    for (auto& item : history.items) {
        for (auto& d : item.days) {
            if (d.day < day) continue;
            const auto x = static_cast<float>(draw() % 100'000);
            d = {d.day, x, x * 77, x, x, x, x / 3, x * 5, 99 * x, 9 * x, x * x};
        }
        for (auto& s : item.signs)
            if (s.day >= day) s.value = draw() % 1000;
    }
    return history;
}

}  // namespace suanpan::selection
