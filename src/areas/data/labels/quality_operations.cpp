#include "areas/data/labels/operations.h"
#include "areas/data/labels/quality.h"
#include "areas/data/labels/rules.h"
#include "areas/data/labels/scores.h"
#include "platform/operations/declare.h"

namespace suanpan::data::labels {

struct AgreementRequest {
    std::string set;
    std::int64_t version = 0;
};

struct ReportedAnnotator {
    std::string annotator;
    std::int64_t labelled = 0, skipped = 0;
    std::optional<std::int64_t> gold, correct;
    std::optional<double> accuracy, accuracy_low, accuracy_high;
};

struct AgreementReply {
    std::string set;
    std::int64_t version = 0;
    std::string scale;
    std::int64_t tasks = 0;
    std::optional<double> alpha;
    std::vector<PairAgreement> pairs;
    std::vector<ReportedAnnotator> annotators;
};

struct RulesRequest {
    std::string set;
    std::vector<Rule> rules;
};

struct ReportedRule {
    std::string name, label, regex, where, field;
    double coverage = 0, overlap = 0, conflict = 0;
    std::optional<std::int64_t> gold, correct;
    std::optional<double> accuracy;
};

struct RulesReply {
    std::string set;
    std::int64_t version = 0, tasks = 0, guessed = 0;
    double coverage = 0;
    std::optional<std::int64_t> gold, correct;
    std::optional<double> accuracy, accuracy_low, accuracy_high;
    std::vector<ReportedRule> rules;
};

struct ScoresRequest {
    std::string set, model;
    std::vector<TaskScores> scores;
    std::string strategy = "entropy";
    double explore = 0.1;
    std::int64_t seed = 1;
};

struct ScoresReply {
    std::string set;
    std::int64_t version = 0, accepted = 0, refused = 0;
    std::vector<Outcome> reasons;
};

}  // namespace suanpan::data::labels

