#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace suanpan::gateway {

// A token bucket for each who asks: `burst` requests at once, refilled at `per_second`.
class Limiter {
  public:
    using Clock = std::chrono::steady_clock;
    Limiter(double per_second, double burst) : per_second_(per_second), burst_(burst) {}

    // How many more may be sent at once; none: this one is refused. Without a limit always `unlimited`.
    [[nodiscard]] std::optional<std::uint64_t> take(std::string_view who, Clock::time_point at);
    static constexpr auto unlimited = ~std::uint64_t{0};

    // For the header RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-10); empty without a limit.
    [[nodiscard]] std::string policy() const;

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
