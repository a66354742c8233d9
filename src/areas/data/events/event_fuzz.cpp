#include <cstdint>
#include <cstdlib>
#include <string>

#include "areas/data/csv/csv.h"
#include "areas/data/events/event.h"

using namespace suanpan;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const auto zone = TimeZone::named("Asia/Shanghai").value();
    const std::string json(reinterpret_cast<const char*>(bytes), size);
    const data::EventDefaults defaults{"client", "", std::chrono::sys_days(std::chrono::year(2026) / 1 / 1), "CNY",
                                       &zone};
    (void)data::event_id_of(json);
    const auto rows = data::parse_event(json, defaults);
    if (!rows) return 0;
    if (rows->empty() || rows->front().event_id.empty()) std::abort();
    for (const auto& row : *rows)
        if (!data::csv::is_utf8(row.event_id) || !data::csv::is_utf8(row.event_name) || row.propensity.value_or(1) > 1)
            std::abort();
    return 0;
}
