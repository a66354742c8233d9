#pragma once

#include <string>
#include <vector>

#include "platform/base/time.h"
#include "platform/store/connection.h"

namespace suanpan::demand {

// Sums over windows of forecasts that are over, of a group of items.
struct GroupAccuracy {
    std::string name;                          // of the group; empty for items without one
    std::int64_t windows = 0, held = 0;        // held: within the 90 % interval, as planned
    double sold = 0, forecast = 0;             // units; as planned
    double naive = 0, model = 0, planned = 0;  // |sold - forecast|
};

// The same of single periods, by how far ahead they were.
struct AheadAccuracy {
    std::int64_t ahead = 0;  // 1: the first period after the day of forecasting
    std::int64_t periods = 0;
    double sold = 0, forecast = 0, model = 0, planned = 0;
};

struct Accuracy {
    std::int64_t items = 0;  // that were looked at
    GroupAccuracy all;
    std::vector<GroupAccuracy> groups;  // by what they sold, the most first
    std::vector<AheadAccuracy> ahead;
};

// By method, category, or class: A are the items that bring the first 80 % of the revenue of thirteen weeks, B those up
// to 95 %, C the others.
enum class GroupBy { abc, category, method };
// Errors: invalid_argument naming what there is.
[[nodiscard]] Result<GroupBy> group_by(std::string_view name);

// Of forecasts made from `since` on: of those that begin with the same period the newest counts. Windows (and periods)
// with days out of stock are left out: what was wanted in them is not known. In shops of more than 50,000 items so many
// are drawn by their ids that some 20,000 are looked at.
[[nodiscard]] Result<Accuracy> accuracy(store::Connection& connection, Day since, GroupBy by);

}  // namespace suanpan::demand
