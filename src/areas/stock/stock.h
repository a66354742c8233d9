#pragma once

#include "platform/decisions/decision.h"
#include "platform/operations/operation.h"

namespace suanpan::stock {

[[nodiscard]] decisions::Kind order_kind();
// The kinds are those that decisions.propose needs to know; order_kind() is among them.
void add_operations(operations::Registry& registry, const decisions::Kinds& kinds);

}  // namespace suanpan::stock
