#pragma once

#include "platform/operations/operation.h"

namespace suanpan::demand {

void add_newcomer_operations(operations::Registry& registry);

}  // namespace suanpan::demand
