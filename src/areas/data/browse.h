#pragma once

#include "platform/operations/operation.h"

namespace suanpan::data {

// data.rows: the rows of a canonical table, each with the load and line it came from.
void add_browse_operations(operations::Registry& registry);

}  // namespace suanpan::data
