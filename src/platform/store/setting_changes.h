#pragma once

#include <map>
#include <string>
#include <vector>

#include "platform/base/time.h"
#include "platform/store/connection.h"
#include "platform/store/schema.h"

// What people set while the shop runs, over what its shop.yaml says. All that was ever set is kept, with who and why.
namespace suanpan::store {

struct SettingChange {
    std::string option;  // a key of shop.yaml's options, or shop.name, shop.currency, shop.time_zone, shop.language
    std::string value;
    bool cleared = false;  // back to what shop.yaml says
    std::string set_by, reason;
    Instant set_at;
};

using SettingValues = std::map<std::string, std::string>;  // by option

[[nodiscard]] Schema settings_schema();

// The newest change of each option, also where it cleared; none where the database knows of no such table.
[[nodiscard]] Result<std::vector<SettingChange>> newest_changes(Connection& connection);
// All of them, the newest first.
[[nodiscard]] Result<std::vector<SettingChange>> setting_changes(Connection& connection, std::int64_t limit);
[[nodiscard]] Result<> record_change(Connection& connection, const SettingChange& change);

}  // namespace suanpan::store
