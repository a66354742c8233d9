#include "platform/gateway/events.h"

#include <algorithm>
#include <utility>

namespace suanpan::gateway {

std::string event_text(std::string_view name, std::string_view data) {
    std::string text;
    if (!name.empty()) text.append("event: ").append(name) += '\n';
    while (true) {
        const auto end = std::min(data.find('\n'), data.size());
        text.append("data: ").append(data.substr(0, end)) += '\n';
        if (end == data.size()) return text + '\n';
        data.remove_prefix(end + 1);
    }
}

std::string RunEvents::news() {
    const auto changes = run_->changes();
    if (changes == seen_) return {};
    seen_ = changes;
    const auto reply = run_->reply();
    if (!reply) return event_text("progress", run_->json(Run::Detail::summary));
    return event_text(reply->status < 400 ? "done" : "failed", run_->json(Run::Detail::whole));
}

void MessageEvents::add(std::string_view message) {
    const std::lock_guard lock(mutex_);
    waiting_ += event_text("message", message);
}

void MessageEvents::end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
}

bool MessageEvents::has_ended() const {
    const std::lock_guard lock(mutex_);
    return ended_;
}

std::string MessageEvents::news() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
}

}  // namespace suanpan::gateway
