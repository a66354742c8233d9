#include "areas/data/data.h"
#include "platform/base/time.h"

namespace suanpan::data {
namespace {

using settings::in_file_only;

Result<> check_live_from(const std::string& value) {
    if (value.empty() || parse_day(value) || parse_instant(value)) return {};
    return fail(ErrorCode::invalid_argument,
                "\"" + value + "\" is neither a day such as 2026-11-14 nor an instant such as 2026-11-14T08:00:00Z");
}

}  // namespace

// Served features are read once, at the start.
settings::Section settings_section() {
    return {
        .options = {in_file_only(
                        settings::text({"features.only",
                                        "features",
                                        {"Features", "特征"},
                                        {"names that are computed, with commas between, and what they need; empty: all",
                                         "只计算所列特征（逗号分隔）及其依赖；空为全部"}},
                                       "")),
                    in_file_only(settings::text({"features.live_from",
                                                 "features",
                                                 {"Live from", "实时起点"},
                                                 {"rows of before arrived when they happened; empty: the first load",
                                                  "此前的数据视为当时即到达；空为首次载入时刻"}},
                                                "", check_live_from))}};
}

Result<> nothing_loaded(store::Connection& connection) {
    if (TRY(connection.count("SELECT count(*) FROM data.load")) == 0) return {};
    return fail(ErrorCode::conflict,
                "data are loaded, and kept in this currency and time zone; make another shop for another one");
}

}  // namespace suanpan::data
