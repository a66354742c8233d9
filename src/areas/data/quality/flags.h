#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/store/connection.h"

// Rows that look wrong. They are flagged, never dropped: a wholesaler's order of 80,000 pieces may be real.
namespace suanpan::data::quality {

struct FlagOptions {
    double threshold = 6;             // robust z: |ln x - median| / (1.4826 MAD), by item
    double least_quantity_sd = 0.35;  // of ln quantity, where most orders are alike
    double least_price_sd = 0.2;      // of ln price
    std::int64_t fewest_rows = 8;     // of an item, to judge by its own spread
    double far_off = 100;             // times the item's median price, or one part in so many, however few rows it has
    double beyond_shop = 1e4;         // times the shop's median price, for an item with a single row
};

struct Flag {
    std::string table_name;  // "order_lines" or "prices"
    std::int64_t load_id = 0, source_line = 0;
    std::optional<std::string> item_id;
    std::string rule;
    double value = 0, expected = 0, score = 0;
};

// Order lines of unusual quantity ("quantity outlier", only large ones) and price ("price outlier", "price far off"),
// and list prices far off their item's median. Writes nothing.
[[nodiscard]] Result<std::vector<Flag>> find_outliers(store::Connection& connection, const FlagOptions& options);

// Writes data.flag anew.
[[nodiscard]] Result<> keep_flags(store::Connection& connection, const std::vector<Flag>& flags);

}  // namespace suanpan::data::quality
