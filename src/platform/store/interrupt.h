#pragma once

#include <stop_token>

namespace suanpan::store {

// While it lives, what this thread reads and writes is broken off when the token asks to stop: the statement that runs
// fails with unavailable, and so do those after it. A write is undone.
class StopScope {
  public:
    explicit StopScope(std::stop_token token);
    StopScope(const StopScope&) = delete;
    StopScope& operator=(const StopScope&) = delete;
    ~StopScope();

  private:
    std::stop_token before_;
};

// Of this thread; one that never asks to stop outside a StopScope.
[[nodiscard]] const std::stop_token& stop_of_thread();

}  // namespace suanpan::store
