#pragma once

#include <string>
#include <vector>

#include "areas/stock/plan.h"

namespace suanpan::stock {

enum class Trouble { runs_out, never_sells, overstock };
[[nodiscard]] std::string_view name(Trouble trouble);  // "runs_out"

struct ExceptionOptions {
    double likely = 0.5;         // runs_out: at least this chance to be empty before an order of today can arrive
    double quiet_days = 90;      // never_sells: no sale for so long, of something that lies there
    double longest_cover = 180;  // overstock: lasts longer at expected demand
};
// Settings stock.exception_chance, stock.quiet_days, stock.largest_cover_days.
[[nodiscard]] ExceptionOptions exception_options(const store::Settings& settings);

// A product with counted stock.
struct CountedStock {
    std::string item_id, title;
    std::int64_t on_hand = 0, on_order = 0;
    std::int64_t unit_cost = 0, unit_price = 0;  // minor units; 0: unknown
    std::int64_t quiet_days = -1;                // since the last sale; -1: never sold
    std::int64_t listed_days = -1;               // since it was listed; -1: unknown
};

struct StockException {
    Trouble trouble = Trouble::runs_out;
    std::string item_id, title;
    std::int64_t on_hand = 0, on_order = 0;
    double days_until_empty = 0;  // at expected demand; 9999 where none is expected
    double lead_time_days = 0, chance = 0;
    double at_stake = 0;  // minor units: margin missed in the lead time, or cost of what lies too long
    std::int64_t quiet_days = -1;
    std::string text_en, text_zh;
};

// What a planner looks at first, worst first: what will run out before it can arrive, by margin at stake; then what
// lies there and does not sell, and what would last too long, by the money bound in it.
[[nodiscard]] std::vector<StockException> find_exceptions(const std::vector<CountedStock>& stock,
                                                          const std::vector<Planned>& planned,
                                                          const ExceptionOptions& options);

[[nodiscard]] Result<std::vector<CountedStock>> read_counted(store::Connection& connection, Day as_of);

}  // namespace suanpan::stock
