#include "platform/models/promotion.h"

#include <fmt/format.h>

#include "platform/models/models.h"
#include "platform/operations/declare.h"

namespace suanpan::models {

struct PromotionArguments {
    std::string model, version, previous;
};

struct PromotionEvidence {
    std::string action, metric, unit, baseline_name;
    double error = 0, baseline_error = 0;
    std::int64_t windows = 0;
    double relative_error = 1;
    double previous_error = 0, previous_baseline_error = 0, previous_relative_error = 1;
    std::int64_t previous_windows = 0;
    std::string data_from, data_to, previous_data_to, reason;
};

struct PromotionExpectation {
    std::string measure = "error relative to the baseline", unit = "share";
    double mean = 0, baseline = 1;
};

struct OpenPromotion {
    std::string id;
};

namespace {

using store::Connection;

constexpr std::string_view kind_name = "models.promote";
constexpr std::string_view policy_name = "policy:models.promote";

Metric decisive(const Card& card) {
    return card.metrics.empty() ? Metric{} : card.metrics.front();
}

PromotionEvidence evidence_of(const Card& fresh, const Card& old, const Promotion& promotion) {
    const auto metric = decisive(fresh), before = decisive(old);
    return {.action = promotion.reason.empty() ? "promote" : "roll back",
            .metric = metric.name,
            .unit = metric.unit,
            .baseline_name = fresh.baseline,
            .error = metric.value,
            .baseline_error = metric.baseline,
            .windows = metric.windows,
            .relative_error = relative_error(fresh),
            .previous_error = before.value,
            .previous_baseline_error = before.baseline,
            .previous_relative_error = relative_error(old),
            .previous_windows = before.windows,
            .data_from = fresh.from,
            .data_to = fresh.to,
            .previous_data_to = old.to,
            .reason = promotion.reason};
}

std::string summary_en(const PromotionArguments& a, const PromotionEvidence& e) {
    if (e.action == "roll back")
        return fmt::format("Serve {} {} again instead of {}: {}", a.model, a.version, a.previous, e.reason);
    return fmt::format(
        "Serve {} {} instead of {}: its backtest error is {:.0f} % of the {}'s, the serving version's {:.0f} %.",
        a.model, a.version, a.previous, 100 * e.relative_error, e.baseline_name, 100 * e.previous_relative_error);
}

std::string summary_zh(const PromotionArguments& a, const PromotionEvidence& e) {
    if (e.action == "roll back")
        return fmt::format("将 {} 退回版本 {}（现为 {}）：{}", a.model, a.version, a.previous, e.reason);
    return fmt::format("启用 {} 的版本 {}，取代 {}：其回测误差为基线 {} 的 {:.0f}%，现用版本为 {:.0f}%。", a.model,
                       a.version, a.previous, e.baseline_name, 100 * e.relative_error, 100 * e.previous_relative_error);
}

// `changes` counts what served before, so that a later decision on the same version is another one.
Result<decisions::Proposal> proposal_of(const store::Shop& shop, const PromotionArguments& arguments,
                                        const PromotionEvidence& evidence, std::int64_t changes) {
    const auto* policy = shop.settings().policy(kind_name);
    const auto hours = std::chrono::hours(policy == nullptr ? 72 : policy->expire_after_hours);
    return decisions::Proposal{
        .kind = std::string(kind_name),
        .subject = fmt::format("model:{}:{}:{}", arguments.model, arguments.version, changes),
        .as_of = {},
        .arguments = TRY(operations::to_json(arguments)),
        .evidence = TRY(operations::to_json(evidence)),
        .expected = TRY(operations::to_json(PromotionExpectation{.mean = evidence.relative_error})),
        .summary_en = summary_en(arguments, evidence),
        .summary_zh = summary_zh(arguments, evidence),
        .value = {0, shop.settings().currency},
        .deadline = now() + hours};
}

std::vector<decisions::Verdict> guard(const store::Settings& settings, const decisions::Proposal& proposal) {
    const auto evidence = operations::from_json<PromotionEvidence>(proposal.evidence);
    if (!evidence) return {{false, "readable", "the promotion's evidence is not what models.promote writes"}};
    if (evidence->action == "roll back") return {};
    const double tolerance = settings.number("models.tolerance", 0.1);
    const double ours = evidence->relative_error, theirs = evidence->previous_relative_error;
    const bool comparable = evidence->windows > 0 && evidence->previous_windows > 0;
    return {{ours <= 1, "baseline",
             fmt::format("its backtest error is {:.0f} % of the {}'s; train again, or look at the data", 100 * ours,
                         evidence->baseline_name)},
            {!comparable || ours <= theirs * (1 + tolerance), "serving version",
             fmt::format("its backtest error is {:.0f} % of the baseline's, and the serving version's is {:.0f} %",
                         100 * ours, 100 * theirs)}};
}

Result<> act(Connection& connection, const decisions::CurrentDecision& decision, Instant at) {
    const auto arguments = TRY(operations::from_json<PromotionArguments>(decision.arguments));
    TRY(connection.query(R"(
        INSERT INTO models.change (name, version, decision_id, happened_at)
        SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM models.change WHERE decision_id = ?3))",
                         arguments.model, arguments.version, decision.id, at));
    return {};
}

