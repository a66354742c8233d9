#pragma once

#include "areas/demand/method.h"

namespace suanpan::demand {

// A window's forecast in parts that add up to it.
struct Contributions {
    double base = 0;  // the level, in a mean season
    double trend = 0;
    std::vector<double> season;  // a value a period: what the season adds to level and trend
    double cut = 0;              // what is added where the parts alone would be below zero
    double alike = 0;            // what the beginnings of other items add to a new item's own sales

    [[nodiscard]] double sum() const;
};

// Of mean(path, window), summed.
[[nodiscard]] Contributions contributions(const Path& path, int window);

}  // namespace suanpan::demand
