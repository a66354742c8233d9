#pragma once

#include "platform/decisions/decision.h"
#include "platform/operations/operation.h"
#include "platform/store/schema.h"

namespace suanpan::selection {

[[nodiscard]] store::Schema schema();
void add_operations(operations::Registry& registry);        // selection.backtest
void add_score_operations(operations::Registry& registry);  // selection.run and recommend

void add_explain_operation(operations::Registry& registry);        // selection.explain
void add_past_operation(operations::Registry& registry);           // selection.past
void add_export_operation(operations::Registry& registry);         // selection.export
void add_plan_operation(operations::Registry& registry);           // selection.plan
void add_vector_operations(operations::Registry& registry);        // selection.vectorise, nearest, dimensions
void add_models_operation(operations::Registry& registry);         // selection.models
void add_trend_operation(operations::Registry& registry);          // selection.trends
void add_candidates_operation(operations::Registry& registry);     // selection.candidates
void add_cold_backtest_operation(operations::Registry& registry);  // selection.cold_backtest
void add_matching_operation(operations::Registry& registry);       // selection.match
void add_review_operations(operations::Registry& registry);        // selection.waiting_matches, review_match

// Verdicts that ask for something: selection.list, push, clear and drop.
[[nodiscard]] decisions::Kinds verdict_kinds();
// selection.propose. The kinds are those that decisions.propose needs to know; the verdicts' are among them.
void add_decision_operations(operations::Registry& registry, const decisions::Kinds& kinds);

}  // namespace suanpan::selection
