#pragma once

#include <filesystem>

#include "areas/world/shop_model.h"
#include "platform/base/result.h"

namespace suanpan::world {

struct ExportReport {
    std::int64_t order_lines = 0, returns = 0, lost_units = 0;
    std::int64_t duplicated_lines = 0, broken_lines = 0;  // the dirt that every export has, counted for the tests
};

// Writes what a real shop would export (items, suppliers, places, customers, orders, returns, stock, promotions,
// calendar, as CSV), and truth/truth.csv and truth/items.csv beside it, which only tests read.
[[nodiscard]] Result<ExportReport> export_shop(const World& world, const std::filesystem::path& folder);

}  // namespace suanpan::world
