#include "platform/gateway/limiter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace suanpan::gateway {

std::optional<std::uint64_t> Limiter::take(std::string_view who, Clock::time_point at) {
    if (per_second_ <= 0) return unlimited;
    const std::lock_guard lock(mutex_);
    auto found = buckets_.find(who);
    if (found == buckets_.end()) found = buckets_.emplace(who, Bucket{burst_, at}).first;
    auto& bucket = found->second;
    const auto elapsed = std::chrono::duration<double>(at - bucket.at).count();
    bucket.tokens = std::min(burst_, bucket.tokens + std::max(0.0, elapsed) * per_second_);
    bucket.at = std::max(at, bucket.at);
    if (bucket.tokens < 1) return std::nullopt;
    bucket.tokens -= 1;
    return static_cast<std::uint64_t>(bucket.tokens);
}

std::string Limiter::policy() const {
    if (per_second_ <= 0) return {};
    return fmt::format("\"key\";q={:.0f};w={:.0f}", burst_, std::ceil(burst_ / per_second_));
}

}  // namespace suanpan::gateway
