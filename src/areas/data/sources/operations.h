#pragma once

#include "platform/operations/operation.h"

namespace suanpan::data {

// data.inbox
void add_source_operations(operations::Registry& registry);

}  // namespace suanpan::data
