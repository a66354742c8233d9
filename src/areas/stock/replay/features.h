#pragma once

#include <cstdint>
#include <vector>

#include "areas/stock/replay/panel.h"

namespace suanpan::stock {

// The explaining variables of one series, a sparse row a day.
struct FeatureRows {
    std::size_t width = 0;
    std::vector<std::uint32_t> begin;  // of each day's entries; one more than days
    std::vector<std::uint16_t> index;
    std::vector<float> value;
};

// Weekday; drivers, those by weekday also with each weekday and with a week and two weeks before; the year and the
// month as waves; December's weeks; days around Easter; the days before and after a day that is closed out of order; a
// trend. All of it is known ahead.
[[nodiscard]] FeatureRows features_of(const DailyPanel& panel, std::size_t series);

[[nodiscard]] Day easter_sunday(int year);  // of the Gregorian calendar, 1583 and later

}  // namespace suanpan::stock
