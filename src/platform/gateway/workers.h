#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace suanpan::gateway {

// A fixed number of threads and a bounded queue, so that work that waits never holds up the threads that read sockets.
class Workers {
  public:
    Workers(std::size_t threads, std::size_t queue_length);
    ~Workers();  // runs what is queued, then ends
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    [[nodiscard]] bool submit(std::function<void()> work);  // false: the queue is full
    [[nodiscard]] std::size_t waiting() const;

  private:
    void run(const std::stop_token& stop);

    mutable std::mutex mutex_;
    std::condition_variable_any arrived_;
    std::deque<std::function<void()>> queue_;
    std::size_t queue_length_;
    std::vector<std::jthread> threads_;
};

}  // namespace suanpan::gateway
