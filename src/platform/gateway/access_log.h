#pragma once

#include <memory>

#include "platform/gateway/exchange.h"
#include "platform/gateway/gateway.h"

namespace spdlog {
class logger;
}

namespace suanpan::gateway {

// One JSON line for each request and for what else a keeper of the server should know. Written by a thread of its own;
// where it cannot keep up the oldest lines are dropped, never a request held up.
class AccessLog {
  public:
    // Errors: io where the file cannot be written.
    [[nodiscard]] static Result<AccessLog> open(const ServeOptions& options);

    void request(const Exchange& exchange, int status, std::chrono::duration<double> took) const;
    void message(bool trouble, std::string_view text) const;
    void flush() const;

  private:
    explicit AccessLog(std::shared_ptr<spdlog::logger> logger) : logger_(std::move(logger)) {}
    std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace suanpan::gateway
