#include <fmt/format.h>

#include <map>
#include <unordered_map>
#include <unordered_set>

#include "platform/decisions/audit.h"
#include "platform/decisions/holdout.h"
#include "platform/decisions/ledger.h"
#include "platform/decisions/policy.h"

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

std::string refusals(const std::vector<Verdict>& verdicts) {
    std::string text;
    for (const auto& verdict : verdicts)
        if (!verdict.passed) text += (text.empty() ? "" : "; ") + verdict.guardrail + ": " + verdict.message;
    return text;
}

struct Allowance {
    std::optional<store::Policy> policy;
    double left = 0;      // of the day's limit, in major units
    bool is_set = false;  // by a person, so that its hours count, too

    bool take(double value) {
        if (!policy || policy->approve_below <= 0 || value > policy->approve_below || value > left) return false;
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
    const auto policy = TRY(policy_in_force(connection, shop.settings(), kind));
    if (!policy) return Allowance{};
    const auto since = shop.time_zone().start_of(shop.time_zone().day_of(now));
    const auto spent = TRY(connection.row<Spent>(R"(
        SELECT coalesce(sum(d.value), 0)::BIGINT AS total
        FROM decisions.event AS e JOIN decisions.decision AS d ON d.id = e.decision_id
        WHERE e.event = 'approve' AND e.actor = ? AND d.kind = ? AND e.happened_at >= ?)",
                                                 "policy:" + kind, kind, since));
    return Allowance{policy, policy->daily_limit - major_units({spent.total, shop.settings().currency}),
                     TRY(newest_change(connection, kind)).has_value()};
}

struct Known {
    std::string id;
};

struct Older {
    std::string id, kind, subject;
    Day as_of;
};

// Proposals on their way into the ledger, written some thousands at a time so that a day of a million needs little
// room.
class Filing {
  public:
    Filing(Connection& connection, const store::Shop& shop, const Actor& actor)
        : connection_(connection), shop_(shop), actor_(actor) {}
    Result<> add(const Kind& kind, const Proposal& proposal);
    Result<Proposed> finish();

  private:
    static constexpr std::size_t most_waiting = 4096;

    Result<bool> is_known(Day as_of, const std::string& id);
    Result<> find_older();
    Result<> supersede(const Decision& fresh);
    Result<> judge(const Kind& kind, const Proposal& proposal);
    Result<> settle(const Kind& kind, const Proposal& proposal, Course& course);
    Result<> write();

    Connection& connection_;
    const store::Shop& shop_;
    const Actor& actor_;
    std::map<Day, std::unordered_set<std::string>> known_;
    std::map<std::string, Allowance> allowances_;
    std::optional<std::unordered_map<std::string, std::vector<Older>>> older_;  // that wait, by kind and subject
    std::vector<Decision> decisions_;
    std::vector<EventRow> events_;
    Proposed counts_;
};

std::string kind_and_subject(const std::string& kind, const std::string& subject) {
    return kind + "\x1f" + subject;
}

Result<bool> Filing::is_known(Day as_of, const std::string& id) {
    if (!known_.contains(as_of)) {
        auto& ids = known_[as_of];
        for (auto& row : TRY(connection_.rows<Known>("SELECT id FROM decisions.decision WHERE as_of = ?", as_of)))
            ids.insert(std::move(row.id));
    }
    return !known_[as_of].insert(id).second;
}

Result<> Filing::find_older() {
    if (older_) return {};
    auto& older = older_.emplace();
    for (auto& row :
         TRY(connection_.rows<Older>("SELECT id, kind, subject, as_of FROM decisions.current WHERE state = 'audited'")))
        older[kind_and_subject(row.kind, row.subject)].push_back(std::move(row));
    return {};
}

Result<> Filing::supersede(const Decision& fresh) {
    TRY(find_older());
    const auto found = older_->find(kind_and_subject(fresh.kind, fresh.subject));
    if (found == older_->end()) return {};
    counts_.superseded += std::ssize(found->second);
    std::erase_if(found->second, [&](const Older& older) {
        if (older.as_of >= fresh.as_of) return false;
        events_.push_back(
            {older.id, "expire", "expired", actor_.name, "a newer proposal takes its place", "{}", actor_.now});
        return true;
    });
    counts_.superseded -= std::ssize(found->second);
    return {};
}

