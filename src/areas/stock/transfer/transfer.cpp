#include "areas/stock/transfer/transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "areas/stock/sold.h"
#include "areas/stock/stock.h"
#include "areas/stock/transfer/along_links.h"
#include "platform/operations/declare.h"
#include "platform/operations/json.h"

namespace suanpan::stock {

struct TransferArguments {
    std::string item, title, from, to;
    std::int64_t units = 0;
    std::string move_on;
};

// Numbers over the window: the days until a delivery that is ordered now could have come and be sold. The chances are
// to run out in it, before the move and after.
struct TransferEvidence {
    std::string forecast_as_of, model_version;
    double window_days = 0;
    double giver_expected = 0, giver_high = 0, taker_expected = 0, taker_low = 0,
           taker_high = 0;  // 95 % and 5 % quantiles
    std::int64_t giver_on_hand = 0, taker_on_hand = 0;
    double giver_chance_before = 0, giver_chance_after = 0, taker_chance_before = 0, taker_chance_after = 0;
    std::int64_t counted_days_ago = 0;   // the older of both counts
    double cost = 0, expected_gain = 0;  // major units
    // Where a network of places is planned: what the taker is brought up to and the days which that covers (its wait,
    // the way and the time between moves), of these its safety stock, with and without the network; 0 otherwise.
    std::int64_t base_stock = 0, taker_on_order = 0, wanted_units = 0;
    std::int64_t net_days = 0, inbound_days = 0;
    double link_lead_time_days = 0, safety_stock = 0, safety_stock_alone = 0;
};

struct TransferExpectation {
    std::string measure = "units sold there in the window", unit = "units";
    double mean = 0, low = 0, high = 0, baseline = 0;  // baseline: what could have been sold without the move
    std::string from, to, place;
};

struct TransferRequest {
    std::string as_of;
};

struct TransferReply {
    std::string as_of;
    std::int64_t items = 0, pending = 0, approved_by_policy = 0, refused_by_guardrails = 0, superseded = 0, known = 0;
    std::int64_t planned_items = 0, expired = 0;
};

struct WaitingMove {
    std::string id;
};

}  // namespace suanpan::stock

template <>
struct suanpan::operations::Described<suanpan::stock::TransferReply> {
    static constexpr FieldWords fields[] = {
        {"items", "counted and forecast at more than one place; 0 where the shop does not forecast by place"},
        {"known", "proposed before for the same day"},
        {"planned_items", "with a plan for a network of places; 0 where the shop has no links between places"},
        {"expired", "moves of earlier days that waited; stock has moved on since"},
    };
};

