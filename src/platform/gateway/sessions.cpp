#include "platform/gateway/sessions.h"

#include "platform/gateway/secrets.h"

namespace suanpan::gateway {

std::string Sessions::new_ticket(operations::Principal who, Clock::time_point at) {
    auto ticket = random_hex(32);
    const std::lock_guard lock(mutex_);
    std::erase_if(tickets_, [&](const auto& entry) { return entry.second.until < at; });
    tickets_.emplace(hash_hex(ticket), Entry{std::move(who), at + ticket_life});
    return ticket;
}

Result<std::string> Sessions::redeem(std::string_view ticket, Clock::time_point at) {
    const std::lock_guard lock(mutex_);
    const auto found = tickets_.find(hash_hex(ticket));
    if (found == tickets_.end() || found->second.until < at)
        return fail(ErrorCode::unauthenticated,
                    "this login link was used or is too old; get a new one with: suanpan login SHOP");
    auto session = random_hex(32);
    std::erase_if(sessions_, [&](const auto& entry) { return entry.second.until < at; });
    sessions_.emplace(hash_hex(session), Entry{found->second.who, at + session_life});
    tickets_.erase(found);
    return session;
}

std::optional<operations::Principal> Sessions::find(std::string_view session, Clock::time_point at) {
    const auto hash = hash_hex(session);
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(hash);
    if (found == sessions_.end() || found->second.until < at) return std::nullopt;
    return found->second.who;
}

void Sessions::end(std::string_view session) {
    const auto hash = hash_hex(session);
    const std::lock_guard lock(mutex_);
    sessions_.erase(hash);
}

}  // namespace suanpan::gateway
