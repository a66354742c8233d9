#pragma once

#include <vector>

#include "areas/data/quality/flags.h"
#include "areas/data/quality/report.h"
#include "areas/data/quality/stock_outs.h"
#include "platform/store/database.h"

// What data.check does, in two parts: the long one only reads, the short one writes.
namespace suanpan::data::quality {

struct Findings {
    std::vector<Flag> flags;
    std::vector<StockOut> stock_outs;
    std::vector<std::int64_t> loads;  // the newest of each source
    std::vector<Alarm> alarms;        // of these loads
};

// All rules on one snapshot. Nobody waits for it: others write meanwhile, and it waits for no writer.
[[nodiscard]] Result<Findings> examine(store::Database& database);

// Writes flags and stock-outs anew, and the alarms of these loads; those of older loads stay.
[[nodiscard]] Result<> keep(store::Connection& connection, const Findings& findings);

}  // namespace suanpan::data::quality
