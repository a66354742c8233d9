#pragma once

#include <string>
#include <vector>

#include "platform/base/time.h"

namespace suanpan::stock {

// Something that was known before the day: a promotion, a holiday. One value a series and day, like DailyPanel::sales.
struct Driver {
    std::string name;
    bool by_weekday = false;  // its effect depends on the weekday, and on whether it held a week before
    std::vector<float> values;
};

// Sales of many series (an item at a place) by day, all over the same days; series after series.
struct DailyPanel {
    Day first;  // the day of column 0
    std::size_t days = 0;
    std::vector<std::string> ids;  // one a series
    std::vector<int> classes;      // one a series, from 0: series of a class share what they have too little data for
    std::vector<double> sales;     // ids.size() x days, not negative
    std::vector<unsigned char> open;  // the same shape; 0 where nothing could be sold, which was known ahead
    std::vector<Driver> drivers;

    [[nodiscard]] std::size_t series() const { return ids.size(); }
    [[nodiscard]] std::size_t at(std::size_t series, std::size_t day) const { return series * days + day; }
};

}  // namespace suanpan::stock
