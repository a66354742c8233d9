#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace suanpan::gateway {

// A token bucket for each who asks: `burst` requests at once, refilled at `per_second`.
class Limiter {
  public:
    using Clock = std::chrono::steady_clock;
    Limiter(double per_second, double burst) : per_second_(per_second), burst_(burst) {}

    [[nodiscard]] bool take(std::string_view who, Clock::time_point at);

  private:
    struct Bucket {
        double tokens;
        Clock::time_point at;
    };
    double per_second_, burst_;
    std::mutex mutex_;
    std::map<std::string, Bucket, std::less<>> buckets_;
};

}  // namespace suanpan::gateway
