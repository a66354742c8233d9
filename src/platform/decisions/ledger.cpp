#include "platform/decisions/ledger.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <unordered_map>

#include "platform/decisions/audit.h"
#include "platform/decisions/holdout.h"

namespace suanpan::decisions {
namespace {

using store::Connection;

const Kind* find_kind(const Kinds& kinds, std::string_view name) {
    for (const auto& kind : kinds)
        if (kind.name == name) return &kind;
    return nullptr;
}

Decision as_row(const Proposal& proposal, const Actor& actor) {
    return {decision_id(proposal), proposal.kind,        proposal.subject,        proposal.as_of,
            proposal.arguments,    proposal.evidence,    proposal.expected,       proposal.summary_en,
            proposal.summary_zh,   proposal.value.minor, proposal.value.currency, proposal.urgency,
            proposal.deadline,     actor.name,           decision_hash(proposal)};
}

// The events of one proposal, from its filing to where it waits.
struct Course {
    std::vector<EventRow>& rows;
    const Actor& actor;
    std::string id;
    State state = State::proposed;

    Result<> go(Event event, std::string reason, std::string by, std::string payload = "{}") {
        state = TRY(transition(state, event));
        rows.push_back({id, std::string(name(event)), std::string(name(state)), std::move(by), std::move(reason),
                        std::move(payload), actor.now});
        return {};
    }
};

// What an approval is bound to, kept with it.
std::string bound_to(const std::string& hash) {
    return fmt::format(R"({{"hash":"{}"}})", hash);
}

std::string refusals(const std::vector<Verdict>& verdicts) {
    std::string text;
    for (const auto& verdict : verdicts)
        if (!verdict.passed) text += (text.empty() ? "" : "; ") + verdict.guardrail + ": " + verdict.message;
    return text;
}

struct Allowance {
    const store::Policy* policy;
    double left;  // of the day's limit, in major units

