#include "platform/decisions/outbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "platform/decisions/export.h"

namespace suanpan::decisions {
namespace {

using store::Connection;

std::mutex delivering;  // one at a time: two would send the same letters

struct Waiting {
    std::string id, decision_id, kind, event, body, state;
    std::int64_t attempts = 0;
};

struct Attempt {
    std::string delivery_id, outcome;
    std::int64_t attempts = 0, status = 0;
    std::string reason;
    Instant happened_at, next_at;
};

// A moment further away than any pause is none that we set: the clock has been put back since.
Result<std::vector<Waiting>> due(const store::Shop& shop, Instant now) {
    return shop.database().read([&](Connection& connection) {
        return connection.rows<Waiting>(R"(
            SELECT id, decision_id, kind, event, body, state, attempts FROM decisions.outbox
            WHERE state = 'waiting' AND (next_at <= ? OR next_at > ?)
            ORDER BY first_number LIMIT 10000)",
                                        now, now + longest_pause);
    });
}

PostAnswer post(const store::Shop& shop, const Webhook& webhook, const Waiting& letter, const Deliverer& deliverer) {
    const auto keys = read_keys(shop.folder(), webhook);
    if (!keys) return {.failure = keys.error().text()};
    const auto seconds = std::chrono::floor<std::chrono::seconds>(deliverer.clock()).time_since_epoch().count();
    const auto signed_by = signature(*keys, {letter.id, letter.body, seconds});
    return deliverer.send(
        {.url = webhook.url,
         .body = letter.body,
         .headers = {"Content-Type: application/json", "User-Agent: suanpan", "webhook-id: " + letter.id,
                     fmt::format("webhook-timestamp: {}", seconds), "webhook-signature: " + signed_by},
         .timeout =
             std::chrono::milliseconds(static_cast<std::int64_t>(std::max(1.0, webhook.timeout_seconds * 1000)))});
}

std::string reason_of(const PostAnswer& answer) {
    if (answer.status == 0) return answer.failure;
    if (answer.status >= 300 && answer.status < 400)
        return fmt::format("answered {}: redirects are not followed; write the final URL into shop.yaml",
                           answer.status);
    return fmt::format("answered {}", answer.status);
}

Attempt attempt_of(const Webhook& webhook, const Waiting& letter, const PostAnswer& answer, Instant now) {
    const auto attempts = letter.attempts + 1;
    if (answer.status >= 200 && answer.status < 300)
        return {letter.id, "delivered", attempts, answer.status, reason_of(answer), now, now};
    const bool over = attempts >= webhook.attempts || answer.status == 410;
    const auto asked = std::min<std::chrono::microseconds>(answer.retry_after, longest_pause);
    return {letter.id,
            over ? "dead" : "retry",
            attempts,
            answer.status,
            reason_of(answer),
            now,
            now + std::max(asked, pause_after(webhook, attempts))};
}

struct StateOfDay {
    std::string state;
    Day as_of;
};

// The receiver never got it: the decision has failed, and leaves the export file.
Result<> fail_decision(Connection& connection, const store::Shop& shop, const Kinds& kinds, const Waiting& letter,
                       const Attempt& attempt) {
    const auto stands =
        TRY(connection.row<StateOfDay>("SELECT state, as_of FROM decisions.current WHERE id = ?", letter.decision_id));
    if (letter.event != "acted" || stands.state != "acted") return {};
    const EventRow event{letter.decision_id,
                         "fail",
                         "failed",
                         "webhook:" + letter.kind,
                         fmt::format("not delivered after {} attempts: {}", attempt.attempts, attempt.reason),
                         "{}",
                         attempt.happened_at};
    TRY(record(connection, {&event, 1}));
    for (const auto& kind : kinds)
        if (kind.name == letter.kind) (void)TRY(reserve_export(connection, shop, kind, {letter.kind, stands.as_of}));
    return {};
}

// A letter may have been withdrawn while it was under way.
Result<> settle(const store::Shop& shop, const Kinds& kinds, const Waiting& letter, Attempt attempt) {
    return write_with_exports(shop, kinds, [&](Connection& connection) -> Result<> {
        auto row = attempt;
        const bool waits =
            TRY(connection.count("SELECT count(*) FROM decisions.outbox WHERE id = ? AND state = 'waiting'",
                                 letter.id)) > 0;
        if (!waits && row.outcome != "delivered") row.outcome = "withdrawn";
        TRY(connection.append<Attempt>("decisions", "delivery_attempt", {&row, 1}));
        return row.outcome == "dead" ? fail_decision(connection, shop, kinds, letter, row) : Result<>();
    });
}

void count(Delivered& delivered, const Attempt& attempt) {
    delivered.delivered += attempt.outcome == "delivered";
    delivered.failed_attempts += attempt.outcome != "delivered";
    delivered.dead += attempt.outcome == "dead";
}

}  // namespace

Result<Delivered> deliver_due(const store::Shop& shop, const Kinds& kinds, const Deliverer& deliverer) {
    const auto webhooks = TRY(webhooks_of(shop.settings()));
    Delivered delivered;
    const std::unique_lock lock(delivering, std::try_to_lock);
    if (webhooks.empty() || !lock.owns_lock()) return delivered;
    const auto begun = deliverer.clock();
    std::set<std::string> left_alone;
    for (const auto& letter : TRY(due(shop, begun))) {
        const auto* webhook = find_webhook(webhooks, letter.kind);
        if (webhook == nullptr || left_alone.contains(webhook->url)) continue;
        if (deliverer.stop.stop_requested() || deliverer.clock() - begun > deliverer.budget) break;
        const auto answer = post(shop, *webhook, letter, deliverer);
        if (answer.stopped) break;
        if (answer.status == 0 || answer.status == 429 || answer.status == 503) left_alone.insert(webhook->url);
        const auto attempt = attempt_of(*webhook, letter, answer, deliverer.clock());
        TRY(settle(shop, kinds, letter, attempt));
        count(delivered, attempt);
    }
    return delivered;
}

