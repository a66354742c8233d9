#include "platform/gateway/workers.h"

namespace suanpan::gateway {

Workers::Workers(std::size_t threads, std::size_t queue_length) : queue_length_(queue_length) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
}

Workers::~Workers() {
    for (auto& thread : threads_) thread.request_stop();
    threads_.clear();
}

bool Workers::submit(std::function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() >= queue_length_) return false;
        queue_.push_back(std::move(work));
    }
    arrived_.notify_one();
    return true;
}

std::size_t Workers::waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void Workers::run(const std::stop_token& stop) {
    for (;;) {
        std::function<void()> work;
        {
            std::unique_lock lock(mutex_);
            arrived_.wait(lock, stop, [this] { return !queue_.empty(); });
            if (queue_.empty()) return;
            work = std::move(queue_.front());
            queue_.pop_front();
        }
        work();
    }
}

}  // namespace suanpan::gateway
