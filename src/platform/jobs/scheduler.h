#pragma once

#include <functional>
#include <map>
#include <stop_token>
#include <string>

#include "platform/jobs/schedule.h"
#include "platform/operations/operation.h"

namespace suanpan::jobs {

// The shop's options `schedule: {jobs.daily: daily at 05:30}` as they are written, by operation.
[[nodiscard]] std::map<std::string, std::string> scheduled_texts(const store::Settings& settings);

// The same, read.
using Schedules = std::map<std::string, Schedule>;

// Errors: an option under `schedule.` whose text is no schedule, or whose name is no operation.
[[nodiscard]] Result<Schedules> schedules_of(const store::Settings& settings, const operations::Registry& registry);

// Those of the options, and over them what jobs.set_schedule kept in the store; what it switched off is left out.
[[nodiscard]] Result<Schedules> current_schedules(const store::Shop& shop, Schedules from_options);

// What is due now. When each ran last is kept in the store: runs that were missed are made up for by one, a clock that
// jumps back runs nothing again, one that jumps ahead runs once. Returns the names that ran.
[[nodiscard]] Result<std::vector<std::string>> run_due(operations::Context& context, const Schedules& schedules,
                                                       Instant now);

}  // namespace suanpan::jobs
