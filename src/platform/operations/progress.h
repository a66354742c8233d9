#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "platform/operations/operation.h"

namespace suanpan::operations {

// How fast a step goes.
struct Pace {
    double rate_per_second = 0;          // in the unit of the progress; 0: not known yet
    std::optional<double> seconds_left;  // nothing while rate or total is not known
};

// Follows the reports of one piece of work: the rate is the mean since the step was first reported, and begins anew
// with another step, unit, or less done than before. Time is given, never read.
class Pacer {
  public:
    using Time = std::chrono::steady_clock::time_point;
    void report(const Progress& progress, Time at);
    [[nodiscard]] const Progress& last() const { return last_; }
    [[nodiscard]] Pace pace(Time at) const;

  private:
    Progress first_, last_;
    Time begun_{};
    bool any_ = false;
};

// One line for a terminal of so many columns: step, bar, percent, done and total, rate and time left, as far as they
// are known and fit. Empty where there is no room.
[[nodiscard]] std::string progress_line(const Progress& progress, const Pace& pace, std::size_t columns);

}  // namespace suanpan::operations
