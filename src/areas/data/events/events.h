#pragma once

#include "platform/operations/operation.h"

namespace suanpan::data {

// data.events and data.push: what is sent as it happens. A reply is sent when all of it is safe on disk.
void add_push_operations(operations::Registry& registry);

}  // namespace suanpan::data
