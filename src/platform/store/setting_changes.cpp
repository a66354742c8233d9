#include "platform/store/setting_changes.h"

#include <fmt/format.h>

namespace suanpan::store {
namespace {

constexpr std::string_view columns = "option, value, cleared, set_by, reason, set_at";

struct Known {
    bool there = false;
};

// A part of the program may open a shop with its own tables alone.
Result<bool> has_table(Connection& connection) {
    return TRY(connection.rows<Known>("SELECT count(*) > 0 AS there FROM main.schema_version WHERE area = 'settings'"))
        .front()
        .there;
}

}  // namespace

Schema settings_schema() {
    static constexpr char sql[] =
#include "platform/store/schema.sql.inc"
        ;
    return {"settings", sql};
}

Result<std::vector<SettingChange>> newest_changes(Connection& connection) {
    if (!TRY(has_table(connection))) return std::vector<SettingChange>{};
    return connection.rows<SettingChange>(
        fmt::format("SELECT {} FROM settings.change "
                    "QUALIFY row_number() OVER (PARTITION BY option ORDER BY number DESC) = 1 ORDER BY option",
                    columns));
}

Result<std::vector<SettingChange>> setting_changes(Connection& connection, std::int64_t limit) {
    return connection.rows<SettingChange>(
        fmt::format("SELECT {} FROM settings.change ORDER BY number DESC LIMIT ?", columns), limit);
}

Result<> record_change(Connection& connection, const SettingChange& change) {
    TRY(connection.query(fmt::format("INSERT INTO settings.change ({}) VALUES (?, ?, ?, ?, ?, ?)", columns),
                         change.option, change.value, change.cleared, change.set_by, change.reason, change.set_at));
    return {};
}

}  // namespace suanpan::store
