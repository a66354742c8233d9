#pragma once

#include "platform/decisions/decision.h"

namespace suanpan::decisions {

// Parts of add_operations (decisions.h), a file each.
void add_delivery_operations(operations::Registry& registry, const Kinds& kinds);  // act, roll_back and letters
void add_policy_operations(operations::Registry& registry, const Kinds& kinds);    // policies and set_policy
void add_measure_operations(operations::Registry& registry, const Kinds& kinds);   // measure, expire, check

}  // namespace suanpan::decisions
