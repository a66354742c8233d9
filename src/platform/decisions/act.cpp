#include "platform/decisions/act.h"

#include <map>

#include "platform/decisions/export.h"
#include "platform/decisions/outbox.h"

namespace suanpan::decisions {
namespace {

using store::Connection;

struct Acting {
    const store::Shop& shop;
    const Webhooks& webhooks;
    const Actor& actor;
};

struct Approval {
    std::string id, hash;
};

// What each approval was bound to; those of older programs do not say.
Result<std::map<std::string, std::string>> approved_hashes(Connection& connection, const Group& group) {
    std::map<std::string, std::string> hashes;
    for (auto& row : TRY(connection.rows<Approval>(R"(
        SELECT e.decision_id AS id, coalesce(arg_max(e.payload->>'$.hash', e.number), '') AS hash
        FROM decisions.event AS e JOIN decisions.decision AS d ON d.id = e.decision_id
        WHERE e.event = 'approve' AND d.kind = ? AND d.as_of = ?
        GROUP BY e.decision_id)",
                                                   group.kind, group.as_of)))
        hashes.emplace(std::move(row.id), std::move(row.hash));
    return hashes;
}

// Those whose approval holds, and the events of all.
struct Sorted {
    std::vector<CurrentDecision> to_act;
    std::vector<EventRow> events;
};

Result<Sorted> sort_approved(Connection& connection, const Group& group, const Actor& actor) {
    const auto hashes = TRY(approved_hashes(connection, group));
    Sorted sorted;
    for (auto& decision : TRY(connection.rows<CurrentDecision>(R"(
        FROM decisions.current WHERE kind = ? AND as_of = ? AND state = 'approved' ORDER BY subject, id)",
                                                               group.kind, group.as_of))) {
        const auto hash = decision_hash(decision);
        const auto approved = hashes.find(decision.id);
        const bool holds =
            hash == decision.hash && (approved == hashes.end() || approved->second.empty() || approved->second == hash);
        if (holds) {
            sorted.events.push_back({decision.id, "act", "acted", actor.name, "", "{}", actor.now});
            sorted.to_act.push_back(std::move(decision));
        } else {
            sorted.events.push_back({decision.id, "fail", "failed", actor.name,
                                     "it is not what was approved: its content changed since; run the day again for a "
                                     "new proposal",
                                     "{}", actor.now});
        }
    }
    return sorted;
}

Result<> act_on_group(Connection& connection, const Acting& acting, const Kind& kind, const Group& group,
                      Acted& acted) {
    const auto sorted = TRY(sort_approved(connection, group, acting.actor));
    if (kind.act)
        for (const auto& decision : sorted.to_act) TRY(kind.act(connection, decision, acting.actor.now));
    TRY(record(connection, sorted.events));
    // After the events and within their transaction: where there is no space for the file, nothing has been acted on.
    if (auto file = TRY(reserve_export(connection, acting.shop, kind, group)); !file.empty())
        acted.files.push_back(std::move(file));
    if (find_webhook(acting.webhooks, kind.name) != nullptr)
        TRY(file_letters(connection, acting.shop, "acted", sorted.to_act, acting.actor));
    acted.decisions += std::ssize(sorted.to_act);
    acted.failed += std::ssize(sorted.events) - std::ssize(sorted.to_act);
    return {};
}

}  // namespace

Result<Acted> act(const store::Shop& shop, const Kinds& kinds, const Actor& actor) {
    const auto webhooks = TRY(webhooks_of(shop.settings()));
    Acted acted;
    TRY(write_with_exports(shop, kinds, [&](Connection& connection) -> Result<> {
        acted = {};
        for (const auto& group : TRY(connection.rows<Group>(
                 "SELECT DISTINCT kind, as_of FROM decisions.current WHERE state = 'approved' ORDER BY ALL"))) {
            const auto* webhook = find_webhook(webhooks, group.kind);
            if (webhook != nullptr) (void)TRY(read_keys(shop.folder(), *webhook));
            for (const auto& kind : kinds)
                if (kind.name == group.kind) TRY(act_on_group(connection, {shop, webhooks, actor}, kind, group, acted));
        }
        return {};
    }));
    return acted;
}

namespace {

Result<> undo_group(Connection& connection, const Acting& acting, const Kind& kind, const Group& group,
                    const std::string& ids) {
    (void)TRY(reserve_export(connection, acting.shop, kind, group));
    if (find_webhook(acting.webhooks, kind.name) == nullptr) return {};
    const auto decisions = TRY(connection.rows<CurrentDecision>(R"(
        FROM decisions.current
        WHERE kind = ? AND as_of = ? AND id IN (SELECT unnest(string_split(?, chr(10))))
        ORDER BY subject, id)",
                                                                group.kind, group.as_of, ids));
    TRY(withdraw_letters(connection, decisions, acting.actor));
    return file_letters(connection, acting.shop, "rolled_back", decisions, acting.actor);
}

}  // namespace

Result<std::vector<Outcome>> undo(const store::Shop& shop, const Kinds& kinds, std::span<const Choice> choices,
                                  const Actor& actor, const std::string& reason) {
    const auto webhooks = TRY(webhooks_of(shop.settings()));
    std::vector<Outcome> outcomes;
    TRY(write_with_exports(shop, kinds, [&](Connection& connection) -> Result<> {
        outcomes = TRY(roll_back(connection, choices, actor, reason));
        std::string ids;
        for (const auto& outcome : outcomes)
            if (!outcome.error) ids += outcome.id + "\n";
        for (const auto& group : TRY(connection.rows<Group>("SELECT DISTINCT kind, as_of FROM decisions.decision WHERE "
                                                            "id IN (SELECT unnest(string_split(?, chr(10))))",
                                                            ids)))
            for (const auto& kind : kinds)
                if (kind.name == group.kind) TRY(undo_group(connection, {shop, webhooks, actor}, kind, group, ids));
        return {};
    }));
    return outcomes;
}

}  // namespace suanpan::decisions
