#pragma once

#include "platform/decisions/decision.h"
#include "platform/settings/option.h"
#include "platform/store/schema.h"

namespace suanpan::decisions {

[[nodiscard]] store::Schema schema();

// A webhook and a share held out for each kind.
[[nodiscard]] settings::Section settings_section(const Kinds& kinds);

// decisions.list, show, policies, set_policy, approve, reject, act, measure, expire and check, over the kinds that the
// areas declare.
void add_operations(operations::Registry& registry, const Kinds& kinds);

}  // namespace suanpan::decisions
