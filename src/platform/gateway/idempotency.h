#pragma once

#include <mutex>
#include <set>

#include "platform/store/database.h"

namespace suanpan::gateway {

// Lets a client repeat a write whose reply it never saw: the same Idempotency-Key and request get the stored reply,
// also after a restart.
class Idempotency {
  public:
    struct Key {
        std::string principal, operation, key, request_hash;
    };
    enum class Found {
        fresh,        // go on, and call finish
        replay,       // answer with the stored reply
        other,        // the key was used for another request
        running,      // the first one is still being worked on
        interrupted,  // the first one was cut off by a crash: nobody knows how far it came
    };
    struct Begun {
        Found found = Found::fresh;
        int status = 0;
        std::string reply;
    };

    explicit Idempotency(store::Database& database) : database_(database) {}
    [[nodiscard]] Result<Begun> begin(const Key& key);
    // An error that may pass (busy, disk full, our mistake) is not kept: the same key may try again.
    [[nodiscard]] Result<> finish(const Key& key, int status, std::string_view reply);
    [[nodiscard]] Result<> forget_older_than(Instant instant);

  private:
    store::Database& database_;
    std::mutex mutex_;
    std::set<std::string> running_;
};

}  // namespace suanpan::gateway
