#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/data/quality/report.h"

namespace suanpan::data::quality {
namespace {

constexpr std::string_view style = R"(
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; color: #1c2430; max-width: 960px; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 2em } h3 { font-size: 1em; margin-bottom: .2em }
table { border-collapse: collapse } th, td { padding: .25em .9em .25em 0; text-align: left; border-bottom: 1px solid #e3e7ee }
td.number { text-align: right; font-variant-numeric: tabular-nums } .alarm { color: #a3231b } .quiet { color: #66718a }
svg text { font-size: 11px; fill: #44506a } .now { fill: #2f6fdb } .earlier { fill: #b6c3da })";

std::string escape(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        switch (letter) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            case '\'':
                safe += "&#39;";
                break;
            default:
                safe += letter;
        }
    }
    return safe;
}

// At most so many bytes, whole letters only.
std::string shortened(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return std::string(text);
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80) --bytes;
    return std::string(text.substr(0, bytes)) + "…";
}

struct Page {
    const QualityReport& report;
    bool chinese;
    std::string html;

    [[nodiscard]] std::string_view say(std::string_view en, std::string_view zh) const { return chinese ? zh : en; }
    void heading(std::string_view en, std::string_view zh) { html += fmt::format("<h2>{}</h2>\n", say(en, zh)); }
    void begin();
    void rows();
    void alarms();
    void rules();
    void volume();
    void fields();
    void field(const FieldProfile& profile);
    void tests();
};

struct Bar {
    double value;
    std::string_view kind;  // "now" or "earlier"
};

std::string bar(const Bar& bar, double left, double width) {
    const auto height = 100 * std::clamp(bar.value, 0.0, 1.0);
    return fmt::format(R"(<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>)", bar.kind, left,
                       110 - height, width, height);
}

void Page::begin() {
    html = fmt::format(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width\">\n<meta http-equiv=\"Content-Security-Policy\" "
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{} {}</title>\n<style>{}"
        "</style></head><body>\n",
        chinese ? "zh" : "en", say("Data quality: load", "数据质量：载入"), report.load.load_id, style);
    html += fmt::format("<h1>{}: {}</h1>\n<p class=\"quiet\">{} {} · {} {} · {}</p>\n", say("Data quality", "数据质量"),
                        escape(report.load.file), say("source", "来源"), escape(report.load.source),
                        say("load", "载入"), report.load.load_id, escape(report.load.loaded_at));
}

void Page::rows() {
    const auto& load = report.load;
    html += "<table>";
    const auto line = [&](std::string_view en, std::string_view zh, std::int64_t number) {
        html += fmt::format("<tr><th>{}</th><td class=\"number\">{}</td></tr>", say(en, zh), number);
    };
    line("rows read", "读取行数", load.read);
    line("loaded", "载入", load.loaded);
    line("of these mended", "其中修整", load.mended);
    line("set aside", "隔离", load.quarantined);
    line("there already", "已存在", load.unchanged);
    html += "</table>\n";
    const auto& fresh = report.freshness;
    html += fmt::format("<p>{}: {:.1f} {}", say("Newest load of the source", "该来源最近一次载入"), fresh.hours_since,
                        say("hours ago", "小时前"));
    if (fresh.usual_hours)
        html +=
            fmt::format("; {} {:.1f} {}", say("usually every", "通常间隔"), *fresh.usual_hours, say("hours", "小时"));
    if (fresh.newest_event)
        html += fmt::format("; {} {}", say("its rows tell of days up to", "数据最新日期"), escape(*fresh.newest_event));
    html += "</p>\n";
}

void Page::alarms() {
    heading("Alarms", "告警");
    if (report.alarms.empty()) html += fmt::format("<p>{}</p>\n", say("None.", "无。"));
    for (const auto& alarm : report.alarms)
        html += fmt::format("<p class=\"alarm\">{}</p>\n", escape(chinese ? alarm.zh : alarm.en));
}

void Page::rules() {
    if (report.rules.empty()) return;
    heading("Rows by rule", "按规则统计");
    double most = 1;
    for (const auto& rule : report.rules) most = std::max(most, double(rule.rows));
    html += "<table>";
    for (const auto& rule : report.rules) {
        const auto action = rule.action == "quarantine" ? say("set aside", "隔离")
                            : rule.action == "mended"   ? say("mended", "修整")
                                                        : say("flagged", "标记");
        html += fmt::format(
            "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td><td><svg width=\"200\" height=\"10\" "
            "role=\"img\" aria-label=\"{}\"><rect class=\"now\" width=\"{:.1f}\" height=\"10\"/></svg>"
            "</td></tr>\n",
            escape(rule.rule), action, rule.rows, rule.rows, 200 * double(rule.rows) / most);
    }
    html += "</table>\n";
}

void Page::volume() {
    heading("Rows read, load by load", "历次载入的读取行数");
    auto loads = report.earlier;
    std::ranges::reverse(loads);
    loads.push_back(report.load);
    double most = 1;
    for (const auto& load : loads) most = std::max(most, double(load.read));
    const auto width = std::min(40.0, 760.0 / double(loads.size()));
    html += fmt::format("<svg width=\"780\" height=\"130\" role=\"img\" aria-label=\"{}\">",
                        say("rows read by load", "历次读取行数"));
    for (std::size_t i = 0; i < loads.size(); ++i) {
        html += fmt::format("<g><title>{}: {}</title>", escape(loads[i].file), loads[i].read);
        html += bar({double(loads[i].read) / most, i + 1 == loads.size() ? "now" : "earlier"}, double(i) * width,
                    width * 0.8);
        html += "</g>";
    }
    html += fmt::format("<text x=\"0\" y=\"125\">{} {:.0f}</text></svg>\n", say("highest", "最高"), most);
}

void Page::field(const FieldProfile& profile) {
    html += fmt::format("<h3>{}.{}</h3>\n<p class=\"quiet\">{} {:.1f} % ({} {:.1f} %)", escape(profile.table),
                        escape(profile.field), say("empty", "为空"), 100 * profile.null_share, say("before", "此前"),
                        100 * profile.earlier_null_share);
    if (profile.low && profile.high)
        html += fmt::format(" · {} {:.6g} – {:.6g}", say("from – to", "范围"), *profile.low, *profile.high);
    if (profile.earlier_low && profile.earlier_high)
        html +=
            fmt::format(" ({} {:.6g} – {:.6g})", say("before", "此前"), *profile.earlier_low, *profile.earlier_high);
    if (profile.psi)
        html += fmt::format(" · {} {:.3f} ({} {:.3f})", say("stability index", "稳定性指数"), *profile.psi,
                            say("by chance", "随机水平"), profile.psi_by_chance.value_or(0));
    html += "</p>\n";
    const auto& histogram = profile.histogram;
    if (histogram.labels.empty()) return;
    double most = 1e-9;
    for (const auto share : histogram.earlier) most = std::max(most, share);
    for (const auto share : histogram.now) most = std::max(most, share);
    const auto count = std::min<std::size_t>(histogram.labels.size(), 20);
    const auto width = std::min(76.0, 760.0 / double(count));
    html += fmt::format("<svg width=\"780\" height=\"130\" role=\"img\" aria-label=\"{} {}\">",
                        say("shares before and now of", "此前与本次占比："), escape(profile.field));
    for (std::size_t i = 0; i < count; ++i) {
        const auto left = double(i) * width;
        html += fmt::format("<g><title>{}: {:.1f} % / {:.1f} %</title>", escape(histogram.labels[i]),
                            100 * histogram.earlier[i], 100 * histogram.now[i]);
        html += bar({histogram.earlier[i] / most, "earlier"}, left, width * 0.38);
        html += bar({histogram.now[i] / most, "now"}, left + width * 0.42, width * 0.38);
        html += fmt::format("<text x=\"{:.1f}\" y=\"125\">{}</text></g>", left,
                            escape(shortened(histogram.labels[i], static_cast<std::size_t>(width / 6))));
    }
    html += "</svg>\n";
}

void Page::fields() {
    heading("Fields, now and before", "各字段：本次与此前");
    html += fmt::format("<p class=\"quiet\">{}</p>\n", say("Grey: earlier loads of the source. Blue: this load.",
                                                           "灰色：该来源此前的载入；蓝色：本次。"));
    for (const auto& profile : report.fields) field(profile);
}

void Page::tests() {
    if (report.tests.empty()) return;
    heading("The shop's own tests", "店铺自定义检验");
    html += "<table>";
    for (const auto& test : report.tests)
        html += fmt::format(
            "<tr><td>{}</td><td{}>{}</td><td>{}</td></tr>\n", escape(test.name),
            test.rows == 0 ? "" : " class=\"alarm\"",
            test.rows == 0 ? std::string(say("passed", "通过")) : fmt::format("{} {}", test.rows, say("rows", "行")),
            escape(shortened(test.sample, 200)));
    html += "</table>\n";
}

}  // namespace

std::string quality_page(const QualityReport& report, const std::string& language) {
    Page page{report, language == "zh", {}};
    page.begin();
    page.rows();
    page.alarms();
    page.rules();
    page.volume();
    page.tests();
    page.fields();
    page.html += "</body></html>\n";
    return std::move(page.html);
}

}  // namespace suanpan::data::quality
