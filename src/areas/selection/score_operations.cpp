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
struct suanpan::operations::Described<suanpan::selection::RunRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the morning to score, as 2011-11-14; nothing from this day on is looked at"},
        {"horizon", "days that profit is expected for", {.minimum = 7, .maximum = 182}},
        {"learn", "when to learn a new model: when due (see selection.retrain_days), always or never"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::RunReply> {
    static constexpr FieldWords fields[] = {
        {"unknown", "items that no verdict is given on, see flags"},
        {"flagged", "items with something odd, such as a price of zero"},
        {"explores", "places for what might bring much rather than what is expected to"},
        {"expected_profit", "of the places by score, at the profit of each rank; the shop's currency"},
        {"stock_cost", "stock that all places need, in the shop's currency"},
        {"gap", "share of its profit by which a better list within the limits could be better at most"},
        {"unmet", "suppliers who could not be given the places of selection.supplier_least"},
        {"model_days_old", "days since the end of what the model learned from"},
        {"trained_version", "the version that was learned now; empty: none"},
        {"promotion", "acted: it serves; pending, refused; older: a version of later data serves"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::RecommendRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the morning of the scores, as 2011-11-14; empty: the newest"},
        {"verdict", "list, push, keep, clear, drop or unknown; empty: all"},
        {"item", "only this item's id; empty: all"},
        {"limit", "how many at most", {.minimum = 1, .maximum = 10000}},
        {"category", "only items of this category; empty: all"},
        {"skip", "how many of the first to leave out, for the next page", {.minimum = 0}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::Recommendation> {
    static constexpr FieldWords fields[] = {
        {"place", "by the ensemble's score, 1 the best"},
        {"explores", "on the list for what it might bring, not for what is expected"},
        {"expected_profit", "of the horizon, in the shop's currency; revenue where no cost is known"},
        {"flags", "what is odd about the item, such as: price of zero"},
        {"stock_cost", "stock that a place on the list needs, in the shop's currency"},
        {"low", "5 % of the cases lie below"},
        {"high", "5 % of the cases lie above"},
    };
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
