#pragma once

#include "areas/selection/backtest.h"
#include "platform/operations/operation.h"

namespace suanpan::selection {

// The mornings that a backtest makes lists on, those of the warm-up first; fewer where the history is too short.
[[nodiscard]] std::vector<Day> origins_of(const History& history, const BacktestOptions& options);

void add_lessons_operation(operations::Registry& registry);  // selection.lessons

}  // namespace suanpan::selection
