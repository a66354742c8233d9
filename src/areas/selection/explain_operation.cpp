#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/selection/champion.h"
#include "areas/selection/selection.h"
#include "areas/selection/settings.h"
#include "areas/selection/what_if.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct ExplainRequest {
    std::string item, as_of;
};

struct ExplainedTopic {
    std::string topic, text_en, text_zh;
    double share = 0;
};

struct ExplainedNeighbour {
    std::string item, title, verdict;
    double distance = 0, expected_profit = 0;
};

struct ExplainedChange {
    std::string lever;
    double from = 0, to = 0;
    bool found = false;
    std::string verdict;
    double expected_profit = 0;
    std::string text_en, text_zh;
};

struct ExplainReply {
    std::string item, title, category, as_of, currency, verdict, flags, reasons_en, reasons_zh;
    std::int64_t place = 0, items = 0;
    bool explores = false;
    double expected_profit = 0, low = 0, high = 0;
    std::string model, model_version;
    std::vector<ExplainedTopic> topics;
    std::vector<ExplainedNeighbour> similar;
    std::vector<ExplainedChange> changes;
};

struct ScoredDay {
    std::optional<Day> day;
    std::optional<std::int64_t> horizon;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::ExplainRequest> {
    static constexpr FieldWords fields[] = {
        {"item", "the item's id"},
        {"as_of", "the morning of the scores, as 2011-11-14; empty: the newest"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::ExplainedTopic> {
    static constexpr FieldWords fields[] = {
        {"share", "how much what is known of it moves the expected profit, on a log scale: 0.1 is 10 % more"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::ExplainedNeighbour> {
    static constexpr FieldWords fields[] = {
        {"distance", "of all features, each in its standard deviations"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::ExplainedChange> {
    static constexpr FieldWords fields[] = {
        {"lever", "price, margin or returns"},
        {"to", "the nearest value that moves the verdict, asked of the model; where none does, the last tried"},
        {"found", "whether one does"},
        {"expected_profit", "what the model then expects; it knows who sold how, not what a change does"},
    };
};

namespace suanpan::selection {
namespace {

using store::Connection;

Result<ScoredDay> scored_day(const store::Shop& shop, const std::string& text) {
    const auto wanted = text.empty() ? Day{} : TRY(parse_day(text));
    const auto found = TRY(shop.database().read([&](Connection& connection) {
        return connection.row<ScoredDay>(
            "SELECT max(as_of) AS day, arg_max(horizon, as_of) AS horizon FROM selection.score WHERE ?1 OR as_of = ?2",
            text.empty(), wanted);
    }));
    if (found.day) return found;
    return fail(ErrorCode::not_found,
                "no items were scored" + (text.empty() ? "" : " on " + text) + "; run selection.run for a day first");
}

struct Explaining {
    const History& history;
    const Scoring& scoring;
    const Champion& serving;
    double minor = 100;

    [[nodiscard]] const Item& item(std::size_t row) const { return history.items[scoring.now.items[row]]; }
    [[nodiscard]] std::string verdict(std::size_t row) const {
        return std::string(name(scoring.plan.items[row].action));
    }
};

Result<std::size_t> row_of(const History& history, const Snapshot& now, const std::string& id) {
    for (std::size_t row = 0; row < now.count(); ++row)
        if (history.items[now.items[row]].id == id) return row;
    return fail(ErrorCode::not_found, "no such item was known on that morning; check its id", id);
}

Result<TopicShares> shares_of_row(const Snapshot& now, std::size_t row, const Learners& learners) {
    const auto width = columns().size();
    const engines::Rows one{{&now.values[row * width], width}, width};
    auto sums = TRY(learners.lightgbm.contributions(one));
    const auto more = TRY(learners.xgboost.contributions(one));
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = (sums[i] + more[i]) / 2;
    return by_topic(sums.data());
}

std::vector<ExplainedTopic> topics_of(const Snapshot& now, std::size_t row, const TopicShares& shares) {
    std::vector<ExplainedTopic> all;
    for (std::size_t t = 0; t < topics; ++t) {
        const auto topic = static_cast<Topic>(t);
        const auto said = sentence(now, row, topic);
        all.push_back({name_of(topic).en, said.en, said.zh, shares[t]});
    }
    std::ranges::stable_sort(all, std::greater(), [](const ExplainedTopic& t) { return std::abs(t.share); });
    return all;
}

std::string value_text(const Change& change, double value, double minor) {
    return change.lever == Lever::price ? fmt::format("{:.2f}", value / minor) : fmt::format("{:.0f} %", 100 * value);
}

ExplainedChange told(const Change& change, double minor) {
    constexpr std::string_view levers_zh[] = {"价格", "毛利率", "退货率"};
    const auto zh = levers_zh[static_cast<std::size_t>(change.lever)];
    const auto from = value_text(change, change.from, minor), to = value_text(change, change.to, minor);
    const double scale = change.lever == Lever::price ? minor : 1;
    ExplainedChange one{.lever = std::string(name(change.lever)),
                        .from = change.from / scale,
                        .to = change.to / scale,
                        .found = change.found,
                        .verdict = std::string(name(change.verdict)),
                        .expected_profit = change.expected / minor};
    if (change.found) {
        one.text_en =
            fmt::format("With {} of {} instead of {} the verdict would be {}.", one.lever, to, from, one.verdict);
        one.text_zh = fmt::format("若{}由 {} 变为 {}，结论将变为 {}。", zh, from, to, one.verdict);
    } else {
        const auto first = value_text(change, change.lever == Lever::price ? change.from / 2 : change.from, minor);
        one.text_en = fmt::format("No {} from {} to {} (now {}) moves the verdict.", one.lever, first, to, from);
        one.text_zh = fmt::format("{}在 {} 至 {} 之间（现为 {}）都不会改变结论。", zh, first, to, from);
    }
    return one;
}

ExplainReply head_of(const Explaining& e, std::size_t row) {
    const auto place = std::ranges::find(e.scoring.items, row, &ItemScore::row);
    const auto& c = e.scoring.candidates[row];
    return {.item = e.item(row).id,
            .title = e.item(row).title,
            .category = e.item(row).category,
            .as_of = format(e.scoring.now.origin),
            .currency = {},
            .verdict = e.verdict(row),
            .flags = names(place->flags),
            .reasons_en = {},
            .reasons_zh = {},
            .place = place->place,
            .items = std::ssize(e.scoring.items),
            .explores = place->explores,
            .expected_profit = c.expected / e.minor,
            .low = c.low / e.minor,
            .high = c.high / e.minor,
            .model = e.serving.card.name,
            .model_version = e.serving.card.version,
            .topics = {},
            .similar = {},
            .changes = {}};
}

Result<ExplainReply> explain(operations::Context& context, const ExplainRequest& request) {
    const auto& settings = context.shop.settings();
    const auto when = TRY(scored_day(context.shop, request.as_of));
    auto options = TRY(score_options(settings));
    options.most_explained = 0;
    const auto history = TRY(context.shop.database().read([](Connection& c) { return read_history(c); }));
    const auto training = TRY(train_options(settings, static_cast<int>(*when.horizon)));
    const auto serving = TRY(champion(context, history, *when.day, training, Learning::never));
    const auto scoring = TRY(score_items(history, *when.day, serving.scorer, options));
    const auto row = TRY(row_of(history, scoring.now, request.item));
    const Explaining e{history, scoring, serving, minor_units(settings)};
    auto reply = head_of(e, row);
    reply.currency = settings.currency;
    const auto shares = TRY(shares_of_row(scoring.now, row, serving.scorer.learners));
    const auto why = reasons(scoring.now, row, shares);
    reply.reasons_en = why.en;
    reply.reasons_zh = why.zh;
    reply.topics = topics_of(scoring.now, row, shares);
    for (const auto& near : nearest(scoring.now, row, serving.scorer.learners.linear, 5))
        reply.similar.push_back({e.item(near.row).id, e.item(near.row).title, e.verdict(near.row), near.distance,
                                 scoring.candidates[near.row].expected / e.minor});
    for (const auto& change : TRY(smallest_changes(scoring, row, serving.scorer, options)))
        reply.changes.push_back(told(change, e.minor));
    return reply;
}

}  // namespace

void add_explain_operation(operations::Registry& registry) {
    registry.add(operations::declare<ExplainRequest, ExplainReply>(
        {.name = "selection.explain",
         .summary = {"Why an item has its verdict, items like it, and the smallest change that would move it",
                     "解释某件商品的结论：各方面的影响、相似商品、以及能改变结论的最小调整"},
         .positional = {"item"},
         .required = {"item"}},
        explain));
}

}  // namespace suanpan::selection
