#include "areas/data/quality/check.h"

namespace suanpan::data::quality {
namespace {

using store::Connection;

// The newest load of each source that is no replay.
constexpr auto newest_loads = R"(
    SELECT max(load_id) FROM data.load
    WHERE load_id NOT IN (SELECT load_id FROM data.load_detail WHERE replay_of IS NOT NULL)
    GROUP BY source ORDER BY 1)";

Result<Findings> find_all(Connection& connection) {
    Findings found{.flags = TRY(find_outliers(connection, {})), .stock_outs = TRY(find_stock_outs(connection, {}))};
    const auto loads = TRY(connection.query(newest_loads));
    for (std::size_t chunk = 0; chunk < loads.chunks(); ++chunk)
        for (const auto load_id : loads.values<std::int64_t>(chunk, 0)) {
            found.loads.push_back(load_id);
            found.alarms.append_range(TRY(report_on(connection, load_id)).alarms);
        }
    return found;
}

}  // namespace

Result<Findings> examine(store::Database& database) {
    return database.read(find_all);
}

Result<> keep(Connection& connection, const Findings& findings) {
    TRY(keep_flags(connection, findings.flags));
    TRY(keep_stock_outs(connection, findings.stock_outs));
    for (const auto load_id : findings.loads)
        TRY(connection.query("DELETE FROM data.alarm WHERE load_id = ?", load_id));
    for (const auto& alarm : findings.alarms)
        TRY(connection.query("INSERT INTO data.alarm VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", alarm.load_id, alarm.source,
                             alarm.kind, alarm.field, alarm.value, alarm.threshold, alarm.en, alarm.zh, now()));
    return {};
}

}  // namespace suanpan::data::quality
