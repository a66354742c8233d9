#include <fmt/format.h>

#include <algorithm>

#include "platform/decisions/act.h"
#include "platform/decisions/operation_lists.h"
#include "platform/decisions/outbox.h"
#include "platform/operations/declare.h"

namespace suanpan::decisions {

struct NothingAsked {};

struct ActReply {
    std::int64_t decisions = 0, failed = 0;
    std::vector<std::string> files;
    std::int64_t delivered = 0, failed_attempts = 0, dead = 0;
};

struct UndoRequest {
    std::vector<std::string> ids;
    std::string reason;
};

struct UndoReply {
    std::int64_t done = 0, failed = 0;
    std::vector<Outcome> decisions;
};

struct DeliveriesRequest {
    std::string state, kind, decision;
    std::int64_t limit = 50;
    std::string after;
};

struct ListedDelivery {
    std::string id, decision, kind, event, state;
    std::int64_t attempts = 0, status = 0;
    std::string reason, created_at, last_at, next_at;
};

struct DeliveriesReply {
    std::vector<ListedDelivery> deliveries;
    std::string next_after;
};

struct RedeliverRequest {
    std::vector<std::string> ids;
    bool all = false;
};

struct SecretRequest {
    std::string kind;
    bool renew = false;
};

struct SecretReply {
    std::string kind, secret;
};

}  // namespace suanpan::decisions