template <>
struct suanpan::operations::Described<suanpan::data::labels::AgreementRequest> {
    static constexpr FieldWords fields[] = {
        {"version", "0: the newest", {.minimum = 0}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::labels::AgreementReply> {
    static constexpr FieldWords fields[] = {
        {"tasks", "that two annotators or more labelled"},
        {"alpha", "Krippendorff's, on the set's scale; 1: all agree, 0: as by chance"},
        {"pairs", "Cohen's kappa of two annotators, also with linear and quadratic weights"},
        {"annotators", "their accuracy on gold, with Wilson's interval at 95 %, for approvers"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::labels::RulesRequest> {
    static constexpr FieldWords fields[] = {
        {"rules",
         "name, label, and regex (with field) or where; none: apply those there are again",
         {.max_items = 1000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::labels::RulesReply> {
    static constexpr FieldWords fields[] = {
        {"guessed", "tasks that have a first guess now"},
        {"coverage", "share of tasks with a guess"},
        {"gold", "guesses on gold, for approvers; each made without its own task's gold"},
        {"accuracy", "of these, with Wilson's interval at 95 %"},
        {"rules", "share of tasks each votes on; where another votes too; where another contradicts"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::labels::ScoresRequest> {
    static constexpr FieldWords fields[] = {
        {"model", "the model and its version, for the record", {.max_length = 200}},
        {"scores", "task_id and probabilities of the classes, in their order", {.max_items = 100'000}},
        {"strategy", "least_confidence, margin or entropy"},
        {"explore", "share of places for tasks drawn at random", {.minimum = 0.0, .maximum = 1.0}},
        {"seed", "of these draws", {.minimum = 0}},
    };
};

namespace suanpan::data::labels {
namespace {

using operations::Context;
using operations::Effect;
using operations::Role;
using store::Connection;

// Who labels must not find out what is gold: figures on gold are for approvers.
bool sees_gold(const Context& context) {
    return context.principal.role >= Role::approver;
}

ReportedAnnotator reported(const AnnotatorQuality& quality, const Context& context) {
    ReportedAnnotator row{quality.annotator, quality.labelled, quality.skipped};
    if (!sees_gold(context)) return row;
    row.gold = quality.gold;
    row.correct = quality.correct;
    row.accuracy = quality.accuracy;
    row.accuracy_low = quality.accuracy_low;
    row.accuracy_high = quality.accuracy_high;
    return row;
}

Result<AgreementReply> agreement(Context& context, const AgreementRequest& request) {
    return context.shop.database().read([&](Connection& connection) -> Result<AgreementReply> {
        const auto set = TRY(find_set(connection, request.set, request.version));
        auto report = TRY(quality_of(connection, set));
        AgreementReply reply{set.name,     set.version,  set.definition.scale,
                             report.tasks, report.alpha, std::move(report.pairs)};
        for (const auto& annotator : report.annotators) reply.annotators.push_back(reported(annotator, context));
        return reply;
    });
}

void report_gold(RulesReply& reply, const GuessQuality& quality) {
    reply.gold = static_cast<std::int64_t>(quality.gold);
    reply.correct = static_cast<std::int64_t>(quality.correct);
    if (quality.gold == 0) return;
    const auto interval = wilson_interval(quality.correct, quality.gold);
    reply.accuracy = static_cast<double>(quality.correct) / static_cast<double>(quality.gold);
    reply.accuracy_low = interval.low;
    reply.accuracy_high = interval.high;
}

ReportedRule reported(const Rule& rule, const RuleQuality& quality, const Context& context) {
    ReportedRule row{rule.name,  rule.label,       rule.regex,      rule.where,
                     rule.field, quality.coverage, quality.overlap, quality.conflict};
    if (!sees_gold(context)) return row;
    row.gold = static_cast<std::int64_t>(quality.gold);
    row.correct = static_cast<std::int64_t>(quality.correct);
    row.accuracy = quality.accuracy;
    return row;
}

Result<RulesReply> rules(Context& context, const RulesRequest& request) {
    RulesReply reply{.set = request.set};
    const auto report =
        TRY(change<RuleReport>(context, request.set, 0, [&](Connection& connection, const LabelSet& set) {
            reply.version = set.version;
            return apply_rules(connection, set, request.rules);
        }));
    reply.tasks = report.tasks;
    reply.guessed = report.guessed;
    reply.coverage = report.guesses.coverage;
    if (sees_gold(context)) report_gold(reply, report.guesses);
    for (std::size_t i = 0; i < report.rules.size(); ++i)
        reply.rules.push_back(reported(report.rules[i], report.quality[i], context));
    return reply;
}

Result<ScoresReply> scores(Context& context, const ScoresRequest& request) {
    ScoresReply reply{.set = request.set};
    reply.reasons =
        TRY(change<std::vector<Outcome>>(context, request.set, 0, [&](Connection& connection, const LabelSet& set) {
            reply.version = set.version;
            return score_tasks(connection, set, {request.model, request.strategy, request.explore, request.seed},
                               request.scores);
        }));
    reply.refused = std::ssize(reply.reasons);
    reply.accepted = std::ssize(request.scores) - reply.refused;
    return reply;
}

}  // namespace

void add_quality_operations(operations::Registry& registry) {
    using operations::declare;
    registry.add(declare<AgreementRequest, AgreementReply>(
        {.name = "labels.agreement",
         .summary = {"Says how far annotators agree, with one another and with gold",
                     "说明标注者之间、以及与金标的一致程度"},
         .positional = {"set"},
         .required = {"set"}},
        agreement));
    registry.add(declare<RulesRequest, RulesReply>(
        {.name = "labels.rules",
         .summary = {"Sets weak rules and applies them: a first guess for each task that they know",
                     "设定弱规则并应用：为能判断的任务给出初步猜测"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .positional = {"set", "rules"},
         .required = {"set"}},
        rules));
    registry.add(declare<ScoresRequest, ScoresReply>(
        {.name = "labels.scores",
         .summary = {"Takes a model's probabilities, so that what it is least sure of is labelled first",
                     "接收模型概率，让其最没把握的任务优先标注"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .positional = {"set", "scores"},
         .required = {"set", "model", "scores"}},
        scores));
}

}  // namespace suanpan::data::labels
