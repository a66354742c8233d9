#pragma once

#include "platform/decisions/decision.h"
#include "platform/store/schema.h"

namespace suanpan::decisions {

[[nodiscard]] store::Schema schema();

// decisions.list, show, policies, set_policy, approve, reject, act, measure, expire and check, over the kinds that the
// areas declare.
void add_operations(operations::Registry& registry, const Kinds& kinds);

}  // namespace suanpan::decisions
