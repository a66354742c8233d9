#pragma once

#include "platform/operations/operation.h"

namespace suanpan::selection {

void add_operations(operations::Registry& registry);

}  // namespace suanpan::selection