namespace suanpan::stock {
namespace {

using store::Connection;

constexpr double low_level = 0.05, high_level = 0.95;

constexpr std::string_view places_sql = R"(
    WITH counted AS (
        SELECT item_id, place_id, arg_max(on_hand, day) AS on_hand, max(day) AS counted_on
        FROM data.stock WHERE day < ?1 GROUP BY ALL
    ), moved AS (
        SELECT arguments->>'$.item' AS item_id, max(as_of) AS day
        FROM decisions.current
        WHERE kind = 'stock.transfer' AND state IN ('approved', 'acted', 'measured') AND as_of < ?1 GROUP BY ALL
    )
    SELECT f.item_id, coalesce(p.title, f.item_id) AS title, f.place_id, coalesce(d.title, f.place_id) AS place_title,
           f.model_version, f.first_period, c.counted_on, p.unit_cost, p.unit_price, c.on_hand, 0::BIGINT AS on_order, f.levels,
           f.window_quantiles, f.window_mean, f.window_periods, f.period_days
    FROM demand.place_planned AS f
    JOIN counted AS c USING (item_id, place_id)
    JOIN data.product AS p USING (item_id)
    LEFT JOIN data.place AS d USING (place_id)
    LEFT JOIN moved AS m USING (item_id)
    WHERE f.as_of = ?1 AND (m.day IS NULL OR m.day <= c.counted_on)
    ORDER BY f.item_id, f.place_id)";

TransferEvidence evidence_of(const Move& move, Day as_of) {
    const auto giver = move.from->demand(), taker = move.to->demand();
    const auto runs_out = [](const WindowDemand& demand, std::int64_t units) {
        return probability_above(demand, static_cast<double>(units), 1);
    };
    const auto part = move.network.value_or(NetworkPart{});
    const auto position = move.to->on_hand + move.to->on_order;
    return {.forecast_as_of = format(as_of),
            .model_version = move.to->model_version,
            .window_days = move.to->window_days(),
            .giver_expected = giver.mean,
            .giver_high = quantile(giver, high_level),
            .taker_expected = taker.mean,
            .taker_low = quantile(taker, low_level),
            .taker_high = quantile(taker, high_level),
            .giver_on_hand = move.from->on_hand,
            .taker_on_hand = move.to->on_hand,
            .giver_chance_before = runs_out(giver, move.from->on_hand),
            .giver_chance_after = runs_out(giver, move.from_after),
            .taker_chance_before = runs_out(taker, position),
            .taker_chance_after = runs_out(taker, move.to_after),
            .counted_days_ago = (as_of - std::min(move.from->counted_on, move.to->counted_on)).count(),
            .cost = move.cost,
            .expected_gain = move.gain,
            .base_stock = part.base_stock,
            .taker_on_order = move.to->on_order,
            .wanted_units = part.wanted,
            .net_days = part.net_days,
            .inbound_days = part.inbound_days,
            .link_lead_time_days = part.lead_time_days,
            .safety_stock = part.safety_stock,
            .safety_stock_alone = part.safety_stock_alone};
}

std::string link_en(const Move& move, const TransferEvidence& e) {
    const auto &giver = move.from->place_title, &taker = move.to->place_title;
    auto text = fmt::format("Move {} of {} from {} to {}: {} is kept at {}, which covers {} days until more can come",
                            move.units, move.to->title, giver, taker, taker, e.base_stock, e.net_days);
    if (e.inbound_days > 0) text += fmt::format(", {} of them waiting for {}", e.inbound_days, giver);
    text += fmt::format("; it is expected to sell {:.0f} in them and has {}", e.taker_expected, e.taker_on_hand);
    if (e.taker_on_order > 0) text += fmt::format(" and {} on order", e.taker_on_order);
    text += fmt::format("; the chance to run out falls from {:.0f} % to {:.0f} %.", 100 * e.taker_chance_before,
                        100 * e.taker_chance_after);
    if (e.wanted_units > move.units)
        text += fmt::format(" {} were wanted; {} has no more to spare.", e.wanted_units, giver);
    return text;
}

std::string link_zh(const Move& move, const TransferEvidence& e) {
    const auto &giver = move.from->place_title, &taker = move.to->place_title;
    auto text = fmt::format("将 {} 件 {} 从{}调往{}：{}的目标库存为 {} 件，可覆盖 {} 天", move.units, move.to->title,
                            giver, taker, taker, e.base_stock, e.net_days);
    if (e.inbound_days > 0) text += fmt::format("（含等待{} {} 天）", giver, e.inbound_days);
    text += fmt::format("，其间预计售出 {:.0f} 件、现有 {} 件", e.taker_expected, e.taker_on_hand);
    if (e.taker_on_order > 0) text += fmt::format("、在途 {} 件", e.taker_on_order);
    text += fmt::format("；断货概率由 {:.0f}% 降至 {:.0f}%。", 100 * e.taker_chance_before, 100 * e.taker_chance_after);
    if (e.wanted_units > move.units) text += fmt::format("所需 {} 件，{}已无更多可调。", e.wanted_units, giver);
    return text;
}

std::string transfer_en(const Move& move, const TransferEvidence& e) {
    if (move.network) return link_en(move, e);
    const auto &giver = move.from->place_title, &taker = move.to->place_title;
    auto text = fmt::format("Move {} of {} from {} to {}: ", move.units, move.to->title, giver, taker);
    text += fmt::format("in {:.0f} days {} is expected to sell {:.0f} and has {}, ", e.window_days, taker,
                        e.taker_expected, e.taker_on_hand);
    text += fmt::format("{} {:.0f} and has {}; ", giver, e.giver_expected, e.giver_on_hand);
    return text + fmt::format("the chance to run out in {} falls from {:.0f} % to {:.0f} %, in {} it becomes {:.0f} %.",
                              taker, 100 * e.taker_chance_before, 100 * e.taker_chance_after, giver,
                              100 * e.giver_chance_after);
}

std::string transfer_zh(const Move& move, const TransferEvidence& e) {
    if (move.network) return link_zh(move, e);
    const auto &giver = move.from->place_title, &taker = move.to->place_title;
    auto text = fmt::format("将 {} 件 {} 从{}调往{}：", move.units, move.to->title, giver, taker);
    text += fmt::format("{:.0f} 天内{}预计售出 {:.0f} 件、现有 {} 件，", e.window_days, taker, e.taker_expected,
                        e.taker_on_hand);
    text += fmt::format("{}预计 {:.0f} 件、现有 {} 件；", giver, e.giver_expected, e.giver_on_hand);
    return text + fmt::format("{}断货概率由 {:.0f}% 降至 {:.0f}%，{}变为 {:.0f}%。", taker, 100 * e.taker_chance_before,
                              100 * e.taker_chance_after, giver, 100 * e.giver_chance_after);
}

Result<decisions::Proposal> transfer_proposal(const store::Shop& shop, const Move& move, const MoveOptions& options,
                                              Day as_of) {
    const auto& settings = shop.settings();
    const auto why = evidence_of(move, as_of);
    const auto& to = *move.to;
    const auto there = static_cast<double>(move.to_after);
    const TransferArguments arguments{to.item_id,  to.title,   move.from->place_id,
                                      to.place_id, move.units, format(as_of)};
    const TransferExpectation expected{
        .mean = std::min(why.taker_expected, there),
        .low = std::min(why.taker_low, there),
        .high = std::min(why.taker_high, there),
        .baseline = std::min(why.taker_expected, static_cast<double>(to.on_hand + to.on_order)),
        .from = format(to.first_period),
        .to = format(to.first_period + Days(std::lround(why.window_days) - 1)),
        .place = to.place_id};
    const auto* policy = settings.policy("stock.transfer");
    return decisions::Proposal{
        .kind = "stock.transfer",
        .subject = fmt::format("item:{} {} > {}", to.item_id, move.from->place_id, to.place_id),
        .as_of = as_of,
        .arguments = TRY(operations::to_json(arguments)),
        .evidence = TRY(operations::to_json(why)),
        .expected = TRY(operations::to_json(expected)),
        .summary_en = transfer_en(move, why),
        .summary_zh = transfer_zh(move, why),
        .value = {static_cast<std::int64_t>(std::llround(move.cost * options.minor_units)), settings.currency},
        .urgency = why.taker_chance_before,
        .deadline = now() + std::chrono::hours(policy == nullptr ? 72 : policy->expire_after_hours)};
}

double evident(const operations::Json& object, std::string_view key) {
    const auto* value = operations::member(object, key);
    return value == nullptr ? 0 : operations::as_number(*value);
}

std::vector<decisions::Verdict> guard_transfer(const store::Settings& settings, const decisions::Proposal& move) {
    const auto arguments = operations::parse_json(move.arguments), evidence = operations::parse_json(move.evidence);
    if (!arguments || !evidence) return {{false, "readable", "the move's arguments or evidence are not JSON"}};
    const double units = evident(*arguments, "units"), there = evident(*evidence, "giver_on_hand");
    const double age = evident(*evidence, "counted_days_ago"), oldest = settings.number("stock.count_age_days", 14);
    const double giver = evident(*evidence, "giver_chance_after"), taker = evident(*evidence, "taker_chance_before");
    return {
        {units > 0 && units <= there, "units",
         fmt::format("{:g} units cannot be taken of the {:g} that are there", units, there)},
        {age <= oldest, "count",
         fmt::format("stock was counted {:.0f} days ago, longer than the {:.0f} allowed", age, oldest)},
        {giver <= taker, "giver",
         fmt::format("the place that gives would run out with a chance of {:.0f} %, more than the {:.0f} % of the one "
                     "that takes",
                     100 * giver, 100 * taker)}};
}

Result<std::optional<decisions::Measurement>> measure_transfer(Connection& connection,
                                                               const decisions::CurrentDecision& move, Day as_of) {
    const auto expected = TRY(operations::from_json<TransferExpectation>(move.expected));
    const auto arguments = TRY(operations::from_json<TransferArguments>(move.arguments));
    const auto from = TRY(parse_day(expected.from)), to = TRY(parse_day(expected.to));
    if (to >= as_of) return std::nullopt;
    const auto sold = TRY(units_sold(connection, {arguments.item, arguments.to, from, to}));
    if (!sold) return std::nullopt;
    return decisions::Measurement{expected.mean, expected.low, expected.high, *sold, expected.baseline, expected.unit};
}

struct TransfersRead {
    std::vector<PlaceCandidate> places;
    std::vector<PlaceLink> links;
    std::vector<LinkedPlace> linked;
    SupplierDays receipts;
};

Result<TransfersRead> read_transfers(Connection& connection, Day as_of) {
    TransfersRead read{.places = TRY(connection.rows<PlaceCandidate>(places_sql, as_of)),
                       .links = TRY(read_links(connection)),
                       .linked = {},
                       .receipts = {}};
    if (read.links.empty()) return read;
    read.linked = TRY(read_linked(connection, as_of));
    read.receipts = TRY(read_lead_times(connection, as_of));
    return read;
}

// Places of an item that its network replenishes give and take along its links alone.
std::vector<PlaceCandidate> between_equals(const std::vector<PlaceCandidate>& places,
                                           const std::vector<NetworkPlan>& plans) {
    std::set<std::pair<std::string_view, std::string_view>> linked;
    for (const auto& plan : plans)
        for (const auto& place : plan.places) linked.emplace(plan.item_id, place.place_id);
    auto others = places;
    std::erase_if(others, [&](const auto& one) { return linked.contains({one.item_id, one.place_id}); });
    return others;
}

std::int64_t at_several_places(const std::vector<PlaceCandidate>& places) {
    std::int64_t items = 0;
    for (std::size_t i = 1; i < places.size(); ++i)
        items += places[i].item_id == places[i - 1].item_id && (i == 1 || places[i].item_id != places[i - 2].item_id);
    return items;
}

Result<std::int64_t> expire_older(Connection& connection, Day as_of, const decisions::Actor& actor) {
    std::vector<decisions::EventRow> rows;
    for (auto& older : TRY(connection.rows<WaitingMove>(
             "SELECT id FROM decisions.current WHERE kind = 'stock.transfer' AND state = 'audited' AND as_of < ?",
             as_of)))
        rows.push_back({std::move(older.id), "expire", "expired", actor.name,
                        "stock has moved since; the moves of a later day take its place", "{}", actor.now});
    TRY(decisions::record(connection, rows));
    return std::ssize(rows);
}

Result<TransferReply> transfer(operations::Context& context, const decisions::Kinds& kinds,
                               const TransferRequest& request) {
    const auto report = TRY(propose_transfers(context, kinds, TRY(parse_day(request.as_of))));
    const auto& counts = report.decisions;
    return TransferReply{request.as_of,     report.items, counts.pending, counts.approved, counts.refused,
                         counts.superseded, counts.known, report.planned, report.expired};
}

}  // namespace

