#pragma once

#include <functional>

#include "platform/jobs/job.h"
#include "platform/store/schema.h"

namespace suanpan::jobs {

[[nodiscard]] store::Schema schema();

// What the daily loop of a program is made of, for a day of the shop.
struct Daily {
    std::function<Result<Day>(const store::Shop&)> default_day;
    std::function<std::vector<Step>(Day)> steps;
    std::function<Result<std::string>(const store::Shop&)> data_version;  // another version of the data is another run
};

// jobs.daily (also `suanpan daily`), jobs.list, jobs.show, jobs.schedule and jobs.set_schedule.
void add_operations(operations::Registry& registry, const Daily& daily);

}  // namespace suanpan::jobs
