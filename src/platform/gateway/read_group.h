#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "platform/gateway/exchange.h"

namespace suanpan::gateway {

// A read that the cache could not answer.
struct WaitingRead {
    ExchangePtr exchange;
    std::string cache_key;  // of the request as it was written
};

// Reads of one operation that wait while others of it are answered: the next query answers them all, as small writes
// are committed together.
class ReadGroup {
  public:
    enum class Joined { lead, follow, full };  // lead: nobody answers this group now, so the caller has to

    [[nodiscard]] Joined join(WaitingRead read, std::size_t most);

    // Those that wait, in order, of one principal and at most `most`. None: the caller leads no more.
    [[nodiscard]] std::vector<WaitingRead> take(std::size_t most);

  private:
    std::mutex mutex_;
    std::deque<WaitingRead> waiting_;
    bool is_led_ = false;
};

}  // namespace suanpan::gateway
