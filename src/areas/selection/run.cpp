#include "areas/selection/run.h"

#include <array>
#include <cmath>

#include "areas/selection/champion.h"
#include "areas/selection/settings.h"
#include "areas/selection/stopwatch.h"
#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

using store::Connection;

constexpr std::size_t row_slices = 16;

std::optional<double> known_value(double value) {
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

ScoreRow row_of(const History& history, const Scoring& scoring, const ItemScore& s, const RunReply& reply) {
    static const std::array places = {column("stock"),         column("units_28"),     column("days_since_sale"),
                                      column("age_days"),      column("return_share"), column("margin_share"),
                                      column("price_to_rival")};
    const auto value = [&](std::size_t of) { return double(scoring.now.at(s.row, places[of])); };
    return {.as_of = scoring.now.origin,
            .item_id = history.items[s.item].id,
            .place = s.place,
            .verdict = std::string(name(s.action)),
            .explores = s.explores,
            .horizon = 0,
            .expected_profit = s.expected,
            .low = s.low,
            .high = s.high,
            .reasons_en = s.reasons_en,
            .reasons_zh = s.reasons_zh,
            .model_version = reply.model_version,
            .flags = names(s.flags),
            .baseline = s.baseline,
            .stock_cost = s.stock_cost,
            .stock = known_value(std::expm1(value(0))),
            .units_28 = known_value(std::round(std::expm1(value(1)))),
            .quiet_days = known_value(value(2)),
            .known_days = known_value(value(3)),
            .return_share = known_value(value(4)),
            .margin_share = known_value(value(5)),
            .price_to_rival = known_value(std::expm1(value(6)))};
}

void count(const ItemScore& s, RunReply& reply) {
    std::int64_t* const counts[] = {&reply.list, &reply.push, &reply.keep, &reply.clear, &reply.drop, &reply.unknown};
    ++*counts[static_cast<std::size_t>(s.action)];
    reply.explores += s.explores;
    reply.flagged += !s.flags.empty();
}

RunReply reply_of(const RunRequest& request, const Champion& champion, const Scoring& scoring, double minor) {
    RunReply reply{.as_of = request.as_of,
                   .items = std::ssize(scoring.items),
                   .expected_profit = scoring.plan.profit / minor,
                   .stock_cost = scoring.plan.stock_cost / minor,
                   .gap = scoring.plan.gap(),
                   .unmet = scoring.plan.unmet,
                   .model = champion.card.name,
                   .model_version = champion.card.version,
                   .model_days_old = champion.days_old,
                   .trained_version = champion.learned.version,
                   .promotion = champion.learned.promotion,
                   .promotion_message = champion.learned.message};
    for (const auto& s : scoring.items) count(s, reply);
    return reply;
}

// A part at a time: a million rows with their texts are large.
Result<> store_rows(Connection& connection, const History& history, const Scoring& scoring, const RunReply& reply,
                    std::int64_t horizon) {
    constexpr std::size_t part = 50'000;
    std::vector<ScoreRow> rows;
    for (std::size_t from = 0; from < scoring.items.size(); from += part) {
        const auto some = std::span(scoring.items).subspan(from, std::min(part, scoring.items.size() - from));
        rows.resize(some.size());
        in_slices(some.size(), row_slices, [&](std::size_t, std::size_t first, std::size_t last) {
            for (auto i = first; i < last; ++i) {
                rows[i] = row_of(history, scoring, some[i], reply);
                rows[i].horizon = horizon;
            }
        });
        TRY(connection.append<ScoreRow>("selection", "score", rows));
    }
    return {};
}

}  // namespace

Result<RunReply> run(operations::Context& context, const RunRequest& request) {
    const auto& shop = context.shop;
    const auto as_of = TRY(parse_day(request.as_of));
    const auto learning = TRY(parse_learning(request.learn));
    const auto options = TRY(score_options(shop.settings()));
    const auto training = TRY(train_options(shop.settings(), static_cast<int>(request.horizon)));
    Stopwatch watch;
    const auto history = TRY(shop.database().read([](Connection& c) { return read_history(c); }));
    RunSeconds seconds{.read = watch.lap()};
    const auto serving = TRY(champion(context, history, as_of, training, learning));
    seconds.model = watch.lap();
    const auto scoring = TRY(score_items(history, as_of, serving.scorer, options));
    const auto& [features, scores, list, reasons] = scoring.seconds;
    seconds = {seconds.read, seconds.model, features, scores, list, reasons, 0};
    auto reply = reply_of(request, serving, scoring, minor_units(shop.settings()));
    (void)watch.lap();
    TRY(shop.database().write([&](Connection& connection) -> Result<> {
        TRY(connection.query("DELETE FROM selection.score WHERE as_of = ?", as_of));
        return store_rows(connection, history, scoring, reply, request.horizon);
    }));
    seconds.store = watch.lap();
    reply.seconds = seconds;
    return reply;
}

}  // namespace suanpan::selection
