#include "areas/data/quality/report.h"

#include <algorithm>

#include "platform/base/time.h"

namespace suanpan::data::quality {

// With linkage, since what reflects it is a template of the library.
struct StoredLoad {
    std::int64_t load_id = 0;
    std::string source, file;
    Instant loaded_at;
    std::int64_t read = 0, loaded = 0, mended = 0, quarantined = 0, unchanged = 0;
};

struct Ages {
    double hours_since = 0;
    std::optional<double> usual_hours;
};

namespace {

using store::Connection;

LoadLine line_of(const StoredLoad& load) {
    return {load.load_id, load.source, load.file,        format(load.loaded_at), load.read,
            load.loaded,  load.mended, load.quarantined, load.unchanged};
}

// Replays are no loads of their own here: their rows were counted when they were read.
Result<std::vector<LoadLine>> loads_until(Connection& connection, std::int64_t load_id) {
    std::vector<LoadLine> lines;
    for (const auto& load : TRY(connection.rows<StoredLoad>(R"(
        SELECT load_id, source, file, loaded_at, "read", loaded, mended, quarantined, unchanged
        FROM data.load
        WHERE source = (SELECT source FROM data.load WHERE load_id = ?) AND load_id <= ?
          AND load_id NOT IN (SELECT load_id FROM data.load_detail WHERE replay_of IS NOT NULL)
        ORDER BY load_id DESC LIMIT 31)",
                                                            load_id, load_id)))
        lines.push_back(line_of(load));
    if (lines.empty() || lines.front().load_id != load_id)
        return fail(ErrorCode::not_found, "there is no such load; data.loads lists them", std::to_string(load_id));
    return lines;
}

Result<std::vector<CountOfRule>> rules_of(Connection& connection, std::int64_t load_id) {
    return connection.rows<CountOfRule>(R"(
        SELECT rule, 'quarantine' AS action, count(*) AS rows FROM data.quarantine WHERE load_id = ? GROUP BY ALL
        UNION ALL
        SELECT rule, 'mended', rows FROM data.mend WHERE load_id = ?
        UNION ALL
        SELECT rule, 'flagged', count(*) FROM data.flag WHERE load_id = ? GROUP BY ALL
        ORDER BY action DESC, rows DESC, rule)",
                                        load_id, load_id, load_id);
}

Result<Freshness> freshness_of(Connection& connection, std::int64_t load_id) {
    const auto ages = TRY(connection.row<Ages>(R"(
        WITH loads AS (
            SELECT loaded_at FROM data.load
            WHERE source = (SELECT source FROM data.load WHERE load_id = ?)
              AND load_id NOT IN (SELECT load_id FROM data.load_detail WHERE replay_of IS NOT NULL)
        ), gaps AS (
            SELECT epoch(loaded_at - lag(loaded_at) OVER (ORDER BY loaded_at)) / 3600 AS hours FROM loads
        )
        SELECT (SELECT epoch(now() - max(loaded_at)) / 3600 FROM loads) AS hours_since,
               (SELECT CASE WHEN count(hours) >= 2 THEN median(hours) END FROM gaps) AS usual_hours)",
                                               load_id));
    return Freshness{ages.hours_since, ages.usual_hours, std::nullopt};
}

Result<> add_newest_event(Connection& connection, QualityReport& report) {
    const auto table =
        TRY(connection.query(R"(
        SELECT CAST(max(day) AS VARCHAR) FROM (
            SELECT day FROM data.order_line WHERE load_id = ?
            UNION ALL SELECT from_day FROM data.sale WHERE load_id = ?
            UNION ALL SELECT day FROM data.event WHERE load_id = ?
            UNION ALL SELECT day FROM data.stock WHERE load_id = ?))",
                             report.load.load_id, report.load.load_id, report.load.load_id, report.load.load_id));
    if (!table.is_null(0, 0, 0)) report.freshness.newest_event = std::string(table.text(0, 0, 0));
    return {};
}

}  // namespace

Result<QualityReport> report_on(Connection& connection, std::int64_t load_id) {
    auto loads = TRY(loads_until(connection, load_id));
    QualityReport report{.load = loads.front()};
    report.earlier.assign(loads.begin() + 1, loads.end());
    report.rules = TRY(rules_of(connection, load_id));
    report.fields = TRY(profile_load(connection, load_id));
    report.tests = TRY(connection.rows<OutcomeOfTest>(
        "SELECT name, severity, sample, rows FROM data.test_result WHERE load_id = ? ORDER BY name", load_id));
    report.freshness = TRY(freshness_of(connection, load_id));
    TRY(add_newest_event(connection, report));
    report.alarms = alarms_of(report, {});
    return report;
}

}  // namespace suanpan::data::quality