    bool take(double value) {
        if (policy == nullptr || value > policy->approve_below || value > left) return false;
        left -= value;
        return true;
    }
};

double major_units(const Money& money) {
    double unit = 1;
    for (int i = 0; i < minor_digits(money.currency); ++i) unit *= 10;
    return static_cast<double>(money.minor) / unit;
}

struct Spent {
    std::int64_t total = 0;
};

Result<Allowance> allowance(Connection& connection, const store::Shop& shop, const std::string& kind, Instant now) {
    const auto* policy = shop.settings().policy(kind);
    if (policy == nullptr) return Allowance{nullptr, 0};
    const auto since = shop.time_zone().start_of(shop.time_zone().day_of(now));
    const auto spent = TRY(connection.row<Spent>(R"(
        SELECT coalesce(sum(d.value), 0)::BIGINT AS total
        FROM decisions.event AS e JOIN decisions.decision AS d ON d.id = e.decision_id
        WHERE e.event = 'approve' AND e.actor = ? AND d.kind = ? AND e.happened_at >= ?)",
                                                 "policy:" + kind, kind, since));
    return Allowance{policy, policy->daily_limit - major_units({spent.total, shop.settings().currency})};
}

struct Known {
    std::string id;
};

Result<std::set<std::string>> known_ids(Connection& connection, std::span<const Proposal> proposals) {
    std::set<Day> days;
    for (const auto& proposal : proposals) days.insert(proposal.as_of);
    std::set<std::string> ids;
    for (const auto day : days)
        for (auto& row : TRY(connection.rows<Known>("SELECT id FROM decisions.decision WHERE as_of = ?", day)))
            ids.insert(std::move(row.id));
    return ids;
}

struct Older {
    std::string id, kind, subject;
};

Result<std::int64_t> supersede(Connection& connection, std::span<const Decision> fresh, const Actor& actor) {
    if (fresh.empty()) return 0;
    std::set<std::pair<std::string, std::string>> subjects;
    for (const auto& decision : fresh) subjects.emplace(decision.kind, decision.subject);
    std::vector<EventRow> rows;
    for (const auto& older : TRY(connection.rows<Older>(
             "SELECT id, kind, subject FROM decisions.current WHERE state = 'audited' AND as_of < ?",
             fresh.front().as_of)))
        if (subjects.contains({older.kind, older.subject}))
            rows.push_back(
                {older.id, "expire", "expired", actor.name, "a newer proposal takes its place", "{}", actor.now});
    TRY(record(connection, rows));
    return std::ssize(rows);
}

struct Filing {
    std::vector<Decision> decisions;
    std::vector<EventRow> events;
    Proposed counts;
};

Result<> file(Filing& filing, const store::Shop& shop, const Kind& kind, const Proposal& proposal, const Actor& actor,
              Allowance& allowance) {
    const auto& row = filing.decisions.emplace_back(as_row(proposal, actor));
    filing.events.push_back({row.id, "propose", "proposed", actor.name, "", "{}", actor.now});
    Course course{filing.events, actor, row.id};
    const auto refused = refusals(kind.guard ? kind.guard(shop.settings(), proposal) : std::vector<Verdict>{});
    if (!refused.empty()) {
        ++filing.counts.refused;
        return course.go(Event::guard_refused, refused, "guardrail:" + kind.name);
    }
    TRY(course.go(Event::guard_passed, "", "guardrail:" + kind.name));
    const auto unfair = refusals(audit(shop.settings(), kind, proposal));
    if (!unfair.empty()) {
        ++filing.counts.refused;
        return course.go(Event::audit_refused, unfair, "audit");
    }
    TRY(course.go(Event::audit_passed, "no personal attribute among the arguments and the evidence", "audit"));
    if (!allowance.take(major_units(proposal.value))) {
        ++filing.counts.pending;
        return {};
    }
    if (is_held_out(shop.settings(), row)) {
        ++filing.counts.held_out;
        return course.go(Event::expire, std::string(held_out_reason), "policy:" + kind.name);
    }
    ++filing.counts.approved;
    return course.go(Event::approve, "within the limits of the shop's policy", "policy:" + kind.name,
                     bound_to(row.hash));
}

struct Standing {
    std::string id, state, proposed_by, hash, last_actor;
    Instant deadline;
};

Result<std::unordered_map<std::string, Standing>> standings(Connection& connection, std::span<const Choice> choices) {
    std::string ids;  // a line each, bound as one value: DuckDB binds no lists
    for (const auto& choice : choices) ids += choice.id + "\n";
    std::unordered_map<std::string, Standing> all;
    for (auto& row : TRY(connection.rows<Standing>(R"(
        SELECT d.id, arg_max(e.state, e.number) AS state, any_value(d.proposed_by) AS proposed_by,
               any_value(d.hash) AS hash, arg_max(e.actor, e.number) AS last_actor, any_value(d.deadline) AS deadline
        FROM decisions.decision AS d
        JOIN decisions.event AS e ON e.decision_id = d.id
        WHERE d.id IN (SELECT unnest(string_split(?1, chr(10)))) AND e.decision_id IN (SELECT unnest(string_split(?1, chr(10))))
        GROUP BY d.id)",
                                                   ids)))
        all.emplace(row.id, row);
    return all;
}

Result<State> approved_state(const Choice& choice, const Standing& standing, const Actor& actor) {
    if (!choice.hash.empty() && choice.hash != standing.hash)
        return fail(ErrorCode::conflict, "the decision is not the one you saw; look at it again before you approve it");
    if (standing.proposed_by == actor.name)
        return fail(ErrorCode::permission_denied, "who proposed a decision may not approve it; ask another person");
    if (standing.state == "audited" && standing.deadline < actor.now)
        return fail(ErrorCode::expired, fmt::format("its deadline was {}; run the day again for a new proposal",
                                                    format(standing.deadline)));
    return transition(TRY(parse_state(standing.state)), Event::approve);
}

