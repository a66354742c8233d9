#pragma once

#include <cstdint>

#include "areas/data/load_sql.h"
#include "platform/store/connection.h"

// What the temporary table `typed` says of a target's rows.
namespace suanpan::data {

struct Judged {
    std::int64_t load_id = 0;
    const Target& target;
    const TargetSql& sql;
};

[[nodiscard]] Result<> quarantine_faults(store::Connection& connection, const Judged& judged);

// Counts the rows that each mending rule tidied; returns how many rows were tidied by any.
[[nodiscard]] Result<std::int64_t> count_mends(store::Connection& connection, const Judged& judged);

}  // namespace suanpan::data
