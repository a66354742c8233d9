#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "platform/gateway/exchange.h"

namespace suanpan::gateway {

struct WaitingCall {
    ExchangePtr exchange;
    std::string cache_key = {};  // of a read, as it was written
};

// Calls of one operation that wait while others of it are answered: the next ones are answered together, by one query
// or in one transaction. Only for operations that have call_many.
class CallGroup {
  public:
    enum class Joined { lead, follow, full };  // lead: nobody answers this group now, so the caller has to

    [[nodiscard]] Joined join(WaitingCall call, std::size_t most);

    // Who waits longest and the others of the same principal, in order, at most `most`. None: the caller leads no more.
    [[nodiscard]] std::vector<WaitingCall> take(std::size_t most);

  private:
    std::mutex mutex_;
    std::deque<WaitingCall> waiting_;
    bool is_led_ = false;
};

}  // namespace suanpan::gateway