// Applies `next` to each choice and records what was possible.
template <class Next>
Result<std::vector<Outcome>> decide(Connection& connection, std::span<const Choice> choices, EventRow event,
                                    Next next) {
    const auto standing = TRY(standings(connection, choices));
    std::vector<Outcome> outcomes;
    std::vector<EventRow> rows;
    std::set<std::string> taken;
    for (const auto& choice : choices) {
        auto& outcome = outcomes.emplace_back(Outcome{.id = choice.id});
        const auto found = standing.find(choice.id);
        Result<State> state = fail(ErrorCode::not_found, "there is no such decision");
        if (found != standing.end()) {
            outcome.state = found->second.state;
            state = next(choice, found->second);
        }
        if (!state) {
            outcome.error_code = name(state.error().code);
            outcome.error = state.error().message;
            continue;
        }
        outcome.state = name(*state);
        if (outcome.state == found->second.state || !taken.insert(choice.id).second) continue;
        event.decision_id = choice.id;
        event.state = outcome.state;
        if (*state == State::approved) event.payload = bound_to(found->second.hash);
        rows.push_back(event);
    }
    TRY(record(connection, rows));
    return outcomes;
}

}  // namespace

Result<Proposed> propose(Connection& connection, const store::Shop& shop, const Kinds& kinds,
                         std::span<const Proposal> proposals, const Actor& actor) {
    const auto known = TRY(known_ids(connection, proposals));
    std::map<std::string, Allowance> allowances;
    Filing filing;
    for (const auto& proposal : proposals) {
        const auto* kind = find_kind(kinds, proposal.kind);
        if (kind == nullptr)
            return fail(ErrorCode::internal, fmt::format("no area declares decisions of kind \"{}\"", proposal.kind));
        if (known.contains(decision_id(proposal))) {
            ++filing.counts.known;
            continue;
        }
        if (!allowances.contains(kind->name))
            allowances.emplace(kind->name, TRY(allowance(connection, shop, kind->name, actor.now)));
        TRY(file(filing, shop, *kind, proposal, actor, allowances.at(kind->name)));
    }
    filing.counts.superseded = TRY(supersede(connection, filing.decisions, actor));
    TRY(connection.append<Decision>("decisions", "decision", filing.decisions));
    TRY(record(connection, filing.events));
    return filing.counts;
}

Result<std::vector<Outcome>> approve(Connection& connection, std::span<const Choice> choices, const Actor& actor) {
    const EventRow event{"", "approve", "", actor.name, "", "{}", actor.now};
    return decide(connection, choices, event, [&](const Choice& choice, const Standing& standing) -> Result<State> {
        // The same approval again is answered as the first one was.
        if (standing.state == "approved" && standing.last_actor == actor.name &&
            (choice.hash.empty() || choice.hash == standing.hash))
            return State::approved;
        return approved_state(choice, standing, actor);
    });
}

Result<std::vector<Outcome>> reject(Connection& connection, std::span<const Choice> choices, const Actor& actor,
                                    const std::string& reason) {
    const EventRow event{"", "reject", "", actor.name, reason, "{}", actor.now};
    return decide(connection, choices, event, [&](const Choice& choice, const Standing& standing) -> Result<State> {
        if (!choice.hash.empty() && choice.hash != standing.hash)
            return fail(ErrorCode::conflict, "the decision is not the one you saw; look at it again");
        if (standing.state == "rejected") return State::rejected;
        return transition(TRY(parse_state(standing.state)), Event::reject);
    });
}

Result<std::vector<Outcome>> roll_back(Connection& connection, std::span<const Choice> choices, const Actor& actor,
                                       const std::string& reason) {
    const EventRow event{"", "roll_back", "", actor.name, reason, "{}", actor.now};
    return decide(connection, choices, event, [](const Choice&, const Standing& standing) -> Result<State> {
        if (standing.state == "rolled_back") return State::rolled_back;
        return transition(TRY(parse_state(standing.state)), Event::roll_back);
    });
}

Result<> record(Connection& connection, std::span<const EventRow> rows) {
    if (rows.empty()) return {};
    return connection.append<EventRow>("decisions", "event", rows);
}

Result<std::int64_t> expire_due(Connection& connection, const Actor& actor) {
    std::vector<EventRow> rows;
    for (const auto& due : TRY(connection.rows<Known>(
             "SELECT id FROM decisions.current WHERE state IN ('audited', 'approved') AND deadline < ?", actor.now)))
        rows.push_back({due.id, "expire", "expired", actor.name, "its deadline has passed", "{}", actor.now});
    TRY(record(connection, rows));
    return std::ssize(rows);
}

}  // namespace suanpan::decisions
