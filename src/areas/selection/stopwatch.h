#pragma once

#include <chrono>
#include <utility>

namespace suanpan::selection {

class Stopwatch {
  public:
    // Seconds since the last lap, or since it was made.
    [[nodiscard]] double lap() {
        const auto before = std::exchange(since_, Clock::now());
        return std::chrono::duration<double>(since_ - before).count();
    }

  private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point since_ = Clock::now();
};

}  // namespace suanpan::selection
