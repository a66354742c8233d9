#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "platform/decisions/decisions.h"
#include "platform/decisions/ledger.h"
#include "platform/decisions/operation_lists.h"
#include "platform/operations/declare.h"

namespace suanpan::decisions {

struct ListRequest {
    std::string state, kind, subject, search, sort;
    std::int64_t limit = 50;
    std::string cursor;
};

struct LocalText {
    std::string en, zh;
};

struct Amount {
    std::int64_t minor = 0;
    std::string currency;
};

struct ListedDecision {
    std::string id, kind, subject, state;
    double urgency = 0;
    Amount value;
    LocalText summary;
    glz::raw_json arguments, evidence, expected;
    std::string as_of, deadline, proposed_by, hash, reason;
};

struct ListReply {
    std::vector<ListedDecision> decisions;
    std::string next_cursor;
};

struct CountsRequest {};

struct KindCount {
    std::string kind, state;
    std::int64_t decisions = 0;
    Amount value;
};

struct KindTitle {
    std::string kind;
    LocalText title;
};

struct CountsReply {
    std::vector<KindCount> counts;
    std::vector<KindTitle> kinds;
};

struct ShowRequest {
    std::string id;
};

struct ShownEvent {
    std::string event, state, actor, reason, happened_at;
    glz::raw_json payload;
};

struct ShowReply {
    ListedDecision decision;
    std::vector<ShownEvent> events;
};

struct ChooseRequest {
    std::vector<std::string> ids;
    std::vector<std::string> hashes;
    bool all = false;
    std::string kind;
    std::string reason;
};

struct ChooseReply {
    std::int64_t done = 0, failed = 0;
    std::vector<Outcome> decisions;
};

}  // namespace suanpan::decisions

