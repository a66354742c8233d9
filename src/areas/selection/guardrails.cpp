#include "areas/selection/guardrails.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/selection/evidence.h"
#include "areas/selection/flags.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {
namespace {

bool hidden(const std::string& flags) {
    for (const auto flag : {Flag::nothing_known, Flag::price_of_zero, Flag::title_too_long, Flag::attributes_too_long})
        if (flags.contains(name(flag))) return true;
    return false;
}

std::vector<decisions::Verdict> guard_any(const VerdictEvidence& e) {
    const bool holds = std::isfinite(e.low) && std::isfinite(e.high) && e.low <= e.expected_profit + 0.005 &&
                       e.expected_profit <= e.high + 0.005;
    return {{!hidden(e.flags), "known", fmt::format("nothing can be said of it ({}); mend its data", e.flags)},
            {holds, "interval",
             fmt::format("{:.2f} is expected, outside its own interval of {:.2f} to {:.2f}", e.expected_profit, e.low,
                         e.high)}};
}

void guard_place(const store::Settings& settings, const VerdictEvidence& e, std::vector<decisions::Verdict>& said) {
    const double margin = settings.number("selection.least_margin", 0),
                 back = settings.number("selection.largest_return_share", 0.4);
    said.push_back({e.expected_profit > 0, "profit", "no profit is expected of it"});
    said.push_back({e.margin_share.value_or(margin) >= margin, "margin",
                    fmt::format("its margin is {:.0f} %, below the {:.0f} % that a place needs",
                                100 * e.margin_share.value_or(0), 100 * margin)});
    said.push_back({e.return_share.value_or(0) <= back, "returns",
                    fmt::format("{:.0f} % of its value came back, more than the {:.0f} % allowed",
                                100 * e.return_share.value_or(0), 100 * back)});
}

void guard_leaving(const store::Settings& settings, const VerdictEvidence& e, std::vector<decisions::Verdict>& said) {
    const double least = settings.number("selection.least_known_days", 28);
    said.push_back({e.units_28.value_or(0) <= 0, "sales",
                    fmt::format("it sold {:.0f} in the last 28 days", e.units_28.value_or(0))});
    said.push_back({e.known_days.value_or(least) >= least, "newness",
                    fmt::format("it is known for {:.0f} days, fewer than the {:.0f} that an item is given",
                                e.known_days.value_or(0), least)});
}

}  // namespace

std::vector<decisions::Verdict> guard_verdict(const store::Settings& settings, const decisions::Proposal& verdict) {
    const auto evidence = operations::from_json<VerdictEvidence>(verdict.evidence);
    if (!evidence) return {{false, "readable", "the verdict's evidence is not what selection.propose writes"}};
    auto said = guard_any(*evidence);
    if (verdict.kind == "selection.list" || verdict.kind == "selection.push")
        guard_place(settings, *evidence, said);
    else
        guard_leaving(settings, *evidence, said);
    if (verdict.kind == "selection.push")
        said.push_back({evidence->stock.value_or(1) > 0, "stock", "there is none of it to sell; order it first"});
    return said;
}

}  // namespace suanpan::selection
