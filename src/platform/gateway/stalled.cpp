#include "platform/gateway/stalled.h"

#include <trantor/net/EventLoop.h>

#include <vector>

namespace suanpan::gateway {

StalledClients::List& StalledClients::list() {
    thread_local List of_this_loop;
    return of_this_loop;
}

void StalledClients::seen(const trantor::TcpConnectionPtr& connection) {
    auto& mine = list();
    if (!connection->connected()) {
        mine.states.erase(connection.get());
        return;
    }
    mine.states[connection.get()] = {connection, 0, {}};
    if (mine.has_timer) return;
    mine.has_timer = true;
    trantor::EventLoop::getEventLoopOfCurrentThread()->runEvery(std::chrono::seconds(1),
                                                                [copy = *this] { copy.close_stalled(); });
}

void StalledClients::complete(const trantor::TcpConnectionPtr& connection) {
    if (!connection) return;
    const auto found = list().states.find(connection.get());
    if (found == list().states.end()) return;
    found->second.bytes_of_whole_requests = connection->bytesReceived();
    found->second.begun = {};
}

void StalledClients::close_stalled() const {
    const auto at = Clock::now();
    std::vector<trantor::TcpConnectionPtr> stalled;
    for (auto& [address, state] : list().states) {
        auto connection = state.connection.lock();
        if (!connection || connection->bytesReceived() == state.bytes_of_whole_requests) continue;
        if (state.begun == Clock::time_point{}) state.begun = at;
        const auto unfinished = connection->bytesReceived() - state.bytes_of_whole_requests;
        if (at - state.begun > patience_ || unfinished > limit_) stalled.push_back(std::move(connection));
    }
    for (const auto& connection : stalled) connection->forceClose();
}

}  // namespace suanpan::gateway
