#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <variant>

#include "platform/base/time.h"

namespace suanpan::jobs {

struct Every {
    std::chrono::minutes period;
    bool operator==(const Every&) const = default;
};

// At a time of the shop's day; on one weekday only where one is named.
struct AtTime {
    std::chrono::minutes after_midnight;
    std::optional<std::chrono::weekday> weekday;
    bool operator==(const AtTime&) const = default;
};

using Schedule = std::variant<Every, AtTime>;

// "every 15 minutes", "every 2 hours", "daily at 05:30", "weekly on monday at 06:00". Errors: another text, with these
// forms named.
[[nodiscard]] Result<Schedule> parse_schedule(std::string_view text);

// The first moment after `last` at which the schedule is due. A time that the clock change leaves out is due when the
// clock has gone on; one that comes twice is due the first time only.
[[nodiscard]] Instant next_after(const Schedule& schedule, Instant last, const TimeZone& zone);

}  // namespace suanpan::jobs
