#pragma once

#include "platform/operations/operation.h"

namespace suanpan::demand {

void add_explain_operation(operations::Registry& registry);

}  // namespace suanpan::demand