template <>
struct suanpan::operations::Described<suanpan::decisions::ListRequest> {
    static constexpr FieldWords fields[] = {
        {"state",
         "pending, or proposed, guarded, audited, approved, rejected, expired, acted, failed, "
         "measured, rolled_back"},
        {"kind", "such as stock.order"},
        {"subject", "such as item:85123A"},
        {"search", "a text that the sentence or the subject holds, in capitals or not", {.max_length = 200}},
        {"sort",
         "urgency_value (within the newest day), value, urgency, deadline, changed or subject; empty: "
         "urgency_value"},
        {"limit", "at most so many", {.minimum = 1, .maximum = 10000}},
        {"cursor", "next_cursor of the reply before"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::decisions::ChooseRequest> {
    static constexpr FieldWords fields[] = {
        {"ids", "the decisions", {.max_items = 100000}},
        {"hashes", "what was seen, in the order of ids; a decision with another hash is left alone"},
        {"all", "every pending decision, of the given kind if one is given"},
        {"kind", "with all: only this kind"},
        {"reason", "why, for whoever reads it later"},
    };
};
namespace suanpan::decisions {
namespace {

using operations::Context;
using operations::Effect;
using operations::Role;
using store::Connection;

ListedDecision listed(const CurrentDecision& row) {
    return {.id = row.id,
            .kind = row.kind,
            .subject = row.subject,
            .state = row.state == "audited" ? "pending" : row.state,
            .urgency = row.urgency,
            .value = {row.value, row.currency},
            .summary = {row.summary_en, row.summary_zh},
            .arguments = row.arguments,
            .evidence = row.evidence,
            .expected = row.expected,
            .as_of = format(row.as_of),
            .deadline = format(row.deadline),
            .proposed_by = row.proposed_by,
            .hash = row.hash,
            .reason = row.last_reason};
}

Result<std::int64_t> offset_of(const std::string& cursor) {
    if (cursor.empty()) return 0;
    const auto number = std::strtoll(cursor.c_str(), nullptr, 10);
    if (number > 0 && std::to_string(number) == cursor) return number;
    return fail(ErrorCode::invalid_argument, "this is no cursor; take next_cursor of a reply", "cursor");
}

struct Order {
    std::string_view name, sql;
};
constexpr std::array orders = {
    Order{"urgency_value", "as_of DESC, urgency * value DESC, urgency DESC, id"},
    Order{"value", "value DESC, id"},
    Order{"urgency", "urgency DESC, value DESC, id"},
    Order{"deadline", "deadline, urgency * value DESC, id"},
    Order{"changed", "changed_at DESC, id"},
    Order{"subject", "subject, as_of DESC, id"},
};

Result<std::string_view> order_of(const std::string& sort) {
    if (sort.empty()) return orders.front().sql;
    const auto found = std::ranges::find(orders, sort, &Order::name);
    if (found != orders.end()) return found->sql;
    return fail(ErrorCode::invalid_argument, "sort by urgency_value, value, urgency, deadline, changed or subject",
                sort);
}

Result<ListReply> list(Context& context, const ListRequest& request) {
    const auto state = request.state == "pending" ? std::string("audited") : request.state;
    if (!state.empty()) (void)TRY(parse_state(state));
    const auto offset = TRY(offset_of(request.cursor));
    const auto sql = fmt::format(R"(
        FROM decisions.current
        WHERE (?1 = '' OR state = ?1) AND (?2 = '' OR kind = ?2) AND (?3 = '' OR subject = ?3)
          AND (?6 = '' OR contains(lower(subject || ' ' || summary_en || ' ' || summary_zh), lower(?6)))
        ORDER BY {} LIMIT ?4 OFFSET ?5)",
                                 TRY(order_of(request.sort)));
    ListReply reply;
    const auto rows = TRY(context.shop.database().read([&](Connection& connection) {
        return connection.rows<CurrentDecision>(sql, state, request.kind, request.subject, request.limit, offset,
                                                request.search);
    }));
    for (const auto& row : rows) reply.decisions.push_back(listed(row));
    if (std::ssize(rows) == request.limit) reply.next_cursor = std::to_string(offset + request.limit);
    return reply;
}

struct CountRow {
    std::string kind, state, currency;
    std::int64_t decisions = 0, value = 0;
};

Result<CountsReply> counts(Context& context, const Kinds& kinds) {
    CountsReply reply;
    for (const auto& kind : kinds) reply.kinds.push_back({kind.name, {kind.title.en, kind.title.zh}});
    const auto rows = TRY(context.shop.database().read([&](Connection& connection) {
        return connection.rows<CountRow>(R"(
            SELECT kind, if(state = 'audited', 'pending', state) AS state, currency, count(*)::BIGINT AS decisions,
                   sum(value)::BIGINT AS value
            FROM decisions.current GROUP BY ALL ORDER BY ALL)");
    }));
    for (const auto& row : rows)
        reply.counts.push_back({row.kind, row.state, row.decisions, {row.value, row.currency}});
    return reply;
}

struct StoredEvent {
    std::string event, state, actor, reason, payload;
    Instant happened_at;
};

Result<ShowReply> show(Context& context, const ShowRequest& request) {
    return context.shop.database().read([&](Connection& connection) -> Result<ShowReply> {
        const auto found = TRY(connection.rows<CurrentDecision>("FROM decisions.current WHERE id = ?", request.id));
        if (found.empty()) return fail(ErrorCode::not_found, "there is no such decision", request.id);
        ShowReply reply{.decision = listed(found.front())};
        for (const auto& row : TRY(connection.rows<StoredEvent>(
                 "FROM decisions.event WHERE decision_id = ? ORDER BY number", request.id)))
            reply.events.push_back({row.event, row.state, row.actor, row.reason, format(row.happened_at), row.payload});
        return reply;
    });
}

struct Pending {
    std::string id, hash;
};

Result<std::vector<Choice>> choices_of(Connection& connection, const ChooseRequest& request) {
    if (!request.hashes.empty() && request.hashes.size() != request.ids.size())
        return fail(ErrorCode::invalid_argument, "give one hash for each id, in the same order", "hashes");
    if (std::ranges::contains(request.hashes, std::string()))
        return fail(ErrorCode::invalid_argument, "a hash is empty; give what decisions.show told", "hashes");
    if (!request.ids.empty() && request.all)
        return fail(ErrorCode::invalid_argument, "name decisions by their ids or give all, not both", "all");
    if (request.ids.empty() && !request.all)
        return fail(ErrorCode::invalid_argument, "name decisions by their ids, or give all", "ids");
    std::vector<Choice> choices;
    for (std::size_t i = 0; i < request.ids.size(); ++i)
        choices.push_back({request.ids[i], request.hashes.empty() ? "" : request.hashes[i]});
    if (!request.all) return choices;
    for (const auto& row : TRY(connection.rows<Pending>(
             "SELECT id, hash FROM decisions.current WHERE state = 'audited' AND (?1 = '' OR kind = ?1)",
             request.kind)))
        choices.push_back({row.id, row.hash});
    return choices;
}

ChooseReply reply_of(std::vector<Outcome> outcomes) {
    ChooseReply reply{.decisions = std::move(outcomes)};
    for (const auto& outcome : reply.decisions) ++(outcome.error ? reply.failed : reply.done);
    return reply;
}

// All in one transaction. A request that makes no sense takes nothing from the others.
std::vector<Result<ChooseReply>> approve_chosen(Context& context, std::span<const ChooseRequest> requests) {
    std::vector<Result<std::vector<Choice>>> chosen;
    std::vector<Outcome> outcomes;
    const auto written = context.shop.database().write([&](Connection& connection) -> Result<> {
        std::vector<Choice> all;
        chosen.clear();
        for (const auto& request : requests) {
            const auto& own = chosen.emplace_back(choices_of(connection, request));
            if (own) all.insert(all.end(), own->begin(), own->end());
        }
        outcomes = TRY(approve(connection, all, {context.principal.name, now()}));
        return {};
    });
    if (!written) return {requests.size(), std::unexpected(written.error())};
    std::vector<Result<ChooseReply>> replies;
    auto next = outcomes.begin();
    for (const auto& own : chosen) {
        if (!own) {
            replies.emplace_back(std::unexpected(own.error()));
            continue;
        }
        const auto end = next + std::ssize(*own);
        replies.emplace_back(reply_of({next, end}));
        next = end;
    }
    return replies;
}

Result<ChooseReply> reject_chosen(Context& context, const ChooseRequest& request) {
    std::vector<Outcome> outcomes;
    TRY(context.shop.database().write([&](Connection& connection) -> Result<> {
        outcomes = TRY(
            reject(connection, TRY(choices_of(connection, request)), {context.principal.name, now()}, request.reason));
        return {};
    }));
    return reply_of(std::move(outcomes));
}

void add_readers(operations::Registry& registry, const Kinds& kinds) {
    using operations::declare;
    registry.add(declare<ListRequest, ListReply>(
        {.name = "decisions.list",
         .summary = {"Lists decisions: the newest day first, then by urgency times value",
                     "列出决策：先最新一天，再按紧急度乘金额"}},
        list));
    registry.add(declare<CountsRequest, CountsReply>(
        {.name = "decisions.counts",
         .summary = {"Counts decisions by kind and state, and names the kinds", "按类型与状态统计决策"}},
        [kinds](Context& context, const CountsRequest&) { return counts(context, kinds); }));
    registry.add(declare<ShowRequest, ShowReply>(
        {.name = "decisions.show",
         .summary = {"Shows one decision with all that happened to it", "显示一项决策及其经过"},
         .positional = {"id"},
         .required = {"id"}},
        show));
}

}  // namespace

store::Schema schema() {
    static constexpr char sql[] =
#include "platform/decisions/schema.sql.inc"
        ;
    return {"decisions", sql};
}

void add_operations(operations::Registry& registry, const Kinds& kinds) {
    using operations::declare;
    add_readers(registry, kinds);
    add_policy_operations(registry, kinds);
    registry.add(operations::declare_many<ChooseRequest, ChooseReply>(
        {.name = "decisions.approve",
         .summary = {"Approves decisions; each for itself, so that one that is stale holds up no other",
                     "批准决策；逐项处理，互不耽误"},
         .role = Role::approver,
         .effect = Effect::changes,
         .idempotent = true,
         .positional = {"ids"},
         .seen = {"ids", "hashes"}},
        approve_chosen));
    registry.add(
        declare<ChooseRequest, ChooseReply>({.name = "decisions.reject",
                                             .summary = {"Rejects decisions, with a reason", "否决决策并记录原因"},
                                             .role = Role::approver,
                                             .effect = Effect::changes,
                                             .idempotent = true,
                                             .positional = {"ids"}},
                                            reject_chosen));
    add_delivery_operations(registry, kinds);
    add_measure_operations(registry, kinds);
}

}  // namespace suanpan::decisions
