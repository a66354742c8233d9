#pragma once

#include "platform/operations/operation.h"

namespace suanpan::data {

// data.export: every canonical table as of one moment, as files that other engines read (docs/scale.md).
void add_export_operation(operations::Registry& registry);

}  // namespace suanpan::data