template <>
struct suanpan::operations::Described<suanpan::decisions::UndoRequest> {
    static constexpr FieldWords fields[] = {
        {"ids", "the decisions", {.max_items = 100000}},
        {"reason", "why, for whoever reads it later"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::decisions::DeliveriesRequest> {
    static constexpr FieldWords fields[] = {
        {"state", "waiting, delivered, dead or withdrawn; empty: all"},
        {"kind", "such as stock.order"},
        {"decision", "the letters of this decision"},
        {"limit", "at most so many, in the order of their ids", {.minimum = 1, .maximum = 10000}},
        {"after", "next_after of the reply before"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::decisions::RedeliverRequest> {
    static constexpr FieldWords fields[] = {
        {"ids", "dead letters, from decisions.deliveries", {.max_items = 1000}},
        {"all", "every dead letter"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::decisions::SecretRequest> {
    static constexpr FieldWords fields[] = {
        {"kind", "of decisions, such as stock.order"},
        {"renew", "makes a new one; the one before signs beside it until the next renewal"},
    };
};

namespace suanpan::decisions {
namespace {

using operations::Context;
using operations::Effect;
using operations::Role;
using store::Connection;

Result<Delivered> deliver(Context& context, const Kinds& kinds) {
    return deliver_due(context.shop, kinds, {http_sender(context.stop), now, context.stop});
}

// What was acted on is safe by then: where delivering fails for a reason of ours, the letters still wait.
Result<ActReply> act_now(Context& context, const Kinds& kinds) {
    auto acted = TRY(act(context.shop, kinds, {context.principal.name, now()}));
    const auto sent = TRY(deliver(context, kinds));
    return ActReply{acted.decisions, acted.failed,         std::move(acted.files),
                    sent.delivered,  sent.failed_attempts, sent.dead};
}

Result<UndoReply> undo_chosen(Context& context, const Kinds& kinds, const UndoRequest& request) {
    std::vector<Choice> choices;
    for (const auto& id : request.ids) choices.push_back({id, ""});
    UndoReply reply;
    reply.decisions = TRY(undo(context.shop, kinds, choices, {context.principal.name, now()}, request.reason));
    for (const auto& outcome : reply.decisions) ++(outcome.error ? reply.failed : reply.done);
    (void)TRY(deliver(context, kinds));
    return reply;
}

struct OutboxRow {
    std::string id, decision_id, kind, event, state, reason;
    std::int64_t attempts = 0, status = 0;
    Instant created_at, happened_at, next_at;
};

Result<DeliveriesReply> deliveries(Context& context, const DeliveriesRequest& request) {
    constexpr std::array<std::string_view, 5> states = {"", "waiting", "delivered", "dead", "withdrawn"};
    if (!std::ranges::contains(states, request.state))
        return fail(ErrorCode::invalid_argument, "there are waiting, delivered, dead and withdrawn", "state");
    const auto rows = TRY(context.shop.database().read([&](Connection& connection) {
        return connection.rows<OutboxRow>(R"(
            FROM decisions.outbox
            WHERE (?1 = '' OR state = ?1) AND (?2 = '' OR kind = ?2) AND (?3 = '' OR decision_id = ?3) AND id > ?4
            ORDER BY id LIMIT ?5)",
                                          request.state, request.kind, request.decision, request.after, request.limit);
    }));
    DeliveriesReply reply;
    for (const auto& row : rows)
        reply.deliveries.push_back({row.id, row.decision_id, row.kind, row.event, row.state, row.attempts, row.status,
                                    row.reason, format(row.created_at), format(row.happened_at),
                                    row.state == "waiting" ? format(row.next_at) : ""});
    if (std::ssize(rows) == request.limit) reply.next_after = rows.back().id;
    return reply;
}

struct DeadLetter {
    std::string id;
};

Result<UndoReply> redeliver_chosen(Context& context, const Kinds& kinds, const RedeliverRequest& request) {
    auto ids = request.ids;
    if (ids.empty() && !request.all)
        return fail(ErrorCode::invalid_argument, "name letters by their ids, or give all", "ids");
    if (request.all)
        for (auto& row : TRY(context.shop.database().read([](Connection& connection) {
                 return connection.rows<DeadLetter>("SELECT id FROM decisions.outbox WHERE state = 'dead' ORDER BY id");
             })))
            ids.push_back(std::move(row.id));
    UndoReply reply;
    reply.decisions = TRY(redeliver(context.shop, kinds, ids, {context.principal.name, now()}));
    for (const auto& outcome : reply.decisions) ++(outcome.error ? reply.failed : reply.done);
    (void)TRY(deliver(context, kinds));
    return reply;
}

Result<SecretReply> webhook_secret(Context& context, const SecretRequest& request) {
    const auto webhooks = TRY(webhooks_of(context.shop.settings()));
    const auto* webhook = find_webhook(webhooks, request.kind);
    if (webhook == nullptr)
        return fail(ErrorCode::not_found,
                    fmt::format("there is no webhook of this kind; set webhooks.{}.url first", request.kind),
                    request.kind);
    return SecretReply{request.kind, TRY(make_secret(context.shop.folder(), *webhook,
                                                     request.renew ? Secret::renewed : Secret::first))};
}

void add_act(operations::Registry& registry, const Kinds& kinds) {
    using operations::declare;
    registry.add(declare<NothingAsked, ActReply>(
        {.name = "decisions.act",
         .summary = {"Carries out what is approved: writes the export files, tells the webhooks",
                     "执行已批准的决策：写出导出文件，并通知 webhook"},
         .role = Role::editor,
         .effect = Effect::calls_outside,
         .idempotent = true,
         .shortcut = "act"},
        [kinds](Context& context, const NothingAsked&) { return act_now(context, kinds); }));
    registry.add(declare<UndoRequest, UndoReply>(
        {.name = "decisions.roll_back",
         .summary = {"Takes back what was acted: its lines leave the export file, and a webhook is told",
                     "撤回已执行的决策：从导出文件中移除，并通知 webhook"},
         .role = Role::approver,
         .effect = Effect::calls_outside,
         .idempotent = true,
         .positional = {"ids"},
         .required = {"ids"}},
        [kinds](Context& context, const UndoRequest& request) { return undo_chosen(context, kinds, request); }));
}

}  // namespace

void add_delivery_operations(operations::Registry& registry, const Kinds& kinds) {
    using operations::declare;
    add_act(registry, kinds);
    registry.add(declare<DeliveriesRequest, DeliveriesReply>(
        {.name = "decisions.deliveries",
         .summary = {"Lists letters to webhooks and what came of them", "列出发往 webhook 的消息及其结果"}},
        deliveries));
    registry.add(declare<NothingAsked, Delivered>(
        {.name = "decisions.deliver",
         .summary = {"Sends the letters to webhooks that are due", "发送到期的 webhook 消息"},
         .role = Role::editor,
         .effect = Effect::calls_outside,
         .idempotent = true},
        [kinds](Context& context, const NothingAsked&) { return deliver(context, kinds); }));
    registry.add(
        declare<RedeliverRequest, UndoReply>({.name = "decisions.redeliver",
                                              .summary = {"Sends dead letters again", "重新发送未能送达的消息"},
                                              .role = Role::approver,
                                              .effect = Effect::calls_outside,
                                              .idempotent = true,
                                              .positional = {"ids"}},
                                             [kinds](Context& context, const RedeliverRequest& request) {
                                                 return redeliver_chosen(context, kinds, request);
                                             }));
    registry.add(declare<SecretRequest, SecretReply>(
        {.name = "decisions.webhook_secret",
         .summary = {"Makes the secret that signs the letters of a webhook, and shows it this once",
                     "生成签署 webhook 消息的密钥，仅显示一次"},
         .role = Role::admin,
         .effect = Effect::changes,
         .positional = {"kind"},
         .required = {"kind"}},
        webhook_secret));
}

}  // namespace suanpan::decisions
