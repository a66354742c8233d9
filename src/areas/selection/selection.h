#pragma once

#include "platform/operations/operation.h"
#include "platform/store/schema.h"

namespace suanpan::selection {

[[nodiscard]] store::Schema schema();
void add_operations(operations::Registry& registry);        // selection.backtest
void add_score_operations(operations::Registry& registry);  // selection.run and recommend

}  // namespace suanpan::selection
