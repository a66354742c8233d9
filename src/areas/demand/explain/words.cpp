#include "areas/demand/explain/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace suanpan::demand {
namespace {

struct Names {
    const char *name, *en, *zh;
};
constexpr Names names[] = {
    {"base", "the level that it sells at", "基础水平"},
    {"trend", "the trend", "趋势"},
    {"season", "the season", "季节"},
    {"cut", "parts that would be below zero", "负值归零"},
    {"alike", "how items like it began", "相似商品的上市表现"},
    {"shared", "what all items together teach", "全商品共同规律"},
    {"promotion", "promotions that are planned", "计划中的促销"},
    {"places", "what its places say, added up", "各地点预测之和的修正"},
    {"override", "what a planner changed", "计划员调整"},
};

// What is said of: parts that move the number by at least half a unit.
std::vector<const ForecastPart*> spoken(const Explained& e) {
    std::vector<const ForecastPart*> parts;
    for (const auto& part : e.parts)
        if (part.name != "base" && std::abs(part.units) >= 0.5) parts.push_back(&part);
    std::ranges::sort(parts, std::greater<>{}, [](const auto* part) { return std::abs(part->units); });
    return parts;
}

const SeasonPeriod* strongest(const Explained& e) {
    const auto found = std::ranges::max_element(e.season, {}, [](const auto& one) { return std::abs(one.units); });
    return found == e.season.end() || std::abs(found->units) < 0.5 ? nullptr : &*found;
}

double base_of(const Explained& e) {
    const auto base = std::ranges::find(e.parts, "base", &ForecastPart::name);
    return base == e.parts.end() ? 0 : base->units;
}

// By its own periods alone: the season's parts of a window may cancel.
std::string season_en(const Explained& e) {
    const auto* peak = strongest(e);
    return peak == nullptr ? "" : fmt::format(" (most of it from {}: {:+.0f})", peak->from, peak->units);
}

std::string season_zh(const Explained& e) {
    const auto* peak = strongest(e);
    return peak == nullptr ? "" : fmt::format("（主要自 {} 起：{:+.0f}）", peak->from, peak->units);
}

std::string promotion_en(const Explained& e) {
    const auto& u = e.uplift;
    if (u.of.empty()) return "";
    auto text = fmt::format(" Promotions of the {} sold {:.1f} times the usual ({:.1f} to {:.1f}, {} days).", u.of,
                            u.factor, u.low, u.high, u.days);
    if (e.planned.days > 0)
        text += fmt::format(
            " {} promoted days lie ahead; they would change the number, which does not know of them, by "
            "{:+.0f} ({:+.0f} to {:+.0f}).",
            e.planned.days, e.planned.units, e.planned.low, e.planned.high);
    return text;
}

std::string promotion_zh(const Explained& e) {
    const auto& u = e.uplift;
    if (u.of.empty()) return "";
    auto text = fmt::format("{}以往促销日的销量为平日的 {:.1f} 倍（{:.1f} 至 {:.1f}，共 {} 天）。",
                            u.of == "item" ? "该商品" : "该品类", u.factor, u.low, u.high, u.days);
    if (e.planned.days > 0)
        text += fmt::format("窗口内有 {} 个促销日，预测未计入，预计使其变动 {:+.0f}（{:+.0f} 至 {:+.0f}）。",
                            e.planned.days, e.planned.units, e.planned.low, e.planned.high);
    return text;
}

}  // namespace

void name_parts(Explained& e) {
    for (auto& part : e.parts)
        for (const auto& [name, en, zh] : names)
            if (part.name == name) {
                part.en = en;
                part.zh = zh;
            }
}

std::string sentence_en(const Explained& e) {
    auto text = fmt::format("{:.0f} of {} are expected from {} to {}: {:.0f} are its level", e.units, e.title, e.from,
                            e.to, base_of(e));
    for (const auto* part : spoken(e))
        text += fmt::format("; {:+.0f} {}{}", part->units, part->en, part->name == "season" ? season_en(e) : "");
    text += ".";
    if (e.last_year) text += fmt::format(" The same weeks of last year sold {:.0f}.", *e.last_year);
    if (e.last_weeks) text += fmt::format(" At the pace of the last four weeks it would be {:.0f}.", *e.last_weeks);
    if (!e.neighbours.empty()) text += " Likest: " + e.neighbours.front() + ".";
    return text + promotion_en(e);
}

std::string sentence_zh(const Explained& e) {
    auto text =
        fmt::format("预计 {} 至 {} 售出 {} {:.0f} 件：基础水平 {:.0f}", e.from, e.to, e.title, e.units, base_of(e));
    for (const auto* part : spoken(e))
        text += fmt::format("；{} {:+.0f}{}", part->zh, part->units, part->name == "season" ? season_zh(e) : "");
    text += "。";
    if (e.last_year) text += fmt::format("去年同期售出 {:.0f} 件。", *e.last_year);
    if (e.last_weeks) text += fmt::format("按最近四周的速度为 {:.0f} 件。", *e.last_weeks);
    if (!e.neighbours.empty()) text += "最相似：" + e.neighbours.front() + "。";
    return text + promotion_zh(e);
}

}  // namespace suanpan::demand
