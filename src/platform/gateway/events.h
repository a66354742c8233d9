#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "platform/gateway/runs.h"

// Server-sent events: replies that are told while the work goes on.
namespace suanpan::gateway {

class EventSource {
  public:
    virtual ~EventSource() = default;
    [[nodiscard]] virtual bool has_ended() const = 0;  // asked before the last news is taken
    [[nodiscard]] virtual std::string news() = 0;      // the events since the last call, as they are sent
};

// A run's progress, then "done" or "failed" with all of it.
class RunEvents final : public EventSource {
  public:
    explicit RunEvents(std::shared_ptr<Run> run) : run_(std::move(run)) {}
    [[nodiscard]] bool has_ended() const override { return run_->is_finished(); }
    [[nodiscard]] std::string news() override;

  private:
    std::shared_ptr<Run> run_;
    std::uint64_t seen_ = ~std::uint64_t{0};
};

// Messages of the Model Context Protocol: notices of progress, then the answer. One thread adds, another one takes.
class MessageEvents final : public EventSource {
  public:
    void add(std::string_view message);
    void end();
    [[nodiscard]] bool has_ended() const override;
    [[nodiscard]] std::string news() override;

  private:
    mutable std::mutex mutex_;
    std::string waiting_;
    bool ended_ = false;
};

// One event; a name may be empty. Lines of the data stay lines.
[[nodiscard]] std::string event_text(std::string_view name, std::string_view data);

}  // namespace suanpan::gateway
