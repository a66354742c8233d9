#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "areas/selection/history.h"
#include "platform/engines/boosting.h"

namespace suanpan::selection {

// What a feature tells a buyer about; contributions are summed by it.
enum class Topic {
    sales,
    trend,
    season,
    steadiness,
    novelty,
    price,
    returns,
    customers,
    kind,
    rivals,
    visits,
    stock,
    forecast
};

struct Column {
    std::string name;
    Topic topic = Topic::sales;
};
// The columns of every snapshot, in order.
[[nodiscard]] const std::vector<Column>& columns();
[[nodiscard]] std::size_t column(std::string_view name);  // its number; the name must be one

// Everything known of the items on the morning of `origin`: a row of features for each item that was known then. Only
// rows of the history before that day are read.
struct Snapshot {
    Day origin;
    std::vector<std::size_t> items;  // places in History::items
    std::vector<float> values;       // items x columns(), NaN: unknown

    [[nodiscard]] std::size_t count() const { return items.size(); }
    [[nodiscard]] engines::Rows rows() const { return {values, columns().size()}; }
    [[nodiscard]] float at(std::size_t row, std::size_t c) const { return values[row * columns().size() + c]; }
};
[[nodiscard]] Snapshot snapshot(const History& history, Day origin, int horizon);

// Of the same items, what the next `horizon` days brought: gross profit in minor units, revenue where no cost is known.
[[nodiscard]] std::vector<double> outcomes(const History& history, const Snapshot& snapshot, int horizon);

}  // namespace suanpan::selection
