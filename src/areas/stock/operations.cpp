#include <algorithm>
#include <ranges>

#include "areas/stock/guardrails.h"
#include "areas/stock/look.h"
#include "areas/stock/replay/policies.h"
#include "areas/stock/replay/read_panel.h"
#include "areas/stock/run.h"
#include "areas/stock/stock.h"
#include "areas/stock/transfer/transfer.h"
#include "platform/operations/declare.h"

namespace suanpan::stock {

struct ProposeRequest {
    std::string as_of;
};

struct ProposeReply {
    std::string as_of;
    std::int64_t items = 0, assumed_stock = 0;
    std::int64_t pending = 0, approved_by_policy = 0, refused_by_guardrails = 0, superseded = 0, known = 0;
    std::int64_t limited = 0;
    double budget_gap = 0;
    std::int64_t up_to_price_break = 0, with_substitutes = 0, substitutes_left_out = 0;
};

struct ExceptionsRequest {
    std::string as_of, trouble;
    std::int64_t limit = 100, skip = 0;
};

struct ExceptionRow {
    std::string trouble, item, title;
    std::int64_t on_hand = 0, on_order = 0;
    double days_until_empty = 0, lead_time_days = 0, chance = 0, at_stake = 0;
    std::int64_t quiet_days = -1;
    std::string text_en, text_zh;
};

struct ExceptionsReply {
    std::string as_of, currency;
    std::int64_t counted_items = 0, runs_out = 0, never_sells = 0, overstock = 0;
    std::vector<ExceptionRow> exceptions;
};

struct SimulateRequest {
    std::string end;
    std::int64_t lead_time_days = 7, test_days = 42, series = 2000;
};

struct SimulatedPoint {
    double in_stock = 0, stock_days = 0, settled_days = 0, served = 0;
};

struct StockAt {
    double in_stock = 0, stock_days = -1;
};

struct SimulatedPolicy {
    std::string name;
    std::vector<StockAt> at;
    std::vector<SimulatedPoint> curve;
};

struct SimulateReply {
    std::string from, to;
    std::int64_t series = 0, history_days = 0;
    std::string sharing;
    double ridge = 0, smoothing = 0, validation_error = 0, test_error = 0;
    bool inside_everywhere = false;
    std::vector<SimulatedPolicy> policies;
};

struct ProjectionRequest {
    std::string item, as_of;
};

struct ProjectionDay {
    std::string day;
    double expected = 0, low = 0, high = 0, arriving = 0, chance_of_empty = 0;
};

struct ProjectionOrder {
    std::string day;
    std::int64_t units = 0;
    std::string source;
};

struct ProjectionReply {
    std::string item, title, as_of, method, model, model_version;
    std::int64_t on_hand = 0, on_order = 0;
    bool stock_assumed = false;
    double lead_time_days = 0, lead_time_sd_days = 0;
    std::int64_t lead_time_receipts = 0, order_up_to = 0, order_units = 0;
    double chance_of_running_out = 0;
    std::vector<ProjectionOrder> on_the_way;
    std::vector<ProjectionDay> days;
};

}  // namespace suanpan::stock

