#include "areas/selection/decisions.h"
#include "areas/selection/guardrails.h"
#include "areas/selection/run.h"
#include "areas/selection/selection.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct ProposeRequest {
    std::string as_of;
    std::int64_t horizon = 28;
};

struct ProposeReply {
    std::string as_of, skipped;
    std::int64_t items = 0, verdicts = 0, repeated = 0, held_back = 0, withdrawn = 0;
    std::int64_t pending = 0, approved_by_policy = 0, refused_by_guardrails = 0, superseded = 0, known = 0;
    std::string model_version, trained_version, promotion;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::ProposeRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the morning to decide for, as 2011-11-14"},
        {"horizon", "days that profit is expected for", {.minimum = 7, .maximum = 182}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::ProposeReply> {
    static constexpr FieldWords fields[] = {
        {"skipped", "why the day asks for nothing, such as too few sales to learn from; else empty"},
        {"verdicts", "items that are to be listed, pushed, cleared or dropped"},
        {"repeated", "of them, already asked for and still standing"},
        {"held_back", "drops and clearings beyond selection.most_leavings a day; they come later"},
        {"withdrawn", "open proposals that the day's scores no longer ask for"},
    };
};

namespace suanpan::selection {
namespace {

decisions::Kind kind_of(const char* kind, const char* en, const char* zh) {
    return {.name = std::string("selection.") + kind,
            .title = {en, zh},
            .export_prefix = std::string("selection-") + kind,
            .guard = guard_verdict,
            .audit = {},
            .measure = measure_verdict};
}

// A young shop has too little to learn from, and a small machine may lack the libraries: no reason to stop its day.
bool may_skip(const Error& error) {
    return error.code == ErrorCode::not_found || error.code == ErrorCode::unavailable ||
           (error.code == ErrorCode::invalid_argument && error.about == "as_of");
}

Result<ProposeReply> propose(operations::Context& context, const decisions::Kinds& kinds,
                             const ProposeRequest& request) {
    const auto as_of = TRY(parse_day(request.as_of));
    ProposeReply reply{.as_of = request.as_of};
    const auto scored = run(context, {.as_of = request.as_of, .horizon = request.horizon});
    if (!scored && !may_skip(scored.error())) return std::unexpected(scored.error());
    if (!scored) {
        reply.skipped = scored.error().message;
        return reply;
    }
    reply.items = scored->items;
    reply.model_version = scored->model_version;
    reply.trained_version = scored->trained_version;
    reply.promotion = scored->promotion;
    const auto report = TRY(propose_verdicts(context, kinds, as_of));
    reply.verdicts = report.verdicts;
    reply.repeated = report.repeated;
    reply.held_back = report.held_back;
    reply.withdrawn = report.withdrawn;
    reply.pending = report.decisions.pending;
    reply.approved_by_policy = report.decisions.approved;
    reply.refused_by_guardrails = report.decisions.refused;
    reply.superseded = report.decisions.superseded;
    reply.known = report.decisions.known;
    return reply;
}

}  // namespace

decisions::Kinds verdict_kinds() {
    return {kind_of("list", "Listing of an item", "商品上架"), kind_of("push", "Push of an item", "商品主推"),
            kind_of("clear", "Clearing of stock", "商品清仓"), kind_of("drop", "Dropping of an item", "商品下架")};
}

void add_decision_operations(operations::Registry& registry, const decisions::Kinds& kinds) {
    registry.add(operations::declare<ProposeRequest, ProposeReply>(
        {.name = "selection.propose",
         .summary = {"Scores a morning and proposes what to list, push, clear or drop, where that is new",
                     "为某日评分，并提出新的上架、主推、清仓、下架决策"},
         .role = operations::Role::editor,
         .effect = operations::Effect::proposes,
         .idempotent = true,
         .long_work = true,
         .required = {"as_of"}},
        [kinds](operations::Context& context, const ProposeRequest& request) {
            return propose(context, kinds, request);
        }));
}

}  // namespace suanpan::selection
