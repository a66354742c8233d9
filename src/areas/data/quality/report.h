#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "areas/data/quality/drift.h"

namespace suanpan::data::quality {

struct CountOfRule {
    std::string rule, action;  // "quarantine", "mended" or "flagged"
    std::int64_t rows = 0;
};

// A load, or one before it of the same source.
struct LoadLine {
    std::int64_t load_id = 0;
    std::string source, file, loaded_at;
    std::int64_t read = 0, loaded = 0, mended = 0, quarantined = 0, unchanged = 0;
};

struct OutcomeOfTest {
    std::string name, severity, sample;
    std::int64_t rows = 0;
};

struct Freshness {
    double hours_since = 0;                   // the newest load of the source
    std::optional<double> usual_hours;        // median between its loads; absent for fewer than 3
    std::optional<std::string> newest_event;  // the latest day that its rows tell of
};

struct Alarm {
    std::int64_t load_id = 0;
    std::string source;
    std::string kind;   // "volume", "nulls", "distribution", "range", "quarantine", "stale", "test"
    std::string field;  // "order_lines.quantity"; empty where it is about the whole load
    double value = 0, threshold = 0;
    std::string en, zh;
};

struct QualityReport {
    LoadLine load;
    std::vector<LoadLine> earlier;  // the newest first, at most 30
    std::vector<CountOfRule> rules;
    std::vector<FieldProfile> fields;
    std::vector<OutcomeOfTest> tests;
    Freshness freshness;
    std::vector<Alarm> alarms;
};

// Where an alarm begins; also in README.md.
struct Thresholds {
    double volume_ratio = 3;         // rows read against the median of at least 3 earlier loads, or its inverse
    double null_difference = 0.05;   // of shares, and more than 4 standard errors
    double psi = 0.25;               // beyond what chance gives
    double range_ratio = 10;         // of the largest value to the largest before
    double quarantine_share = 0.05;  // and 3 times that of the earlier loads
    double stale_ratio = 3;          // hours since the newest load against the usual
};

// Errors: not_found.
[[nodiscard]] Result<QualityReport> report_on(store::Connection& connection, std::int64_t load_id);

[[nodiscard]] std::vector<Alarm> alarms_of(const QualityReport& report, const Thresholds& thresholds);

// A page that needs nothing else, with charts; language "zh" or "en". Every text of the shop is escaped.
[[nodiscard]] std::string quality_page(const QualityReport& report, const std::string& language);

}  // namespace suanpan::data::quality
