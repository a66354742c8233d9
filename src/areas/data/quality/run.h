#pragma once

#include "platform/operations/operation.h"

namespace suanpan::data::quality {

// data.check, data.quality, data.quality_page, data.alarms, data.flags, data.test
void add_operations(operations::Registry& registry);

}  // namespace suanpan::data::quality
