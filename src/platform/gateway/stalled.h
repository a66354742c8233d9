#pragma once

#include <trantor/net/TcpConnection.h>

#include <chrono>
#include <unordered_map>

namespace suanpan::gateway {

// Closes connections whose client began a request and does not finish it. Drogon's own timeout starts anew with every
// byte, so a client that sends one each minute could keep a connection for ever; and it counts no header lines, so one
// that never ends them could fill the memory.
class StalledClients {
  public:
    // `limit`: bytes of an unfinished request.
    StalledClients(std::chrono::seconds patience, std::size_t limit) : patience_(patience), limit_(limit) {}

    // Both are called on the connection's own loop: each loop has its own list and needs no lock.
    void seen(const trantor::TcpConnectionPtr& connection);      // opened or closed
    void complete(const trantor::TcpConnectionPtr& connection);  // sent a whole request

  private:
    using Clock = std::chrono::steady_clock;
    struct State {
        std::weak_ptr<trantor::TcpConnection> connection;
        std::size_t bytes_of_whole_requests = 0;
        Clock::time_point begun = {};  // of the unfinished request; zero: none is seen
    };
    struct List {
        std::unordered_map<const void*, State> states;
        bool has_timer = false;
    };
    static List& list();
    void close_stalled() const;

    std::chrono::seconds patience_;
    std::size_t limit_;
};

}  // namespace suanpan::gateway
