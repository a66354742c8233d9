#include <fmt/format.h>

#include "areas/selection/selection.h"
#include "platform/base/money.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct PastRequest {
    std::string as_of;
    std::int64_t weeks = 12;
};

struct PastList {
    std::string as_of, until, model_version;
    std::int64_t items = 0, listed = 0, horizon = 0;
    double expected = 0, outcome = 0, before = 0, within = 0, precision = 0, captured = 0;
    double rule_precision = 0, rule_outcome = 0;
};

struct PastReply {
    std::string as_of, currency;
    std::vector<PastList> lists;
    std::string text_en, text_zh;
};

struct PastRow {
    Day as_of;
    std::int64_t horizon = 0;
    std::string model_version;
    std::int64_t items = 0, listed = 0;
    double expected = 0, outcome = 0, before = 0, within = 0, best = 0, hits = 0, rule_hits = 0, rule_outcome = 0;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::PastRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the morning to look back from, as 2011-11-14; empty: today"},
        {"weeks", "lists of so many weeks before", {.minimum = 1, .maximum = 520}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::PastList> {
    static constexpr FieldWords fields[] = {
        {"listed", "items that the list gave a place: list and push"},
        {"expected", "profit that was expected of them, in the shop's currency"},
        {"outcome", "profit that they brought"},
        {"before", "what they had brought in as many days before"},
        {"within", "share of them whose profit fell inside its interval, which should hold 0.9"},
        {"precision", "share of them that are among as many best of all items that were scored"},
        {"captured", "their profit over that of the best"},
        {"rule_precision", "precision of a list as long of what had brought most before"},
        {"rule_outcome", "profit of that list"},
    };
};

namespace suanpan::selection {
namespace {

using store::Connection;

// Lists whose horizon, and two days for cancellations, were over by the day and are reached by the data. One a week:
// the newest of each Monday-to-Sunday week.
constexpr std::string_view past_sql = R"(
    WITH chosen AS (
        SELECT max(as_of) AS as_of FROM selection.score
        WHERE as_of + CAST(horizon + 2 AS INTEGER) <= ?1 AND as_of >= ?2
          AND as_of + CAST(horizon + 1 AS INTEGER) <= (SELECT last_day FROM data.span)
        GROUP BY date_trunc('week', as_of)
    ), happened AS (
        SELECT s.*, s.verdict IN ('list', 'push') AS listed, coalesce(sum(p.profit), 0) AS profit
        FROM selection.score AS s
        SEMI JOIN chosen USING (as_of)
        LEFT JOIN selection.settled AS p
            ON p.item_id = s.item_id AND p.day >= s.as_of AND p.day < s.as_of + CAST(s.horizon AS INTEGER)
        GROUP BY ALL
    ), ranked AS (
        SELECT *, sum(listed::INTEGER) OVER (PARTITION BY as_of) AS places,
               row_number() OVER (PARTITION BY as_of ORDER BY profit DESC, item_id) AS rank,
               row_number() OVER (PARTITION BY as_of ORDER BY baseline DESC, item_id) AS rule_rank
        FROM happened
    )
    SELECT as_of, any_value(horizon) AS horizon, any_value(model_version) AS model_version,
           count(*) AS items, count(*) FILTER (listed) AS listed,
           coalesce(sum(expected_profit) FILTER (listed), 0)::DOUBLE AS expected,
           coalesce(sum(profit) FILTER (listed), 0)::DOUBLE AS outcome,
           coalesce(sum(baseline) FILTER (listed), 0)::DOUBLE AS before,
           count(*) FILTER (listed AND profit BETWEEN low AND high)::DOUBLE AS within,
           coalesce(sum(profit) FILTER (rank <= places), 0)::DOUBLE AS best,
           count(*) FILTER (listed AND rank <= places)::DOUBLE AS hits,
           count(*) FILTER (rule_rank <= places AND rank <= places)::DOUBLE AS rule_hits,
           coalesce(sum(profit) FILTER (rule_rank <= places), 0)::DOUBLE AS rule_outcome
    FROM ranked GROUP BY as_of ORDER BY as_of)";

PastList list_of(const PastRow& row, double minor) {
    const auto listed = static_cast<double>(std::max<std::int64_t>(1, row.listed));
    return {.as_of = format(row.as_of),
            .until = format(row.as_of + Days(row.horizon - 1)),
            .model_version = row.model_version,
            .items = row.items,
            .listed = row.listed,
            .horizon = row.horizon,
            .expected = row.expected / minor,
            .outcome = row.outcome / minor,
            .before = row.before / minor,
            .within = row.within / listed,
            .precision = row.hits / listed,
            .captured = row.best > 0 ? row.outcome / row.best : 0,
            .rule_precision = row.rule_hits / listed,
            .rule_outcome = row.rule_outcome / minor};
}

void tell(PastReply& reply) {
    if (reply.lists.empty()) {
        reply.text_en = "No list is old enough to be judged; its horizon and two days must be over.";
        reply.text_zh = "尚无到期可评的清单：需等预测期结束两天之后。";
        return;
    }
    double expected = 0, outcome = 0, rule = 0, precision = 0, rule_precision = 0;
    for (const auto& list : reply.lists) {
        expected += list.expected;
        outcome += list.outcome;
        rule += list.rule_outcome;
        precision += list.precision / static_cast<double>(reply.lists.size());
        rule_precision += list.rule_precision / static_cast<double>(reply.lists.size());
    }
    reply.text_en = fmt::format(
        "{} lists brought {:.2f} {}; {:.2f} were expected, and lists of what had sold best before would have brought "
        "{:.2f}. {:.0f} % of the places went to one of the best, {:.0f} % by that rule.",
        reply.lists.size(), outcome, reply.currency, expected, rule, 100 * precision, 100 * rule_precision);
    reply.text_zh = fmt::format(
        "{} 份清单实现利润 {:.2f} {}，预期 {:.2f}；若只按此前利润排序则为 {:.2f}。命中最佳商品的比例为 "
        "{:.0f}%，按该规则为 "
        "{:.0f}%。",
        reply.lists.size(), outcome, reply.currency, expected, rule, 100 * precision, 100 * rule_precision);
}

Result<PastReply> past(operations::Context& context, const PastRequest& request) {
    const auto as_of = request.as_of.empty() ? context.shop.today() : TRY(parse_day(request.as_of));
    const auto& currency = context.shop.settings().currency;
    double minor = 1;
    for (int i = 0; i < minor_digits(currency); ++i) minor *= 10;
    const auto rows = TRY(context.shop.database().read([&](Connection& connection) {
        return connection.rows<PastRow>(past_sql, as_of, as_of - Days(7 * request.weeks));
    }));
    PastReply reply{.as_of = format(as_of), .currency = currency};
    for (const auto& row : rows) reply.lists.push_back(list_of(row, minor));
    tell(reply);
    return reply;
}

}  // namespace

void add_past_operation(operations::Registry& registry) {
    registry.add(operations::declare<PastRequest, PastReply>(
        {.name = "selection.past",
         .summary = {"How past weeks' lists did beside what they expected and a simple rule",
                     "历史各周清单的实际表现：与预期及简单规则比较"}},
        past));
}

}  // namespace suanpan::selection
