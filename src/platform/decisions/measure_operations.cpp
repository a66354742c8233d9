#include "platform/decisions/measure.h"
#include "platform/decisions/operation_lists.h"
#include "platform/operations/declare.h"

namespace suanpan::decisions {

struct Unasked {};

struct DayRequest {
    std::string as_of;
};

struct MeasuredDecision {
    std::string id, unit;
    double expected = 0, low = 0, high = 0, outcome = 0, baseline = 0;
    bool within = false;
};

struct MeasureReply {
    std::int64_t measured = 0;
    Accuracy acted, acted_by_policy, not_acted, held_out;
    std::vector<MeasuredDecision> decisions;
};

struct ExpireReply {
    std::int64_t expired = 0;
};

struct CheckReply {
    bool sound = true;
    std::vector<std::string> differences;
};

}  // namespace suanpan::decisions

template <>
struct suanpan::operations::Described<suanpan::decisions::DayRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the shop's day, as 2011-11-14; empty: today"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::decisions::MeasureReply> {
    static constexpr FieldWords fields[] = {
        {"not_acted",
         "rejected or expired ones of the same kinds and days: people chose them, so a "
         "difference from acted may come of the choice"},
        {"held_out", "left undone by chance: a fair comparison with acted_by_policy"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::decisions::Accuracy> {
    static constexpr FieldWords fields[] = {
        {"absolute_error", "mean of |expected - outcome|"},
        {"bias", "mean of expected - outcome: above 0, too much was expected"},
        {"baseline_absolute_error", "mean of |naive method - outcome|"},
        {"within_share", "outcomes inside their interval"},
    };
};

namespace suanpan::decisions {
namespace {

using operations::Context;
using operations::Effect;
using operations::Role;
using store::Connection;

Result<MeasureReply> measure_day(Context& context, const Kinds& kinds, const DayRequest& request) {
    const auto day = request.as_of.empty() ? context.shop.today() : TRY(parse_day(request.as_of));
    const auto measured = TRY(measure(context.shop, kinds, day, {context.principal.name, now()}));
    MeasureReply reply{.measured = std::ssize(measured.decisions),
                       .acted = measured.acted,
                       .acted_by_policy = measured.acted_by_policy,
                       .not_acted = measured.not_acted,
                       .held_out = measured.held_out};
    for (const auto& [id, found] : measured.decisions)
        reply.decisions.push_back({id, found.unit, found.expected, found.low, found.high, found.outcome, found.baseline,
                                   found.low <= found.outcome && found.outcome <= found.high});
    return reply;
}

Result<ExpireReply> expire(Context& context, const Unasked&) {
    ExpireReply reply;
    TRY(context.shop.database().write([&](Connection& connection) -> Result<> {
        reply.expired = TRY(expire_due(connection, {context.principal.name, now()}));
        return {};
    }));
    return reply;
}

Result<CheckReply> check_all(Context& context, const Unasked&) {
    const auto differences =
        TRY(context.shop.database().read([](Connection& connection) { return check(connection); }));
    return CheckReply{.sound = differences.empty(), .differences = differences};
}

}  // namespace

void add_measure_operations(operations::Registry& registry, const Kinds& kinds) {
    using operations::declare;
    registry.add(declare<DayRequest, MeasureReply>(
        {.name = "decisions.measure",
         .summary = {"Compares what decisions expected with what happened", "将决策的预期与实际结果对比"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true},
        [kinds](Context& context, const DayRequest& request) { return measure_day(context, kinds, request); }));
    registry.add(
        declare<Unasked, ExpireReply>({.name = "decisions.expire",
                                       .summary = {"Expires what waited beyond its deadline", "使过期未批的决策失效"},
                                       .role = Role::editor,
                                       .effect = Effect::changes,
                                       .idempotent = true},
                                      expire));
    registry.add(
        declare<Unasked, CheckReply>({.name = "decisions.check",
                                      .summary = {"Replays every event, letter and hash, and compares the states",
                                                  "重放全部事件与消息、重算哈希并核对状态"}},
                                     check_all));
}

}  // namespace suanpan::decisions