namespace {

Result<std::string> queue_again(Connection& connection, const Waiting& letter, const Actor& actor) {
    if (letter.state != "dead")
        return fail(ErrorCode::conflict, fmt::format("this letter is {}; only a dead one is sent again", letter.state));
    auto stands =
        TRY(connection.row<StateOfDay>("SELECT state, as_of FROM decisions.current WHERE id = ?", letter.decision_id));
    if (letter.event == "acted" && stands.state == "failed") {
        const std::vector<EventRow> events = {
            {letter.decision_id, "retry", "approved", actor.name, "its letter is sent again", "{}", actor.now},
            {letter.decision_id, "act", "acted", actor.name, "", "{}", actor.now}};
        TRY(record(connection, events));
    } else if (letter.event == "acted" && stands.state != "acted" && stands.state != "measured") {
        return fail(ErrorCode::conflict, fmt::format("its decision is {} by now", stands.state));
    }
    const Attempt again{letter.id, "queued", 0, 0, "sent again by " + actor.name, actor.now, actor.now};
    TRY(connection.append<Attempt>("decisions", "delivery_attempt", {&again, 1}));
    return std::string("waiting");
}

Result<Outcome> redeliver_one(Connection& connection, const std::string& id, const Actor& actor) {
    Outcome outcome{.id = id};
    const auto found = TRY(connection.rows<Waiting>(
        "SELECT id, decision_id, kind, event, body, state, attempts FROM decisions.outbox WHERE id = ?", id));
    const auto state = found.empty() ? Result<std::string>(fail(ErrorCode::not_found, "there is no such letter"))
                                     : queue_again(connection, found.front(), actor);
    if (state) {
        outcome.state = *state;
    } else {
        outcome.state = found.empty() ? "" : found.front().state;
        outcome.error_code = name(state.error().code);
        outcome.error = state.error().message;
    }
    return outcome;
}

Result<> reserve_exports(Connection& connection, const store::Shop& shop, const Kinds& kinds,
                         const std::string& letters) {
    for (const auto& group : TRY(connection.rows<Group>(R"(
        SELECT DISTINCT d.kind, d.as_of FROM decisions.decision AS d
        JOIN decisions.delivery AS l ON l.decision_id = d.id
        WHERE l.id IN (SELECT unnest(string_split(?, chr(10)))))",
                                                        letters)))
        for (const auto& kind : kinds)
            if (kind.name == group.kind) (void)TRY(reserve_export(connection, shop, kind, group));
    return {};
}

struct LetterStep {
    std::string delivery_id, outcome;
};

}  // namespace

Result<std::vector<Outcome>> redeliver(const store::Shop& shop, const Kinds& kinds, std::span<const std::string> ids,
                                       const Actor& actor) {
    std::vector<Outcome> outcomes;
    TRY(write_with_exports(shop, kinds, [&](Connection& connection) -> Result<> {
        outcomes.clear();
        std::string queued;
        for (const auto& id : ids) {
            outcomes.push_back(TRY(redeliver_one(connection, id, actor)));
            if (!outcomes.back().error) queued += id + "\n";
        }
        return reserve_exports(connection, shop, kinds, queued);
    }));
    return outcomes;
}

Result<std::vector<std::string>> check_letters(Connection& connection) {
    // "" is before the first; an attempt that was under way when its letter was withdrawn may still end.
    static const std::map<std::string, std::set<std::string>> may_follow = {
        {"", {"queued"}},
        {"queued", {"retry", "delivered", "dead", "withdrawn"}},
        {"retry", {"retry", "delivered", "dead", "withdrawn"}},
        {"dead", {"queued"}},
        {"withdrawn", {"withdrawn", "delivered"}},
        {"delivered", {}}};
    std::vector<std::string> differences;
    std::map<std::string, std::string> last;
    for (const auto& step : TRY(connection.rows<LetterStep>(
             "SELECT delivery_id, outcome FROM decisions.delivery_attempt ORDER BY number"))) {
        auto& before = last[step.delivery_id];
        const auto allowed = may_follow.find(before);
        if (allowed == may_follow.end() || !allowed->second.contains(step.outcome))
            differences.push_back(fmt::format("letter {}: {} after {}", step.delivery_id, step.outcome,
                                              before.empty() ? "nothing" : before));
        before = step.outcome;
    }
    const auto lost = TRY(connection.count(R"(
        SELECT count(*) FROM decisions.delivery AS l
        WHERE l.decision_id NOT IN (SELECT id FROM decisions.decision)
           OR l.id NOT IN (SELECT delivery_id FROM decisions.delivery_attempt)
           OR (l.event = 'acted' AND l.decision_id NOT IN (SELECT decision_id FROM decisions.event WHERE event = 'act')))"));
    if (lost > 0) differences.push_back(fmt::format("{} letters without their decision, event or attempts", lost));
    return differences;
}

}  // namespace suanpan::decisions
