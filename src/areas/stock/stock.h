#pragma once

#include "platform/decisions/decision.h"
#include "platform/operations/operation.h"

namespace suanpan::stock {

[[nodiscard]] decisions::Kind order_kind();
[[nodiscard]] decisions::Kind transfer_kind();
// The kinds are those that decisions.propose needs to know; these two are among them.
void add_operations(operations::Registry& registry, const decisions::Kinds& kinds);

}  // namespace suanpan::stock
