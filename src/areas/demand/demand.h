#pragma once

#include "platform/operations/operation.h"
#include "platform/store/schema.h"

namespace suanpan::demand {

[[nodiscard]] store::Schema schema();
void add_operations(operations::Registry& registry);

}  // namespace suanpan::demand
