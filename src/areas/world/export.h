#pragma once

#include <cstdint>
#include <filesystem>

#include "areas/world/shop_model.h"
#include "areas/world/simulate.h"
#include "platform/base/result.h"

namespace suanpan::world {

struct ExportReport {
    std::int64_t order_lines = 0, returns = 0;  // rows that are right
    std::int64_t sold_units = 0, lost_units = 0;
    // The dirt that every export has: rows that are there twice, and rows with a quantity that is no number or without
    // a code of an item. truth.json counts the same.
    std::int64_t duplicated_lines = 0, bad_numbers = 0, missing_codes = 0;
    std::int64_t broken_lines = 0;  // bad_numbers + missing_codes
};

// Writes what a real shop would export, a CSV file a table (README.md has the columns), and truth/truth.json beside it,
// which only tests and trials read. The same world and policy give the same bytes.
// Errors: options that make no shop; a folder or file that cannot be written.
[[nodiscard]] Result<ExportReport> export_shop(const World& world, const std::filesystem::path& folder,
                                               const OrderPolicy& policy = plain_policy);

}  // namespace suanpan::world
