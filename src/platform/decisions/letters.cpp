#include <fmt/format.h>

#include <set>

#include "platform/decisions/outbox.h"
#include "platform/operations/declare.h"

namespace suanpan::decisions {

// The body of a letter, after Standard Webhooks: what happened, when, and all that a person approved.
struct LetterValue {
    std::int64_t minor = 0;
    std::string currency;
};

struct LetterText {
    std::string en, zh;
};

struct LetterData {
    std::string id, shop, kind, subject, as_of;
    glz::raw_json arguments, expected;
    LetterValue value;
    LetterText summary;
    std::string hash;
};

struct LetterBody {
    std::string type, timestamp;
    LetterData data;
};

namespace {

using store::Connection;

struct LetterRow {
    std::string id, decision_id, kind, event, body;
    Instant created_at;
};

struct AttemptRow {
    std::string delivery_id, outcome;
    std::int64_t attempts = 0, status = 0;
    std::string reason;
    Instant happened_at, next_at;
};

struct Filed {
    std::string id;
};

std::string lines_of(std::span<const CurrentDecision> decisions) {
    std::string ids;
    for (const auto& decision : decisions) ids += decision.id + "\n";
    return ids;
}

Result<std::string> body_of(const store::Shop& shop, const CurrentDecision& decision, const std::string& event,
                            Instant when) {
    return operations::to_json(LetterBody{.type = "decision." + event,
                                          .timestamp = format(when),
                                          .data = {.id = decision.id,
                                                   .shop = shop.settings().name,
                                                   .kind = decision.kind,
                                                   .subject = decision.subject,
                                                   .as_of = format(decision.as_of),
                                                   .arguments = decision.arguments,
                                                   .expected = decision.expected,
                                                   .value = {decision.value, decision.currency},
                                                   .summary = {decision.summary_en, decision.summary_zh},
                                                   .hash = decision.hash}});
}

}  // namespace

Result<> file_letters(Connection& connection, const store::Shop& shop, const std::string& event,
                      std::span<const CurrentDecision> decisions, const Actor& actor) {
    if (decisions.empty()) return {};
    std::set<std::string> known;
    for (const auto& row : TRY(connection.rows<Filed>(R"(
        SELECT id FROM decisions.delivery
        WHERE event = ? AND decision_id IN (SELECT unnest(string_split(?, chr(10)))))",
                                                      event, lines_of(decisions))))
        known.insert(row.id);
    std::vector<LetterRow> letters;
    std::vector<AttemptRow> queued;
    for (const auto& decision : decisions) {
        const auto id = decision.id + "." + event;
        if (!known.insert(id).second) continue;
        letters.push_back(
            {id, decision.id, decision.kind, event, TRY(body_of(shop, decision, event, actor.now)), actor.now});
        queued.push_back({id, "queued", 0, 0, "", actor.now, actor.now});
    }
    if (letters.empty()) return {};
    TRY(connection.append<LetterRow>("decisions", "delivery", letters));
    return connection.append<AttemptRow>("decisions", "delivery_attempt", queued);
}

Result<> withdraw_letters(Connection& connection, std::span<const CurrentDecision> decisions, const Actor& actor) {
    std::vector<AttemptRow> rows;
    for (const auto& row : TRY(connection.rows<Filed>(R"(
        SELECT id FROM decisions.outbox
        WHERE state = 'waiting' AND event = 'acted' AND decision_id IN (SELECT unnest(string_split(?, chr(10)))))",
                                                      lines_of(decisions))))
        rows.push_back({row.id, "withdrawn", 0, 0, "the decision was taken back", actor.now, actor.now});
    return rows.empty() ? Result<>() : connection.append<AttemptRow>("decisions", "delivery_attempt", rows);
}

}  // namespace suanpan::decisions
