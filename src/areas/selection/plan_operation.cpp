#include <fmt/format.h>

#include <algorithm>

#include "areas/selection/looks.h"
#include "areas/selection/selection.h"
#include "areas/selection/settings.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct PlanRequest {
    std::string as_of;
    std::int64_t slots = -1, most_alike = -1;
    double budget = -1, category_share = -1, supplier_share = -1, exploration_share = -1, cannibalisation = -1;
};

struct PlannedItem {
    std::string item, title, category, verdict, now;
    bool explores = false;
    double expected_profit = 0, stock_cost = 0;
};

struct PlanReply {
    std::string as_of, currency;
    std::int64_t places = 0;
    double expected_profit = 0, most_profit = 0, gap = 0, stock_cost = 0;
    std::vector<std::string> unmet;
    std::vector<PlannedItem> gains, loses;
};

struct PlanRow {
    std::string item_id;
    std::optional<std::string> title, category, supplier_id;
    std::string verdict, flags;
    double expected_profit = 0, low = 0, high = 0, stock_cost = 0;
    std::optional<double> stock, quiet_days;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::PlanRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the morning of the scores, as 2011-11-14; empty: the newest"},
        {"slots",
         "places on the list; -1: the shop's setting, as with all below",
         {.minimum = -1, .maximum = 10'000'000}},
        {"budget",
         "money for the stock of all places, in the shop's currency; 0: no limit",
         {.minimum = -1, .maximum = 1'000'000'000'000}},
        {"category_share", "of the places, one category's at most", {.minimum = -1, .maximum = 1}},
        {"supplier_share", "of the places, one supplier's at most", {.minimum = -1, .maximum = 1}},
        {"exploration_share", "of the places, for what might bring much", {.minimum = -1, .maximum = 1}},
        {"most_alike", "places for items of like titles; 0: no limit", {.minimum = -1}},
        {"cannibalisation",
         "share of its profit that an item loses for each better one like it",
         {.minimum = -1, .maximum = 1}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::PlanReply> {
    static constexpr FieldWords fields[] = {
        {"expected_profit", "of the places by score, at the profit of each rank"},
        {"most_profit", "no list within these limits is expected to earn more"},
        {"gap", "share by which a better list could be better at most"},
        {"gains", "items that have no place now and would"},
        {"loses", "items that have a place now and would not"},
    };
};

namespace suanpan::selection {
namespace {

using store::Connection;

constexpr std::string_view plan_sql = R"(
    SELECT item_id, title, category, supplier_id, verdict, flags, expected_profit, low, high, stock_cost, stock,
           quiet_days
    FROM selection.score LEFT JOIN data.product USING (item_id)
    WHERE as_of = ? ORDER BY place)";

struct NewestScores {
    std::optional<Day> day;
};

Result<Day> day_of(Connection& connection, const std::string& text) {
    if (!text.empty()) return parse_day(text);
    const auto newest = TRY(connection.row<NewestScores>("SELECT max(as_of) AS day FROM selection.score"));
    return newest.day.value_or(Day{});
}

// The stored scores as candidates; places stand for scores.
std::vector<Scored> candidates_of(const std::vector<PlanRow>& rows) {
    std::vector<std::string> titles;
    for (const auto& row : rows) titles.push_back(row.title.value_or(""));
    const auto looks = looks_of(titles);
    std::vector<Scored> all;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        all.push_back({.score = -static_cast<double>(i),
                       .expected = row.expected_profit,
                       .low = row.low,
                       .high = row.high,
                       .quiet_days = row.quiet_days.value_or(-1),
                       .stock = row.stock.value_or(-1),
                       .category = row.category.value_or(""),
                       .supplier = row.supplier_id.value_or(""),
                       .stock_cost = row.stock_cost,
                       .look = looks[i],
                       .unknown = row.verdict == "unknown"});
    }
    return all;
}

void apply(const PlanRequest& request, double minor, ListOptions& list) {
    if (request.slots >= 0) list.slots = static_cast<std::size_t>(request.slots);
    if (request.most_alike >= 0) list.most_alike = static_cast<std::size_t>(request.most_alike);
    if (request.budget >= 0) list.budget = request.budget * minor;
    const std::pair<double, double&> shares[] = {{request.category_share, list.category_share},
                                                 {request.supplier_share, list.supplier_share},
                                                 {request.exploration_share, list.exploration_share},
                                                 {request.cannibalisation, list.cannibalisation}};
    for (const auto& [wanted, share] : shares)
        if (wanted >= 0) share = wanted;
}

bool has_place(std::string_view verdict) {
    return verdict == "list" || verdict == "push";
}

PlanReply reply_of(const std::vector<PlanRow>& rows, const ListPlan& plan, double minor) {
    PlanReply reply{.expected_profit = plan.profit / minor,
                    .most_profit = plan.most_profit / minor,
                    .gap = plan.gap(),
                    .stock_cost = plan.stock_cost / minor,
                    .unmet = plan.unmet};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        const auto& placed = plan.items[i];
        const auto verdict = name(placed.action);
        reply.places += has_place(verdict);
        if (has_place(verdict) == has_place(row.verdict)) continue;
        auto& side = has_place(verdict) ? reply.gains : reply.loses;
        side.push_back({row.item_id, row.title.value_or(""), row.category.value_or(""), std::string(verdict),
                        row.verdict, placed.explores, row.expected_profit / minor, row.stock_cost / minor});
    }
    return reply;
}

Result<PlanReply> plan(operations::Context& context, const PlanRequest& request) {
    const auto& settings = context.shop.settings();
    auto options = TRY(score_options(settings));
    const double minor = minor_units(settings);
    apply(request, minor, options.list);
    return context.shop.database().read([&](Connection& connection) -> Result<PlanReply> {
        const auto day = TRY(day_of(connection, request.as_of));
        const auto rows = TRY(connection.rows<PlanRow>(plan_sql, day));
        if (rows.empty())
            return fail(ErrorCode::not_found, "no items were scored then; run selection.run for a day first",
                        request.as_of);
        auto reply = reply_of(rows, plan_list(candidates_of(rows), options.list), minor);
        reply.as_of = format(day);
        reply.currency = settings.currency;
        return reply;
    });
}

}  // namespace

void add_plan_operation(operations::Registry& registry) {
    registry.add(operations::declare<PlanRequest, PlanReply>(
        {.name = "selection.plan",
         .summary = {"What the list would be with another budget, other places or other limits; changes nothing",
                     "试算：改变预算、名额或限制后清单会怎样；不改动任何数据"}},
        plan));
}

}  // namespace suanpan::selection
