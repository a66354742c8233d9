#include "areas/selection/decisions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "areas/selection/champion.h"
#include "areas/selection/evidence.h"
#include "areas/selection/run.h"
#include "areas/selection/settings.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct VerdictRow {
    std::string item_id;
    std::optional<std::string> title, category;
    std::int64_t place = 0;
    std::string verdict;
    bool explores = false;
    std::int64_t horizon = 0;
    double expected_profit = 0, low = 0, high = 0;
    std::string reasons_en, reasons_zh, model_version, flags;
    double baseline = 0, stock_cost = 0;
    std::optional<double> stock, units_28, quiet_days, known_days, return_share, margin_share, price_to_rival;
    double unit_cost = 0;
};

struct StandingRow {
    std::string id, kind, subject, state;
    Day as_of;
};

namespace {

using store::Connection;

Result<std::vector<VerdictRow>> read_verdicts(Connection& connection, Day as_of) {
    return connection.rows<VerdictRow>(R"(
        SELECT item_id, title, category, place, verdict, explores, horizon, expected_profit, low, high, reasons_en,
               reasons_zh, model_version, flags, baseline, stock_cost, stock, units_28, quiet_days, known_days,
               return_share, margin_share, price_to_rival, coalesce(unit_cost, 0)::DOUBLE AS unit_cost
        FROM selection.score LEFT JOIN data.product USING (item_id)
        WHERE as_of = ? AND verdict NOT IN ('keep', 'unknown')
        ORDER BY place)",
                                       as_of);
}

// The selection's decisions on each item of the days before, the newest first.
using Standing = std::map<std::string, std::vector<StandingRow>>;
Result<Standing> read_standing(Connection& connection, Day as_of) {
    Standing standing;
    for (auto& row : TRY(connection.rows<StandingRow>(R"(
             SELECT id, kind, subject, state, as_of FROM decisions.current
             WHERE starts_with(kind, 'selection.') AND as_of < ? AND state NOT IN ('expired', 'failed', 'rolled_back')
             ORDER BY as_of DESC, id)",
                                                      as_of)))
        standing[row.subject].push_back(std::move(row));
    return standing;
}

std::string kind_of(const VerdictRow& row) {
    return "selection." + row.verdict;
}

bool leaves(const VerdictRow& row) {
    return row.verdict == "clear" || row.verdict == "drop";
}

bool is_open(const StandingRow& row) {
    return row.state == "audited" || row.state == "approved";
}

bool stands(const StandingRow& newest, const std::string& kind, Day as_of, std::int64_t horizon) {
    if (newest.kind != kind) return false;
    if (is_open(newest)) return true;
    if ((as_of - newest.as_of).count() < horizon) return true;
    const bool leaving = kind == "selection.clear" || kind == "selection.drop";
    return leaving && newest.state != "rejected";
}

std::string range(double low, double high, const std::string& currency) {
    return fmt::format("{:.2f} to {:.2f} {}", low, high, currency);
}

std::string summary_en(const VerdictArguments& a, const VerdictEvidence& e, const std::string& currency) {
    constexpr std::string_view verbs[] = {"List", "Push", "Clear", "Drop"};
    const std::size_t verb = a.verdict == "list" ? 0 : a.verdict == "push" ? 1 : a.verdict == "clear" ? 2 : 3;
    auto text = fmt::format("{} {}: {:.2f} {} of profit are expected in {} days ({}).", verbs[verb], a.title,
                            e.expected_profit, currency, e.horizon_days, range(e.low, e.high, currency));
    if (verb == 2) text += fmt::format(" {:.0f} lie there and none sold for long.", e.stock.value_or(0));
    if (e.explores) text += " It gets a place to find out what it might bring.";
    return text + " " + e.reasons_en;
}

std::string summary_zh(const VerdictArguments& a, const VerdictEvidence& e, const std::string& currency) {
    constexpr std::string_view verbs[] = {"上架", "主推", "清仓", "下架"};
    const std::size_t verb = a.verdict == "list" ? 0 : a.verdict == "push" ? 1 : a.verdict == "clear" ? 2 : 3;
    auto text = fmt::format("{} {}：预计 {} 天利润 {:.2f} {}（{:.2f} 至 {:.2f}）。", verbs[verb], a.title,
                            e.horizon_days, e.expected_profit, currency, e.low, e.high);
    if (verb == 2) text += fmt::format("库存 {:.0f} 件，久未动销。", e.stock.value_or(0));
    if (e.explores) text += "给予试探名额。";
    return text + e.reasons_zh;
}

