#pragma once

#include <string>
#include <vector>

#include "areas/stock/candidates.h"

// For the tests of this folder.
namespace suanpan::stock {

// Uniform on 0 to 100 over 14 days, 20 of them there; up to 90 at a service level of 0.9.
inline Candidate uniform_item(const std::string& id) {
    Candidate item{.item_id = id, .title = "thing " + id};
    item.unit_cost = 200;
    item.unit_price = 500;
    item.on_hand = 20;
    item.on_order = 0;
    item.levels = {0, 0.5, 1};
    item.window_quantiles = {0, 50, 100};
    item.window_mean = 50;
    item.window_periods = 14;
    item.period_days = 1;
    item.mean = std::vector<double>(28, 50.0 / 14);
    return item;
}

}  // namespace suanpan::stock
