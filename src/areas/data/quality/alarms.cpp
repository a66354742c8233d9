#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/data/quality/report.h"

namespace suanpan::data::quality {
namespace {

struct Raising {
    const QualityReport& report;
    const Thresholds& thresholds;
    std::vector<Alarm> alarms;

    void raise(Alarm alarm) {
        alarm.load_id = report.load.load_id;
        alarm.source = report.load.source;
        alarms.push_back(std::move(alarm));
    }
    void volume();
    void quarantine();
    void stale();
    void tests();
    void nulls(const FieldProfile& field, const std::string& name);
    void distribution(const FieldProfile& field, const std::string& name);
    void range(const FieldProfile& field, const std::string& name);
};

double share(const LoadLine& load) {
    return double(load.quarantined) / double(std::max<std::int64_t>(load.read, 1));
}

template <class Value>
double median(const std::vector<LoadLine>& loads, Value value) {
    std::vector<double> all;
    for (const auto& load : loads) all.push_back(value(load));
    std::ranges::sort(all);
    const auto half = all.size() / 2;
    return all.size() % 2 == 1 ? all[half] : (all[half - 1] + all[half]) / 2;
}

void Raising::volume() {
    if (report.earlier.size() < 3) return;
    const auto usual = median(report.earlier, [](const LoadLine& load) { return double(load.read); });
    const auto ratio = double(report.load.read) / std::max(usual, 1.0);
    if (ratio <= thresholds.volume_ratio && ratio >= 1 / thresholds.volume_ratio) return;
    raise({.kind = "volume",
           .value = ratio,
           .threshold = thresholds.volume_ratio,
           .en = fmt::format("{} has {} rows, {:.2f} times the usual {:.0f}; is a part missing, or twice there?",
                             report.load.file, report.load.read, ratio, usual),
           .zh = fmt::format("{} 有 {} 行，是通常 {:.0f} 行的 {:.2f} 倍；是否缺少或重复？", report.load.file,
                             report.load.read, usual, ratio)});
}

void Raising::quarantine() {
    const auto now = share(report.load);
    const auto usual = report.earlier.empty() ? 0 : median(report.earlier, share);
    if (now <= thresholds.quarantine_share || now <= 3 * usual) return;
    raise({.kind = "quarantine",
           .value = now,
           .threshold = std::max(thresholds.quarantine_share, 3 * usual),
           .en = fmt::format("{:.1f} % of the rows of {} were set aside (usually {:.1f} %); see data.quarantine",
                             100 * now, report.load.file, 100 * usual),
           .zh = fmt::format("{} 有 {:.1f}% 的行被隔离（通常 {:.1f}%）；详见 data.quarantine", report.load.file,
                             100 * now, 100 * usual)});
}

void Raising::stale() {
    const auto& fresh = report.freshness;
    if (!fresh.usual_hours || fresh.hours_since <= thresholds.stale_ratio * std::max(*fresh.usual_hours, 1.0)) return;
    raise({.kind = "stale",
           .value = fresh.hours_since,
           .threshold = thresholds.stale_ratio * std::max(*fresh.usual_hours, 1.0),
           .en = fmt::format("source \"{}\" came last {:.0f} hours ago, usually every {:.1f}; is its export running?",
                             report.load.source, fresh.hours_since, *fresh.usual_hours),
           .zh = fmt::format("来源“{}”已 {:.0f} 小时未更新，通常每 {:.1f} 小时一次；导出是否在运行？",
                             report.load.source, fresh.hours_since, *fresh.usual_hours)});
}

void Raising::tests() {
    for (const auto& test : report.tests) {
        if (test.rows == 0) continue;
        raise({.kind = "test",
               .field = test.name,
               .value = double(test.rows),
               .threshold = 0,
               .en = fmt::format("the test \"{}\" found {} rows; see data.test", test.name, test.rows),
               .zh = fmt::format("检验“{}”发现 {} 行；详见 data.test", test.name, test.rows)});
    }
}

void Raising::nulls(const FieldProfile& field, const std::string& name) {
    if (field.rows < 50 || field.earlier_rows < 50) return;
    const auto difference = field.null_share - field.earlier_null_share;
    const auto together =
        (field.null_share * double(field.rows) + field.earlier_null_share * double(field.earlier_rows)) /
        double(field.rows + field.earlier_rows);
    const auto error = std::sqrt(together * (1 - together) * (1 / double(field.rows) + 1 / double(field.earlier_rows)));
    if (std::abs(difference) <= thresholds.null_difference || std::abs(difference) <= 4 * error) return;
    raise({.kind = "nulls",
           .field = name,
           .value = difference,
           .threshold = thresholds.null_difference,
           .en = fmt::format("{:.1f} % of {} are empty, before {:.1f} %", 100 * field.null_share, name,
                             100 * field.earlier_null_share),
           .zh = fmt::format("{} 有 {:.1f}% 为空，此前为 {:.1f}%", name, 100 * field.null_share,
                             100 * field.earlier_null_share)});
}

void Raising::distribution(const FieldProfile& field, const std::string& name) {
    if (!field.psi || *field.psi <= thresholds.psi + *field.psi_by_chance) return;
    raise({.kind = "distribution",
           .field = name,
           .value = *field.psi,
           .threshold = thresholds.psi + *field.psi_by_chance,
           .en = fmt::format("{} is spread otherwise than before (stability index {:.2f})", name, *field.psi),
           .zh = fmt::format("{} 的分布与此前不同（稳定性指数 {:.2f}）", name, *field.psi)});
}

void Raising::range(const FieldProfile& field, const std::string& name) {
    if (!field.high || !field.earlier_high || *field.earlier_high <= 0) return;
    if (*field.high <= thresholds.range_ratio * *field.earlier_high) return;
    raise({.kind = "range",
           .field = name,
           .value = *field.high,
           .threshold = thresholds.range_ratio * *field.earlier_high,
           .en = fmt::format("the largest {} is {:.6g}, before {:.6g}", name, *field.high, *field.earlier_high),
           .zh = fmt::format("{} 的最大值为 {:.6g}，此前为 {:.6g}", name, *field.high, *field.earlier_high)});
}

}  // namespace

std::vector<Alarm> alarms_of(const QualityReport& report, const Thresholds& thresholds) {
    Raising raising{report, thresholds, {}};
    raising.volume();
    raising.quarantine();
    raising.stale();
    raising.tests();
    for (const auto& field : report.fields) {
        const auto name = field.table + "." + field.field;
        raising.nulls(field, name);
        raising.distribution(field, name);
        raising.range(field, name);
    }
    return std::move(raising.alarms);
}

}  // namespace suanpan::data::quality