Result<> expire_older(Connection& connection, const std::string& name, const std::string& but,
                      const decisions::Actor& actor) {
    std::vector<decisions::EventRow> rows;
    for (const auto& older : TRY(connection.rows<OpenPromotion>(R"(
        SELECT id FROM decisions.current
        WHERE kind = 'models.promote' AND state IN ('audited', 'approved') AND arguments->>'$.model' = ? AND id <> ?)",
                                                                name, but)))
        rows.push_back(
            {older.id, "expire", "expired", actor.name, "a newer proposal takes its place", "{}", actor.now});
    return decisions::record(connection, rows);
}

// Approves what waits, if the shop leaves that to the policy, and carries it out in the same transaction.
Result<PromotionOutcome> settle(Connection& connection, const store::Shop& shop, const std::string& id,
                                const decisions::Actor& actor) {
    const bool by_person = shop.settings().text("models.promotions", "by policy") == "by a person";
    auto current = TRY(connection.row<decisions::CurrentDecision>("FROM decisions.current WHERE id = ?", id));
    if (current.state == "audited" && !by_person) {
        const decisions::Choice choice{id, current.hash};
        (void)TRY(decisions::approve(connection, {&choice, 1}, {std::string(policy_name), actor.now}));
        current = TRY(connection.row<decisions::CurrentDecision>("FROM decisions.current WHERE id = ?", id));
    }
    if (current.state == "approved" && !by_person) {
        TRY(act(connection, current, actor.now));
        const decisions::EventRow row{id, "act", "acted", actor.name, "", "{}", actor.now};
        TRY(decisions::record(connection, {&row, 1}));
        return PromotionOutcome{id, "acted", ""};
    }
    const bool refused = current.state == "rejected";
    return PromotionOutcome{id, current.state == "audited" ? "pending" : (refused ? "refused" : current.state),
                            refused ? current.last_reason : ""};
}

}  // namespace

decisions::Kind promote_kind() {
    return {.name = std::string(kind_name),
            .title = {"Promotion of a model", "模型启用"},
            .export_prefix = "",
            .guard = guard,
            .act = act,
            .measure = {}};
}

Result<PromotionOutcome> promote(Connection& connection, const store::Shop& shop, const Promotion& promotion,
                                 const decisions::Actor& actor) {
    const auto fresh = TRY(card(connection, promotion.name, promotion.version));
    const auto now_serving = TRY(serving(connection, promotion.name));
    if (!now_serving) return fail(ErrorCode::not_found, "no version of this model serves yet", promotion.name);
    if (now_serving->version == promotion.version) return PromotionOutcome{"", "serving", ""};
    const auto old = TRY(card(connection, promotion.name, now_serving->version));
    const auto changes = TRY(connection.count("SELECT count(*) FROM models.change WHERE name = ?", promotion.name));
    auto proposal = TRY(proposal_of(shop, {promotion.name, promotion.version, now_serving->version},
                                    evidence_of(fresh, old, promotion), changes));
    proposal.as_of = promotion.as_of;
    const auto id = decisions::decision_id(proposal);
    TRY(expire_older(connection, promotion.name, id, actor));
    (void)TRY(decisions::propose(connection, shop, {promote_kind()}, {&proposal, 1}, actor));
    return settle(connection, shop, id, actor);
}

}  // namespace suanpan::models