decisions::Kind transfer_kind() {
    return {.name = "stock.transfer",
            .title = {"Move between places", "地点间调拨"},
            .export_prefix = "transfers",
            .guard = guard_transfer,
            .measure = measure_transfer};
}

Result<TransferReport> propose_transfers(operations::Context& context, const decisions::Kinds& kinds, Day as_of) {
    const LinkOptions options{plan_options(context.shop.settings()), move_options(context.shop.settings())};
    const auto read =
        TRY(context.shop.database().read([&](Connection& connection) { return read_transfers(connection, as_of); }));
    const auto plans = TRY(plan_networks(read.linked, read.links, read.receipts, options.orders));
    const auto along = moves_along_links(plans, options, as_of);
    const auto others = between_equals(read.places, plans);
    auto moves = TRY(plan_moves(others, options.moves));
    moves.append_range(along.moves);
    TransferReport report{.items = at_several_places(others), .planned = std::ssize(plans)};
    TRY(context.shop.database().write([&](Connection& connection) -> Result<> {
        const auto next = [&, place = moves.begin()]() mutable -> Result<std::optional<decisions::Proposal>> {
            if (place == moves.end()) return std::nullopt;
            return TRY(transfer_proposal(context.shop, *place++, options.moves, as_of));
        };
        const decisions::Actor actor{"job:stock.transfer", now()};
        report.decisions = TRY(decisions::propose(connection, context.shop, kinds, next, actor));
        report.expired = TRY(expire_older(connection, as_of, actor));
        return {};
    }));
    return report;
}

void add_transfer_operation(operations::Registry& registry, const decisions::Kinds& kinds) {
    registry.add(operations::declare<TransferRequest, TransferReply>(
        {.name = "stock.transfer",
         .summary = {"Proposes moves between places where stock is counted and demand is forecast by place",
                     "在按地点盘点与预测的店铺中提出地点间调拨"},
         .role = operations::Role::editor,
         .effect = operations::Effect::proposes,
         .idempotent = true,
         .required = {"as_of"}},
        [kinds](operations::Context& context, const TransferRequest& request) {
            return transfer(context, kinds, request);
        }));
}

}  // namespace suanpan::stock
