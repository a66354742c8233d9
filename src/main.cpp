#include <fmt/format.h>

#include "areas/data/data.h"
#include "areas/data/features/features.h"
#include "areas/data/labels/labels.h"
#include "areas/data/sources/server.h"
#include "areas/demand/demand.h"
#include "areas/demand/run.h"
#include "areas/selection/selection.h"
#include "areas/selection/settings.h"
#include "areas/stock/settings.h"
#include "areas/stock/stock.h"
#include "command.h"
#include "platform/decisions/decisions.h"
#include "platform/gateway/gateway.h"
#include "platform/jobs/jobs.h"
#include "platform/models/models.h"
#include "platform/operations/shop_operations.h"
#include "platform/settings/settings.h"

namespace {

using namespace suanpan;

std::vector<jobs::Step> daily_steps(Day day) {
    const auto as_of = fmt::format(R"({{"as_of":"{}"}})", format(day));
    return {
        {.name = "check", .operation = "data.check", .request = "{}"},
        {.name = "expire", .operation = "decisions.expire", .request = "{}"},
        {.name = "measure", .operation = "decisions.measure", .request = as_of},
        {.name = "forecast", .operation = "demand.run", .request = as_of},
        {.name = "orders", .operation = "stock.propose", .request = as_of, .after = {"forecast"}},
        {.name = "transfers", .operation = "stock.transfer", .request = as_of, .after = {"forecast"}},
        {.name = "signals", .operation = "demand.signals", .request = as_of, .after = {"forecast"}},
        {.name = "selection", .operation = "selection.propose", .request = as_of, .after = {"signals"}},
        {.name = "act", .operation = "decisions.act", .request = "{}", .after = {"orders", "transfers", "selection"}},
        {.name = "vectors", .operation = "selection.vectorise", .request = as_of, .after = {"act"}}};
}

settings::Sections settings_of(const decisions::Kinds& kinds) {
    return {settings::shop_section(data::nothing_loaded),
            stock::settings_section(),
            selection::settings_section(),
            demand::settings_section(),
            models::settings_section(),
            data::settings_section(),
            decisions::settings_section(kinds),
            {.family = "schedule."}};  // jobs.set_schedule
}

}  // namespace

int main(int count, char** words) {
    decisions::Kinds kinds = {stock::order_kind(), stock::transfer_kind(), models::promote_kind()};
    kinds.append_range(selection::verdict_kinds());
    Program program;
    program.settings = settings_of(kinds);
    program.add({store::settings_schema(),
                 [&](operations::Registry& registry) { settings::add_operations(registry, program.settings); }});
    program.add({jobs::schema(), [](operations::Registry& registry) {
                     jobs::add_operations(registry, {demand::default_day, daily_steps, data::version});
                 }});
    program.add(
        {decisions::schema(), [&](operations::Registry& registry) { decisions::add_operations(registry, kinds); }});
    program.add({models::schema(), models::add_operations});
    program.add({data::schema(), data::add_operations});
    program.add({data::sources_schema(), [](operations::Registry&) {}});
    program.add({data::labels::schema(), data::labels::add_operations});
    program.add({features::schema(), features::add_operations});
    program.add({demand::schema(), demand::add_operations});
    program.add({{}, [&](operations::Registry& registry) { stock::add_operations(registry, kinds); }});
    program.add({selection::schema(), [&](operations::Registry& registry) {
                     selection::add_operations(registry);
                     selection::add_score_operations(registry);
                     selection::add_decision_operations(registry, kinds);
                     selection::add_explain_operation(registry);
                     selection::add_past_operation(registry);
                     selection::add_export_operation(registry);
                     selection::add_plan_operation(registry);
                     selection::add_vector_operations(registry);
                     selection::add_models_operation(registry);
                     selection::add_trend_operation(registry);
                     selection::add_candidates_operation(registry);
                     selection::add_cold_backtest_operation(registry);
                     selection::add_matching_operation(registry);
                     selection::add_review_operations(registry);
                 }});
    program.add({{}, operations::add_shop_operations});
    program.add({gateway::schema(), gateway::add_operations});
    return run_command(program, {words + 1, words + count});
}
