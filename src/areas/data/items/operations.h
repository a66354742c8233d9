#pragma once

#include "platform/operations/operation.h"

namespace suanpan::items {

// items.search and items.show
void add_operations(operations::Registry& registry);

}  // namespace suanpan::items