VerdictEvidence evidence_of(const VerdictRow& row, std::int64_t items, double minor) {
    const auto rounded = [&](double value) { return std::round(value) / minor; };
    return {.place = row.place,
            .items = items,
            .explores = row.explores,
            .expected_profit = rounded(row.expected_profit),
            .low = rounded(row.low),
            .high = rounded(row.high),
            .profit_before = rounded(row.baseline),
            .stock_cost = rounded(row.stock_cost),
            .horizon_days = row.horizon,
            .stock = row.stock,
            .units_28 = row.units_28,
            .quiet_days = row.quiet_days,
            .known_days = row.known_days,
            .return_share = row.return_share,
            .margin_share = row.margin_share,
            .price_to_rival = row.price_to_rival,
            .flags = row.flags,
            .reasons_en = row.reasons_en,
            .reasons_zh = row.reasons_zh,
            .model = model_name(static_cast<int>(row.horizon)),
            .model_version = row.model_version};
}

// What a decision is worth: the profit of a place, the stock that a clearing frees; a drop is worth nothing.
Money value_of(const VerdictRow& row, const std::string& currency) {
    double value = 0;
    if (!leaves(row)) value = row.expected_profit;
    if (row.verdict == "clear") value = row.unit_cost * row.stock.value_or(0);
    return {static_cast<std::int64_t>(std::llround(std::clamp(value, 0.0, 1e15))), currency};
}

// None of it hurries as an order does that keeps an item from running out; the best place most.
double urgency_of(const VerdictRow& row, std::int64_t items) {
    if (leaves(row)) return 0.05;
    return 0.2 - 0.1 * static_cast<double>(row.place) / static_cast<double>(std::max<std::int64_t>(1, items));
}

Result<decisions::Proposal> proposal_of(const store::Shop& shop, const VerdictRow& row, std::int64_t items, Day as_of) {
    const auto& settings = shop.settings();
    const auto evidence = evidence_of(row, items, minor_units(settings));
    const auto kind = kind_of(row);
    const auto from = format(as_of), to = format(as_of + Days(row.horizon - 1));
    const auto title = row.title.value_or("").empty() ? row.item_id : *row.title;
    const VerdictArguments arguments{
        row.item_id, title, row.category.value_or(""), row.verdict, evidence.expected_profit, evidence.stock_cost,
        from,        to};
    const VerdictExpectation expected{.unit = settings.currency,
                                      .mean = evidence.expected_profit,
                                      .low = evidence.low,
                                      .high = evidence.high,
                                      .baseline = evidence.profit_before,
                                      .from = from,
                                      .to = to};
    const auto* policy = settings.policy(kind);
    const auto hours = std::chrono::hours(policy == nullptr ? 168 : policy->expire_after_hours);
    return decisions::Proposal{.kind = kind,
                               .subject = "item:" + row.item_id,
                               .as_of = as_of,
                               .arguments = TRY(operations::to_json(arguments)),
                               .evidence = TRY(operations::to_json(evidence)),
                               .expected = TRY(operations::to_json(expected)),
                               .summary_en = summary_en(arguments, evidence, settings.currency),
                               .summary_zh = summary_zh(arguments, evidence, settings.currency),
                               .value = value_of(row, settings.currency),
                               .urgency = urgency_of(row, items),
                               .deadline = now() + hours};
}

// Open proposals that the day's scores no longer ask for.
Result<std::int64_t> withdraw(Connection& connection, const std::vector<VerdictRow>& verdicts, const Standing& standing,
                              const decisions::Actor& actor) {
    std::map<std::string, std::string> wished;
    for (const auto& row : verdicts) wished.emplace("item:" + row.item_id, kind_of(row));
    std::vector<decisions::EventRow> rows;
    for (const auto& [subject, all] : standing) {
        const auto wish = wished.find(subject);
        for (const auto& row : all)
            if (row.state == "audited" && (wish == wished.end() || wish->second != row.kind))
                rows.push_back(
                    {row.id, "expire", "expired", actor.name, "newer scores no longer ask for it", "{}", actor.now});
    }
    TRY(decisions::record(connection, rows));
    return std::ssize(rows);
}

