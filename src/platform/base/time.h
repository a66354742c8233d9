#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace suanpan {

// A calendar day of the shop (its own time zone), and an instant in UTC. DuckDB's DATE and TIMESTAMPTZ count the same
// units, so both cross the store without conversion.
using Day = std::chrono::sys_days;
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Days = std::chrono::days;

[[nodiscard]] Result<Day> parse_day(std::string_view text);  // "2011-11-14"
[[nodiscard]] std::string format(Day day);
[[nodiscard]] std::string format(Instant instant);                   // RFC 3339, "2011-11-14T05:30:00.000000Z"
[[nodiscard]] std::string stamp(Instant instant);                    // for names of files, "20111114T053000"
[[nodiscard]] Result<Instant> parse_instant(std::string_view text);  // RFC 3339, "Z" only
[[nodiscard]] Day week_start(Day day);                               // the Monday on or before
[[nodiscard]] Instant now();

// The shop's days: which day an instant falls on, and when a day begins.
class TimeZone {
  public:
    [[nodiscard]] static Result<TimeZone> named(std::string_view name);  // IANA, "Europe/London"

    [[nodiscard]] Day day_of(Instant instant) const;
    [[nodiscard]] Instant start_of(Day day) const;
    [[nodiscard]] Instant at(Day day, std::chrono::minutes after_midnight) const;
    [[nodiscard]] std::string name() const { return std::string(zone_->name()); }

  private:
    friend class Clock;
    explicit TimeZone(const std::chrono::time_zone* zone) : zone_(zone) {}
    const std::chrono::time_zone* zone_;
};

// A zone's clock, quick for many times that lie near one another. What it shows twice is the later time; what it leaps
// over counts from before the leap (as ICU has it). Outside the years 1 to 9999 the nearest of these years' rules hold.
class Clock {
  public:
    using Shown = std::chrono::local_time<std::chrono::microseconds>;
    explicit Clock(const TimeZone& zone) : zone_(zone.zone_) {}
    [[nodiscard]] Instant instant(Shown shown);
    [[nodiscard]] Shown shown(Instant instant);

  private:
    void look_up(Instant instant);
    const std::chrono::time_zone* zone_;
    Instant begin_, end_;  // of the offset that holds now; empty at first
    std::chrono::microseconds offset_{0};
};

}  // namespace suanpan
