#pragma once

#include "platform/operations/operation.h"

namespace suanpan::demand {

// demand.override, demand.withdraw, demand.overrides, demand.value_added, demand.bias.
void add_planner_operations(operations::Registry& registry);

}  // namespace suanpan::demand