struct Asked {
    Day as_of;
    std::size_t most_leavings = 20;
};

std::size_t most_leavings(const store::Settings& settings) {
    return static_cast<std::size_t>(std::clamp(settings.number("selection.most_leavings", 20), 0.0, 1e6));
}

// The verdicts that nobody was asked yet, places first.
std::vector<VerdictRow> fresh(const std::vector<VerdictRow>& verdicts, const Standing& standing, const Asked& asked,
                              ProposeReport& report) {
    std::vector<VerdictRow> places, leavings;
    for (const auto& row : verdicts) {
        const auto before = standing.find("item:" + row.item_id);
        if (before != standing.end() && stands(before->second.front(), kind_of(row), asked.as_of, row.horizon))
            ++report.repeated;
        else
            (leaves(row) ? leavings : places).push_back(row);
    }
    std::ranges::stable_sort(leavings, std::greater(), [](const VerdictRow& row) {
        return std::pair(row.unit_cost * std::max(0.0, row.stock.value_or(0)), row.quiet_days.value_or(0));
    });
    report.held_back = std::max<std::int64_t>(0, std::ssize(leavings) - static_cast<std::int64_t>(asked.most_leavings));
    if (leavings.size() > asked.most_leavings) leavings.resize(asked.most_leavings);
    places.append_range(std::move(leavings));
    return places;
}

}  // namespace

Result<ProposeReport> propose_verdicts(operations::Context& context, const decisions::Kinds& kinds, Day as_of) {
    const auto& shop = context.shop;
    const decisions::Actor actor{"job:selection.propose", now()};
    ProposeReport report;
    TRY(shop.database().write([&](Connection& connection) -> Result<> {
        report = {};
        const auto items = TRY(connection.count("SELECT count(*) FROM selection.score WHERE as_of = ?", as_of));
        if (items == 0)
            return fail(ErrorCode::not_found,
                        fmt::format("no items were scored on {}; run selection.run for that day first", format(as_of)));
        const auto verdicts = TRY(read_verdicts(connection, as_of));
        const auto standing = TRY(read_standing(connection, as_of));
        report.verdicts = std::ssize(verdicts);
        std::vector<decisions::Proposal> proposals;
        for (const auto& row : fresh(verdicts, standing, {as_of, most_leavings(shop.settings())}, report))
            proposals.push_back(TRY(proposal_of(shop, row, items, as_of)));
        report.withdrawn = TRY(withdraw(connection, verdicts, standing, actor));
        report.decisions = TRY(decisions::propose(connection, shop, kinds, proposals, actor));
        return {};
    }));
    return report;
}

Result<std::optional<decisions::Measurement>> measure_verdict(Connection& connection,
                                                              const decisions::CurrentDecision& verdict, Day as_of) {
    const auto expected = TRY(operations::from_json<VerdictExpectation>(verdict.expected));
    const auto from = TRY(parse_day(expected.from)), to = TRY(parse_day(expected.to));
    constexpr Days for_cancellations(2);
    if (to + for_cancellations >= as_of) return std::nullopt;
    if (TRY(connection.count("SELECT count(*) FROM data.span WHERE last_day >= ?", to + for_cancellations)) == 0)
        return std::nullopt;
    const auto profit =
        TRY(connection.count("SELECT coalesce(round(sum(profit)), 0)::BIGINT FROM selection.settled WHERE item_id = ? "
                             "AND day BETWEEN ? AND ?",
                             verdict.subject.substr(std::string_view("item:").size()), from, to));
    double unit = 1;
    for (int i = 0; i < minor_digits(verdict.currency); ++i) unit *= 10;
    return decisions::Measurement{expected.mean,     expected.low, expected.high, static_cast<double>(profit) / unit,
                                  expected.baseline, expected.unit};
}

}  // namespace suanpan::selection
