#include "platform/gateway/read_group.h"

namespace suanpan::gateway {

ReadGroup::Joined ReadGroup::join(WaitingRead read, std::size_t most) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= most) return Joined::full;
    waiting_.push_back(std::move(read));
    if (is_led_) return Joined::follow;
    is_led_ = true;
    return Joined::lead;
}

std::vector<WaitingRead> ReadGroup::take(std::size_t most) {
    const std::lock_guard lock(mutex_);
    std::vector<WaitingRead> taken;
    const auto fits = [&] {
        return taken.empty() ||
               taken.front().exchange->principal.name == waiting_.front().exchange->principal.name;
    };
    while (!waiting_.empty() && taken.size() < most && fits()) {
        taken.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    is_led_ = !taken.empty();
    return taken;
}

}  // namespace suanpan::gateway
