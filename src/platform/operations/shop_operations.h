#pragma once

#include "platform/operations/operation.h"

namespace suanpan::operations {

// shop.backup, shop.check: of the shop as a whole.
void add_shop_operations(Registry& registry);

}  // namespace suanpan::operations
