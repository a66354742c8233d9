#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "platform/operations/operation.h"

namespace suanpan::gateway {

// Logins of people. Both kinds of token are kept by their hash only, in memory: a restart logs everybody out.
class Sessions {
  public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::minutes ticket_life{10};
    static constexpr std::chrono::hours session_life{12};

    // A ticket is for a login URL and works once.
    [[nodiscard]] std::string new_ticket(operations::Principal who, Clock::time_point at = Clock::now());

    // The session's secret, for the cookie. Errors: unauthenticated where the ticket is unknown, used or too old.
    [[nodiscard]] Result<std::string> redeem(std::string_view ticket, Clock::time_point at = Clock::now());

    [[nodiscard]] std::optional<operations::Principal> find(std::string_view session,
                                                            Clock::time_point at = Clock::now());
    void end(std::string_view session);

  private:
    struct Entry {
        operations::Principal who;
        Clock::time_point until;
    };
    std::mutex mutex_;
    std::map<std::string, Entry, std::less<>> tickets_, sessions_;
};

}  // namespace suanpan::gateway
