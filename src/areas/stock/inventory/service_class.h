#pragma once

#include <array>
#include <string>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::stock {

// How much an item brings in, and how unsteady its demand is.
struct ItemUse {
    double value = 0;      // sold a period, in one currency; negative counts as nothing
    double mean = 0;       // units a period
    double deviation = 0;  // standard deviation of units a period
};

struct ClassOptions {
    double a_share = 0.80, b_share = 0.95;        // of all value: A until the first is passed, B until the second
    double x_variation = 0.5, y_variation = 1.0;  // deviation / mean: X up to the first, Y up to the second
    // Probability that demand is met until the next delivery; rows A, B, C, columns X, Y, Z.
    std::array<std::array<double, 3>, 3> service = {{{0.98, 0.97, 0.95}, {0.97, 0.95, 0.93}, {0.95, 0.93, 0.90}}};
};

struct ServiceClass {
    char abc = 'C', xyz = 'Z';
    double service_level = 0;

    [[nodiscard]] std::string name() const { return {abc, xyz}; }  // "AX"
    bool operator==(const ServiceClass&) const = default;
};

// ABC by value, XYZ by variation (Silver, Pyke and Thomas, 4th ed., section 2.1). An item belongs to A where the items
// of more value bring less than a_share together, so that the biggest is always A. One class an item, in their order.
// Errors: invalid_argument for shares or levels out of order or not between 0 and 1, or use that is not finite.
[[nodiscard]] Result<std::vector<ServiceClass>> classify(const std::vector<ItemUse>& items,
                                                         const ClassOptions& options = {});

}  // namespace suanpan::stock
