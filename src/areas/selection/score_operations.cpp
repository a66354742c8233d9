#include <fmt/format.h>

#include <string>
#include <vector>

#include "areas/selection/list_plan.h"
#include "areas/selection/run.h"
#include "areas/selection/selection.h"
#include "platform/base/money.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct RecommendRequest {
    std::string as_of, verdict, item, category;
    std::int64_t limit = 50, skip = 0;
};

struct Recommendation {
    std::int64_t place = 0;
    std::string item, title, category, verdict;
    bool explores = false;
    double expected_profit = 0, low = 0, high = 0;
    std::string reasons_en, reasons_zh, flags, model_version;
    double stock_cost = 0;
};

struct RecommendReply {
    std::string as_of, currency;
    std::int64_t horizon = 0, items = 0;
    std::vector<Recommendation> recommendations;
};

struct FoundRow {
    std::int64_t place = 0;
    std::string item_id;
    std::optional<std::string> title, category;
    std::string verdict;
    bool explores = false;
    std::int64_t horizon = 0;
    double expected_profit = 0, low = 0, high = 0;
    std::string reasons_en, reasons_zh, flags, model_version;
    double stock_cost = 0;
};

struct NewestDay {
    std::optional<Day> day;
};

}  // namespace suanpan::selection

template <>
struct glz::json_schema<suanpan::selection::RunRequest> {
    schema as_of{.description = "the morning to score, as 2011-11-14; nothing from this day on is looked at"};
    schema horizon{.description = "days that profit is expected for", .minimum = 7L, .maximum = 182L};
    schema learn{.description = "when to learn a new model: when due (see selection.retrain_days), always or never"};
};
template <>
struct glz::json_schema<suanpan::selection::RunReply> {
    schema unknown{.description = "items that no verdict is given on, see flags"};
    schema flagged{.description = "items with something odd, such as a price of zero"};
    schema explores{.description = "places for what might bring much rather than what is expected to"};
    schema expected_profit{.description = "of the places by score, at the profit of each rank; the shop's currency"};
    schema stock_cost{.description = "stock that all places need, in the shop's currency"};
    schema gap{.description = "share of its profit by which a better list within the limits could be better at most"};
    schema unmet{.description = "suppliers who could not be given the places of selection.supplier_least"};
    schema model_days_old{.description = "days since the end of what the model learned from"};
    schema trained_version{.description = "the version that was learned now; empty: none"};
    schema promotion{.description = "acted: it serves; pending, refused; older: a version of later data serves"};
};
template <>
struct glz::json_schema<suanpan::selection::RecommendRequest> {
    schema as_of{.description = "the morning of the scores, as 2011-11-14; empty: the newest"};
    schema verdict{.description = "list, push, keep, clear, drop or unknown; empty: all"};
    schema item{.description = "only this item's id; empty: all"};
    schema limit{.description = "how many at most", .minimum = 1L, .maximum = 10000L};
    schema category{.description = "only items of this category; empty: all"};
    schema skip{.description = "how many of the first to leave out, for the next page", .minimum = 0L};
};
template <>
struct glz::json_schema<suanpan::selection::Recommendation> {
    schema place{.description = "by the ensemble's score, 1 the best"};
    schema explores{.description = "on the list for what it might bring, not for what is expected"};
    schema expected_profit{.description = "of the horizon, in the shop's currency; revenue where no cost is known"};
    schema flags{.description = "what is odd about the item, such as: price of zero"};
    schema stock_cost{.description = "stock that a place on the list needs, in the shop's currency"};
    schema low{.description = "5 % of the cases lie below"};
    schema high{.description = "5 % of the cases lie above"};
};

namespace suanpan::selection {
namespace {

using store::Connection;

double major_units(double minor, const std::string& currency) {
    for (int i = 0; i < minor_digits(currency); ++i) minor /= 10;
    return minor;
}

Result<Day> scored_day(Connection& connection, const std::string& text) {
    const auto wanted = text.empty() ? Day{} : TRY(parse_day(text));
    const auto rows = TRY(connection.rows<NewestDay>(
        "SELECT max(as_of) AS day FROM selection.score WHERE ?1 OR as_of = ?2", text.empty(), wanted));
    if (!rows.empty() && rows[0].day) return *rows[0].day;
    return fail(ErrorCode::not_found,
                "no items were scored" + (text.empty() ? "" : " on " + text) + "; run selection.run for a day first");
}

Result<std::vector<FoundRow>> read_scores(Connection& connection, const RecommendRequest& request, Day day) {
    return connection.rows<FoundRow>(R"(
        SELECT place, item_id, title, category, verdict, explores, horizon, expected_profit, low, high, reasons_en,
               reasons_zh, flags, model_version, stock_cost
        FROM selection.score
        LEFT JOIN data.product USING (item_id)
        WHERE as_of = ?1 AND (?2 = '' OR verdict = ?2) AND (?3 = '' OR item_id = ?3)
          AND (?6 = '' OR category = ?6)
        ORDER BY place
        LIMIT ?4 OFFSET ?5)",
                                     day, request.verdict, request.item, request.limit, request.skip, request.category);
}

Result<> check_verdict(const std::string& verdict) {
    for (const auto action : {Action::list, Action::push, Action::keep, Action::clear, Action::drop, Action::unknown})
        if (verdict.empty() || verdict == name(action)) return {};
    return fail(ErrorCode::invalid_argument,
                "there is no verdict \"" + verdict + "\"; ask for list, push, keep, clear, drop or unknown", "verdict");
}

Result<RecommendReply> recommend(operations::Context& context, const RecommendRequest& request) {
    TRY(check_verdict(request.verdict));
    const auto& currency = context.shop.settings().currency;
    return context.shop.database().read([&](Connection& connection) -> Result<RecommendReply> {
        const auto day = TRY(scored_day(connection, request.as_of));
        RecommendReply reply{.as_of = format(day), .currency = currency};
        reply.items = TRY(connection.count("SELECT count(*) FROM selection.score WHERE as_of = ?", day));
        for (auto& row : TRY(read_scores(connection, request, day))) {
            reply.horizon = row.horizon;
            reply.recommendations.push_back({row.place, row.item_id, row.title.value_or(""), row.category.value_or(""),
                                             row.verdict, row.explores, major_units(row.expected_profit, currency),
                                             major_units(row.low, currency), major_units(row.high, currency),
                                             row.reasons_en, row.reasons_zh, row.flags, row.model_version,
                                             major_units(row.stock_cost, currency)});
        }
        if (reply.recommendations.empty() && !request.item.empty())
            return fail(ErrorCode::not_found, "the item was not scored on " + reply.as_of + "; check its id",
                        request.item);
        return reply;
    });
}

}  // namespace

store::Schema schema() {
    static constexpr char sql[] =
#include "areas/selection/schema.sql.inc"
        ;
    return {"selection", sql};
}

void add_score_operations(operations::Registry& registry) {
    registry.add(operations::declare<RunRequest, RunReply>(
        {.name = "selection.run",
         .summary = {"Scores every item on a morning: verdict, expected profit with its interval, and reasons",
                     "为每件商品评分：结论、预期利润及其区间、理由"},
         .role = operations::Role::editor,
         .effect = operations::Effect::changes,
         .idempotent = true,
         .long_work = true,
         .required = {"as_of"}},
        run));
    registry.add(operations::declare<RecommendRequest, RecommendReply>(
        {.name = "selection.recommend",
         .summary = {"Items by their scores: which to list, push, keep, clear or drop, and why",
                     "按评分列出商品：上架、主推、保留、清仓或下架，以及理由"}},
        recommend));
}

}  // namespace suanpan::selection