template <>
struct suanpan::operations::Described<suanpan::stock::ExceptionsRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the day of the forecast, as 2011-11-14; empty: the newest"},
        {"trouble", "runs_out, never_sells or overstock; empty: all"},
        {"limit", "how many at most", {.minimum = 1, .maximum = 10000}},
        {"skip", "how many of the first to leave out, for the next page", {.minimum = 0}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::ExceptionRow> {
    static constexpr FieldWords fields[] = {
        {"days_until_empty", "stock on hand and on order at expected demand; 9999 where none is expected"},
        {"chance", "to be empty before an order of today can arrive"},
        {"at_stake", "in the shop's currency: margin missed in the lead time, or money bound in what lies"},
        {"quiet_days", "since the last sale; -1: never sold"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::ExceptionsReply> {
    static constexpr FieldWords fields[] = {
        {"counted_items", "items whose stock was counted; others cannot be judged"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::SimulateRequest> {
    static constexpr FieldWords fields[] = {
        {"end", "the day after the last that is replayed, as 2015-06-19; empty: all there is"},
        {"lead_time_days", "from order to delivery", {.minimum = 0, .maximum = 90}},
        {"test_days", "days of orders at the end; what is before is learned from", {.maximum = 400}},
        {"series", "items at places, those that sell most", {.minimum = 1, .maximum = 5000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::SimulatedPoint> {
    static constexpr FieldWords fields[] = {
        {"in_stock", "share of open days on which everything asked for was there"},
        {"stock_days", "average stock at the day's end, in days of average sales"},
        {"settled_days", "the same after the first lead time, when the opening stock has run down"},
        {"served", "share of units"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::StockAt> {
    static constexpr FieldWords fields[] = {
        {"stock_days", "at this share in stock; -1 where the policy does not reach it"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::SimulateReply> {
    static constexpr FieldWords fields[] = {
        {"sharing", "which series lend one another what drivers do: those of a class, or all"},
        {"validation_error", "WAPE of sums over lead time and a day, before the test"},
        {"inside_everywhere", "whether the first policy needs the least stock at every share in stock"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::ProjectionRequest> {
    static constexpr FieldWords fields[] = {
        {"item", "the item's id"},
        {"as_of", "the day of the forecast, as 2011-11-14; empty: the newest"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::ProjectionDay> {
    static constexpr FieldWords fields[] = {
        {"expected", "stock at the end of the day, if nothing more is ordered"},
        {"low", "5 % of the cases lie below"},
        {"high", "5 % of the cases lie above"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::ProjectionOrder> {
    static constexpr FieldWords fields[] = {
        {"source", "counted: the count of stock says it is on order; ordered: by this program since"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::ProposeRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the day of the forecast to order from, as 2011-11-14"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::ProposeReply> {
    static constexpr FieldWords fields[] = {
        {"assumed_stock", "items whose stock nobody counted; their orders rest on an assumption and say so"},
        {"limited", "orders that shelf life, a supplier's minimum, budget or room changed"},
        {"budget_gap", "where budget or room cut orders: share of their value that other orders could add at most"},
        {"up_to_price_break", "orders of more than is needed, for a lower price"},
        {"with_substitutes", "items whose levels were set together with what customers take in their place"},
        {"substitutes_left_out",
         "items whose substitutes do not count: shares that add up to more than 1, or too many items linked"},
    };
};

namespace suanpan::stock {
namespace {

Result<ProposeReply> propose(operations::Context& context, const decisions::Kinds& kinds,
                             const ProposeRequest& request) {
    const auto report = TRY(propose_orders(context, kinds, TRY(parse_day(request.as_of))));
    const auto& counts = report.decisions;
    return ProposeReply{request.as_of,  report.items,      report.assumed_stock, counts.pending, counts.approved,
                        counts.refused, counts.superseded, counts.known,         report.limited, report.budget_gap,
                        report.ahead,   report.together,   report.left_out};
}

Result<std::optional<Day>> optional_day(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return TRY(parse_day(text));
}

double major_units(double minor, const std::string& currency) {
    for (int i = 0; i < minor_digits(currency); ++i) minor /= 10;
    return minor;
}

Result<ExceptionsReply> exceptions(operations::Context& context, const ExceptionsRequest& request) {
    constexpr Trouble kinds[] = {Trouble::runs_out, Trouble::never_sells, Trouble::overstock};
    if (!request.trouble.empty() && std::ranges::none_of(kinds, [&](Trouble t) { return name(t) == request.trouble; }))
        return fail(ErrorCode::invalid_argument,
                    "there is no trouble \"" + request.trouble + "\"; ask for runs_out, never_sells or overstock",
                    "trouble");
    const auto report = TRY(look_for_exceptions(context, TRY(optional_day(request.as_of))));
    const auto& currency = context.shop.settings().currency;
    ExceptionsReply reply{.as_of = format(report.as_of), .currency = currency, .counted_items = report.counted};
    std::int64_t place = 0;
    for (const auto& e : report.found) {
        reply.runs_out += e.trouble == Trouble::runs_out;
        reply.never_sells += e.trouble == Trouble::never_sells;
        reply.overstock += e.trouble == Trouble::overstock;
        if (!request.trouble.empty() && name(e.trouble) != request.trouble) continue;
        if (place++ < request.skip || std::ssize(reply.exceptions) >= request.limit) continue;
        reply.exceptions.push_back({std::string(name(e.trouble)), e.item_id, e.title, e.on_hand, e.on_order,
                                    e.days_until_empty, e.lead_time_days, e.chance, major_units(e.at_stake, currency),
                                    e.quiet_days, e.text_en, e.text_zh});
    }
    return reply;
}

Result<ProjectionReply> projection(operations::Context& context, const ProjectionRequest& request) {
    const auto p = TRY(project_item(context, request.item, TRY(optional_day(request.as_of))));
    const auto& input = p.planned.input;
    ProjectionReply reply{.item = p.item.item_id,
                          .title = p.item.title,
                          .as_of = format(p.as_of),
                          .method = p.item.method,
                          .model = p.item.model,
                          .model_version = p.item.model_version,
                          .on_hand = input.on_hand,
                          .on_order = input.on_order,
                          .stock_assumed = !p.item.on_hand,
                          .lead_time_days = input.lead_time_days,
                          .lead_time_sd_days = p.planned.lead_time.deviation(),
                          .lead_time_receipts = p.planned.lead_time.receipts,
                          .order_up_to = p.planned.order.order_up_to,
                          .order_units = p.planned.order.units,
                          .chance_of_running_out = p.planned.order.urgency};
    for (const auto& order : p.on_the_way) reply.on_the_way.push_back({format(order.day), order.units, order.source});
    for (std::size_t d = 0; d < p.days.size(); ++d) {
        const auto& day = p.days[d];
        reply.days.push_back({format(p.as_of + Days(static_cast<int>(d))), day.expected, day.low, day.high,
                              day.arriving, day.chance_of_empty});
    }
    return reply;
}

SimulatedPolicy simulated(const DailyPanel& panel, const LevelFamily& levels, std::size_t lead_time) {
    const auto curve = trade_off(panel, levels, lead_time);
    SimulatedPolicy policy{levels.name, {}, {}};
    for (const double in_stock : {0.9, 0.925, 0.95, 0.97, 0.98, 0.988, 0.992, 0.995})
        policy.at.push_back({in_stock, stock_days_at(curve, in_stock)});
    for (const auto& point : curve)
        policy.curve.push_back({point.in_stock, point.stock_days, point.settled_days, point.served});
    return policy;
}

bool least_everywhere(const std::vector<SimulatedPolicy>& policies) {
    for (std::size_t i = 0; i < policies[0].at.size(); ++i)
        for (const auto& other : policies | std::views::drop(1)) {
            const double ours = policies[0].at[i].stock_days, theirs = other.at[i].stock_days;
            if (ours < 0 || (theirs >= 0 && theirs <= ours)) return false;
        }
    return true;
}

Result<SimulateReply> replay(operations::Context& context, const SimulateRequest& request) {
    const Day never = std::chrono::sys_days(std::chrono::year(9999) / 12 / 31);
    const auto end = TRY(optional_day(request.end)).value_or(never);
    const auto panel = TRY(read_panel(context.shop, {.end = end, .most_series = request.series}));
    const ReplayOptions options{static_cast<std::size_t>(request.lead_time_days),
                                static_cast<std::size_t>(std::max<std::int64_t>(0, request.test_days))};
    const auto ours = TRY(driver_levels(panel, options));
    SimulateReply reply{.from = format(panel.first + Days(static_cast<int>(panel.days - options.test_days))),
                        .to = format(panel.first + Days(static_cast<int>(panel.days) - 1)),
                        .series = static_cast<std::int64_t>(panel.series()),
                        .history_days = static_cast<std::int64_t>(panel.days - options.test_days),
                        .sharing = ours.sharing == Sharing::among_all ? "among all" : "within classes",
                        .ridge = ours.ridge,
                        .smoothing = ours.smoothing,
                        .validation_error = ours.validation_error,
                        .test_error = ours.test_error};
    reply.policies.push_back(simulated(panel, ours.levels, options.lead_time));
    reply.policies.push_back(simulated(panel, seasonal_naive_levels(panel, options), options.lead_time));
    reply.policies.push_back(simulated(panel, weekday_mean_levels(panel, options), options.lead_time));
    reply.inside_everywhere = least_everywhere(reply.policies);
    return reply;
}

}  // namespace

decisions::Kind order_kind() {
    return {.name = "stock.order",
            .title = {"Purchase order", "采购订单"},
            .export_prefix = "orders",
            .guard = guard_order,
            .measure = measure_order};
}

void add_operations(operations::Registry& registry, const decisions::Kinds& kinds) {
    registry.add(operations::declare<ProposeRequest, ProposeReply>(
        {.name = "stock.propose",
         .summary = {"Proposes purchase orders from a day's forecast", "根据某日预测提出采购订单"},
         .role = operations::Role::editor,
         .effect = operations::Effect::proposes,
         .idempotent = true,
         .required = {"as_of"}},
        [kinds](operations::Context& context, const ProposeRequest& request) {
            return propose(context, kinds, request);
        }));
    registry.add(operations::declare<ExceptionsRequest, ExceptionsReply>(
        {.name = "stock.exceptions",
         .summary =
             {"What to look at first: what will run out before it can arrive, what never sells, what lasts too long",
              "优先处理：到货前将断货的、从不动销的、库存过多的商品"}},
        exceptions));
    registry.add(operations::declare<ProjectionRequest, ProjectionReply>(
        {.name = "stock.projection",
         .summary = {"An item's expected stock day by day with its band, and what is on the way",
                     "一件商品逐日的预计库存及其区间，以及在途订单"},
         .required = {"item"}},
        projection));
    registry.add(operations::declare<SimulateRequest, SimulateReply>(
        {.name = "stock.simulate",
         .summary = {"Replays past sales under order policies: how much stock each needs for a share of days in stock",
                     "用历史销售回放补货策略：比较达到同一有货率所需的库存"},
         .long_work = true},
        replay));
    add_transfer_operation(registry, kinds);
    add_network_operation(registry);
}

}  // namespace suanpan::stock