Result<> Filing::add(const Kind& kind, const Proposal& proposal) {
    if (TRY(is_known(proposal.as_of, decision_id(proposal)))) {
        ++counts_.known;
        return {};
    }
    if (!allowances_.contains(kind.name))
        allowances_.emplace(kind.name, TRY(allowance(connection_, shop_, kind.name, actor_.now)));
    if (const auto& allowed = allowances_.at(kind.name); allowed.is_set) {
        auto own = proposal;
        own.deadline = actor_.now + std::chrono::hours(allowed.policy->expire_after_hours);
        TRY(judge(kind, own));
    } else {
        TRY(judge(kind, proposal));
    }
    TRY(supersede(decisions_.back()));
    return decisions_.size() < most_waiting ? Result<>() : write();
}

Result<> Filing::judge(const Kind& kind, const Proposal& proposal) {
    const auto& row = decisions_.emplace_back(as_row(proposal, actor_));
    events_.push_back({row.id, "propose", "proposed", actor_.name, "", "{}", actor_.now});
    Course course{events_, actor_, row.id};
    const auto refused = refusals(kind.guard ? kind.guard(shop_.settings(), proposal) : std::vector<Verdict>{});
    if (!refused.empty()) {
        ++counts_.refused;
        return course.go(Event::guard_refused, refused, "guardrail:" + kind.name);
    }
    TRY(course.go(Event::guard_passed, "", "guardrail:" + kind.name));
    const auto unfair = refusals(audit(shop_.settings(), kind, proposal));
    if (!unfair.empty()) {
        ++counts_.refused;
        return course.go(Event::audit_refused, unfair, "audit");
    }
    TRY(course.go(Event::audit_passed, "no personal attribute among the arguments and the evidence", "audit"));
    return settle(kind, proposal, course);
}

// What the shop's policy allows is approved at once; the rest waits for a person.
Result<> Filing::settle(const Kind& kind, const Proposal& proposal, Course& course) {
    const auto& row = decisions_.back();
    if (!allowances_.at(kind.name).take(major_units(proposal.value))) {
        ++counts_.pending;
        return {};
    }
    if (is_held_out(shop_.settings(), row)) {
        ++counts_.held_out;
        return course.go(Event::expire, std::string(held_out_reason), "policy:" + kind.name);
    }
    ++counts_.approved;
    return course.go(Event::approve, "within the limits of the shop's policy", "policy:" + kind.name,
                     bound_to(row.hash));
}

Result<> Filing::write() {
    TRY(connection_.append<Decision>("decisions", "decision", decisions_));
    TRY(record(connection_, events_));
    decisions_.clear();
    events_.clear();
    return {};
}

Result<Proposed> Filing::finish() {
    TRY(write());
    return counts_;
}

}  // namespace

Result<Proposed> propose(Connection& connection, const store::Shop& shop, const Kinds& kinds, const NextProposal& next,
                         const Actor& actor) {
    Filing filing(connection, shop, actor);
    while (const auto proposal = TRY(next())) {
        const auto* kind = find_kind(kinds, proposal->kind);
        if (kind == nullptr)
            return fail(ErrorCode::internal, fmt::format("no area declares decisions of kind \"{}\"", proposal->kind));
        TRY(filing.add(*kind, *proposal));
    }
    return filing.finish();
}

Result<Proposed> propose(Connection& connection, const store::Shop& shop, const Kinds& kinds,
                         std::span<const Proposal> proposals, const Actor& actor) {
    const auto next = [&, place = std::size_t{0}]() mutable -> Result<std::optional<Proposal>> {
        if (place == proposals.size()) return std::nullopt;
        return proposals[place++];
    };
    return propose(connection, shop, kinds, next, actor);
}

}  // namespace suanpan::decisions
