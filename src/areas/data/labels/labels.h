#pragma once

#include "platform/operations/operation.h"
#include "platform/store/schema.h"

namespace suanpan::data::labels {

[[nodiscard]] store::Schema schema();
void add_operations(operations::Registry& registry);

}  // namespace suanpan::data::labels
