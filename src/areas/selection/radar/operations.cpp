#include <fmt/format.h>

#include <cmath>

#include "areas/selection/radar/trends.h"
#include "areas/selection/selection.h"
#include "areas/selection/settings.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct TrendsRequest {
    std::string as_of, direction = "rising";
    std::int64_t weeks = 26, top = 50;
    double discovery_share = 0.1;
};

struct TrendRow {
    std::string grouping, group, since;
    std::int64_t items = 0, orders = 0;
    double before = 0, after = 0, times = 0, p = 0, q = 0;
    std::vector<std::string> examples;
    std::string text_en, text_zh;
};

struct TrendsReply {
    std::string as_of;
    std::int64_t weeks = 0, tested = 0, rising = 0, falling = 0;
    std::vector<TrendRow> trends;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::TrendsRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the morning; only days before it are read; empty: the day after the last sale"},
        {"direction", "rising, falling or both"},
        {"weeks", "weeks before the morning that are looked at", {.minimum = 8, .maximum = 156}},
        {"top", "trends in the reply, the surest first", {.minimum = 1, .maximum = 10'000}},
        {"discovery_share", "of all found, so many may be chance, on average", {.minimum = 0, .maximum = 1}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::TrendRow> {
    static constexpr FieldWords fields[] = {
        {"grouping", "category, word (of titles) or price band"},
        {"group", "its name; of a price band the prices in the shop's currency"},
        {"since", "the first day of the first changed week"},
        {"orders", "in all weeks looked at; sums of sales count by units"},
        {"before", "share of the shop's orders until then"},
        {"after", "share of the shop's orders since"},
        {"times", "after over before; 0: there was nothing before"},
        {"p", "chance of such a change anywhere in these weeks where there is none"},
        {"q", "share of chance finds among all that are at least as sure"},
        {"examples", "items with the most orders since"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::TrendsReply> {
    static constexpr FieldWords fields[] = {
        {"tested", "groups with enough orders to be tested"},
    };
};

namespace suanpan::selection {
namespace {

// "400 to 800" of minor units in the shop's currency.
std::string band_name(const std::string& band, double minor) {
    const auto to = band.find(" to ");
    return fmt::format("{:g} to {:g}", std::stod(band.substr(0, to)) / minor, std::stod(band.substr(to + 4)) / minor);
}

struct Said {
    std::string en, zh;
};

Said said_of(const TrendRow& row) {
    const bool rose = row.after > row.before;
    constexpr std::string_view groupings_zh[] = {"类目", "词语", "价格带"};
    const auto zh = groupings_zh[row.grouping == "category" ? 0 : row.grouping == "word" ? 1 : 2];
    return {fmt::format("The {} \"{}\" {} since {}: {:.2f} % of all orders instead of {:.2f} %.", row.grouping,
                        row.group, rose ? "rises" : "falls", row.since, 100 * row.after, 100 * row.before),
            fmt::format("{}“{}”自 {} 起{}：占全部订单的 {:.2f} %，此前为 {:.2f} %。", zh, row.group, row.since,
                        rose ? "上升" : "下降", 100 * row.after, 100 * row.before)};
}

TrendRow row_of(const Trend& trend, const History& history, double minor) {
    const auto& c = trend.change;
    TrendRow row{.grouping = std::string(name(trend.grouping)),
                 .group = trend.grouping == Grouping::price_band ? band_name(trend.group, minor) : trend.group,
                 .since = format(trend.since),
                 .items = static_cast<std::int64_t>(trend.items),
                 .orders = static_cast<std::int64_t>(trend.orders),
                 .before = c.before,
                 .after = c.after,
                 .times = c.before > 0 ? c.after / c.before : 0,
                 .p = c.p,
                 .q = trend.q};
    for (const auto item : trend.examples) row.examples.push_back(history.items[item].id);
    const auto said = said_of(row);
    row.text_en = said.en;
    row.text_zh = said.zh;
    return row;
}

bool wanted(const Trend& trend, const std::string& direction) {
    return direction == "both" || (trend.change.t > 0) == (direction == "rising");
}

Result<TrendsReply> trends(operations::Context& context, const TrendsRequest& request) {
    if (request.direction != "rising" && request.direction != "falling" && request.direction != "both")
        return fail(ErrorCode::invalid_argument,
                    "\"" + request.direction + "\" is no direction; say rising, falling or both", "direction");
    const auto history =
        TRY(context.shop.database().read([](store::Connection& connection) { return read_history(connection); }));
    const Day morning = request.as_of.empty() ? history.last + Days(1) : TRY(parse_day(request.as_of));
    const auto found = find_trends(
        history, morning, {.weeks = static_cast<int>(request.weeks), .discovery_share = request.discovery_share});
    TrendsReply reply{.as_of = format(morning),
                      .weeks = request.weeks,
                      .tested = static_cast<std::int64_t>(found.tested),
                      .trends = {}};
    const double minor = minor_units(context.shop.settings());
    for (const auto& trend : found.found) {
        ++(trend.change.t > 0 ? reply.rising : reply.falling);
        if (wanted(trend, request.direction) && std::ssize(reply.trends) < request.top)
            reply.trends.push_back(row_of(trend, history, minor));
    }
    return reply;
}

}  // namespace

void add_trend_operation(operations::Registry& registry) {
    registry.add(operations::declare<TrendsRequest, TrendsReply>(
        {.name = "selection.trends",
         .summary = {"Categories, words and price bands whose share of the orders changed, with false finds held down",
                     "占订单份额发生变化的类目、词语与价格带，并控制误报比例"}},
        trends));
}

}  // namespace suanpan::selection
