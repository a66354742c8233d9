#include "platform/gateway/limiter.h"

#include <algorithm>

namespace suanpan::gateway {

bool Limiter::take(std::string_view who, Clock::time_point at) {
    if (per_second_ <= 0) return true;
    const std::lock_guard lock(mutex_);
    auto found = buckets_.find(who);
    if (found == buckets_.end()) found = buckets_.emplace(who, Bucket{burst_, at}).first;
    auto& bucket = found->second;
    const auto elapsed = std::chrono::duration<double>(at - bucket.at).count();
    bucket.tokens = std::min(burst_, bucket.tokens + std::max(0.0, elapsed) * per_second_);
    bucket.at = std::max(at, bucket.at);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
}

}  // namespace suanpan::gateway
