#pragma once

#include "platform/operations/operation.h"

namespace suanpan::demand {

// demand.places and demand.sums.
void add_place_operations(operations::Registry& registry);

}  // namespace suanpan::demand
