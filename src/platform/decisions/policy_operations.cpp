#include <fmt/format.h>

#include <algorithm>

#include "platform/decisions/operation_lists.h"
#include "platform/decisions/policy.h"
#include "platform/operations/declare.h"

namespace suanpan::decisions {

struct PoliciesRequest {};

struct ListedPolicy {
    std::string kind, title_en, title_zh;
    double approve_below = 0, daily_limit = 0;
    std::int64_t expire_after_hours = 0;
    std::string origin, set_by, reason, set_at;
};

struct PastPolicy {
    std::string kind;
    double approve_below = 0, daily_limit = 0;
    std::int64_t expire_after_hours = 0;
    std::string set_by, reason, set_at;
};

struct PoliciesReply {
    std::vector<ListedPolicy> policies;
    std::vector<PastPolicy> changes;
};

struct SetPolicyRequest {
    std::string kind;
    double approve_below = 0, daily_limit = 0;
    std::int64_t expire_after_hours = 72;
    std::string reason;
};

}  // namespace suanpan::decisions

template <>
struct suanpan::operations::Described<suanpan::decisions::PoliciesReply> {
    static constexpr FieldWords fields[] = {
        {"policies", "one a kind of decision, as it is in force"},
        {"changes", "what people set, the newest first"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::decisions::ListedPolicy> {
    static constexpr FieldWords fields[] = {
        {"approve_below", "a decision of up to this value is approved by itself; 0: none is"},
        {"daily_limit", "value of all that are approved by themselves in one day of the shop"},
        {"expire_after_hours", "a decision that nobody approved expires after so long"},
        {"origin", "console or API: \"set\"; the shop's file: \"shop.yaml\"; neither: \"default\""},
    };
};
template <>
struct suanpan::operations::Described<suanpan::decisions::SetPolicyRequest> {
    static constexpr FieldWords fields[] = {
        {"kind", "a kind of decision; decisions.policies lists them"},
        {"approve_below", "in the shop's currency; 0: a person decides on every one", {.minimum = 0}},
        {"daily_limit", "in the shop's currency, for all of a day", {.minimum = 0}},
        {"expire_after_hours", "how long a decision waits for a person", {.minimum = 1, .maximum = 8760}},
        {"reason", "why; kept with the change", {.min_length = 1, .max_length = 500}},
    };
};

namespace suanpan::decisions {
namespace {

using operations::Context;
using store::Connection;

constexpr std::int64_t most_changes = 100;

Result<ListedPolicy> listed(Connection& connection, const store::Settings& settings, const Kind& kind) {
    ListedPolicy row{.kind = kind.name, .title_en = kind.title.en, .title_zh = kind.title.zh, .origin = "default"};
    const auto policy = TRY(policy_in_force(connection, settings, kind.name));
    const auto in_force = policy.value_or(store::Policy{});
    row.approve_below = in_force.approve_below;
    row.daily_limit = in_force.daily_limit;
    row.expire_after_hours = in_force.expire_after_hours;
    if (policy) row.origin = "shop.yaml";
    if (const auto set = TRY(newest_change(connection, kind.name))) {
        row.origin = "set";
        row.set_by = set->set_by;
        row.reason = set->reason;
        row.set_at = format(set->set_at);
    }
    return row;
}

Result<PoliciesReply> list_policies(Context& context, const Kinds& kinds) {
    return context.shop.database().read([&](Connection& connection) -> Result<PoliciesReply> {
        PoliciesReply reply;
        for (const auto& kind : kinds) reply.policies.push_back(TRY(listed(connection, context.shop.settings(), kind)));
        for (const auto& one : TRY(changes(connection, most_changes)))
            reply.changes.push_back({one.kind, one.approve_below, one.daily_limit, one.expire_after_hours, one.set_by,
                                     one.reason, format(one.set_at)});
        return reply;
    });
}

Result<ListedPolicy> change_policy(Context& context, const Kinds& kinds, const SetPolicyRequest& request) {
    const auto kind = std::ranges::find(kinds, request.kind, &Kind::name);
    if (kind == kinds.end())
        return fail(ErrorCode::not_found, "there is no such kind of decision; decisions.policies lists them",
                    request.kind);
    ListedPolicy now_in_force;
    TRY(context.shop.database().write([&](Connection& connection) -> Result<> {
        TRY(set_policy(connection, {request.kind, request.approve_below, request.daily_limit,
                                    request.expire_after_hours, context.principal.name, request.reason, now()}));
        now_in_force = TRY(listed(connection, context.shop.settings(), *kind));
        return {};
    }));
    return now_in_force;
}

}  // namespace

void add_policy_operations(operations::Registry& registry, const Kinds& kinds) {
    using operations::declare;
    registry.add(declare<PoliciesRequest, PoliciesReply>(
        {.name = "decisions.policies",
         .summary = {"Lists which decisions are approved by themselves, up to where, and who set it",
                     "列出哪些决策可自动批准、限额多少、由谁设定"}},
        [kinds](Context& context, const PoliciesRequest&) { return list_policies(context, kinds); }));
    registry.add(declare<SetPolicyRequest, ListedPolicy>(
        {.name = "decisions.set_policy",
         .summary = {"Sets up to where decisions of a kind are approved by themselves, from now on",
                     "设定某类决策今后的自动批准限额"},
         .role = operations::Role::admin,
         .effect = operations::Effect::changes,
         .positional = {"kind"},
         .required = {"kind", "approve_below", "daily_limit", "reason"}},
        [kinds](Context& context, const SetPolicyRequest& request) { return change_policy(context, kinds, request); }));
}

}  // namespace suanpan::decisions
