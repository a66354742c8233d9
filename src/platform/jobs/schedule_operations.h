#pragma once

#include "platform/operations/operation.h"

namespace suanpan::jobs {

// jobs.schedule and jobs.set_schedule.
void add_schedule_operations(operations::Registry& registry);

}  // namespace suanpan::jobs
