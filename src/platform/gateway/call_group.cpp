#include "platform/gateway/call_group.h"

namespace suanpan::gateway {

CallGroup::Joined CallGroup::join(WaitingCall call, std::size_t most) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= most) return Joined::full;
    waiting_.push_back(std::move(call));
    if (is_led_) return Joined::follow;
    is_led_ = true;
    return Joined::lead;
}

std::vector<WaitingCall> CallGroup::take(std::size_t most) {
    const std::lock_guard lock(mutex_);
    std::vector<WaitingCall> taken;
    std::deque<WaitingCall> left;
    const auto fits = [&](const WaitingCall& call) {
        if (taken.empty()) return true;
        const auto &first = taken.front().exchange->principal, &other = call.exchange->principal;
        return taken.size() < most && first.name == other.name && first.role == other.role;
    };
    for (auto& call : waiting_) {
        if (fits(call))
            taken.push_back(std::move(call));
        else
            left.push_back(std::move(call));
    }
    waiting_ = std::move(left);
    is_led_ = !taken.empty();
    return taken;
}

}  // namespace suanpan::gateway
