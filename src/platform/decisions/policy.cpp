#include "platform/decisions/policy.h"

#include <fmt/format.h>

#include <cmath>

namespace suanpan::decisions {
namespace {

constexpr std::int64_t longest_wait = 24 * 365;
constexpr double largest_sum = 1e12;

constexpr std::string_view columns = "kind, approve_below, daily_limit, expire_after_hours, set_by, reason, set_at";

Result<> check_sum(double sum, std::string_view field) {
    if (std::isfinite(sum) && sum >= 0 && sum <= largest_sum) return {};
    return fail(ErrorCode::invalid_argument, "give a sum of at least 0 in the shop's currency; 0: never by itself",
                std::string(field));
}

}  // namespace

Result<std::optional<PolicyChange>> newest_change(store::Connection& connection, std::string_view kind) {
    auto found = TRY(connection.rows<PolicyChange>(
        fmt::format("SELECT {} FROM decisions.policy WHERE kind = ? ORDER BY number DESC LIMIT 1", columns), kind));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

Result<std::vector<PolicyChange>> changes(store::Connection& connection, std::int64_t limit) {
    return connection.rows<PolicyChange>(
        fmt::format("SELECT {} FROM decisions.policy ORDER BY number DESC LIMIT ?", columns), limit);
}

Result<std::optional<store::Policy>> policy_in_force(store::Connection& connection, const store::Settings& settings,
                                                     std::string_view kind) {
    if (const auto set = TRY(newest_change(connection, kind)))
        return store::Policy{set->kind, set->approve_below, set->daily_limit, set->expire_after_hours};
    if (const auto* policy = settings.policy(kind)) return *policy;
    return std::nullopt;
}

Result<> set_policy(store::Connection& connection, const PolicyChange& change) {
    TRY(check_sum(change.approve_below, "approve_below"));
    TRY(check_sum(change.daily_limit, "daily_limit"));
    if (change.expire_after_hours < 1 || change.expire_after_hours > longest_wait)
        return fail(ErrorCode::invalid_argument, fmt::format("give 1 to {} hours", longest_wait), "expire_after_hours");
    if (change.reason.empty())
        return fail(ErrorCode::invalid_argument, "say why, for those who read it later", "reason");
    TRY(connection.query(fmt::format("INSERT INTO decisions.policy ({}) VALUES (?, ?, ?, ?, ?, ?, ?)", columns),
                         change.kind, change.approve_below, change.daily_limit, change.expire_after_hours,
                         change.set_by, change.reason, change.set_at));
    return {};
}

}  // namespace suanpan::decisions
