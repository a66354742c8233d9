#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "areas/world/shop_model.h"
#include "platform/base/result.h"

namespace suanpan::world {

// A file begun with its header. Errors: it cannot be made.
[[nodiscard]] Result<std::ofstream> begin(const std::filesystem::path& file, std::string_view header);
// Errors: something could not be written since it was begun.
[[nodiscard]] Result<> finish(std::ofstream& stream, const std::filesystem::path& file);

[[nodiscard]] std::string amount(std::int64_t minor, std::string_view currency);  // "12.34"
[[nodiscard]] std::string local_time(Day day, int minute);                        // "2011-11-14 08:26:00"

// The tables that do not depend on what is sold: items, prices, promotions, competitor_prices, suppliers, places,
// customers, calendar, weather.
[[nodiscard]] Result<> write_tables(const World& world, const std::filesystem::path& folder);

}  // namespace suanpan::world
