#pragma once

#include <duckdb.h>

#include "platform/base/result.h"

namespace suanpan::store {

// Makes these SQL functions known to the connection's database:
//   instant_of(text VARCHAR, local TIMESTAMP, zone VARCHAR) -> TIMESTAMPTZ
//       What `text` says, which reads as `local` where its offset is left out: with an offset or zone of its own
//       ("2024-01-07T23:30:00+08:00", "… Z", "… Asia/Shanghai") that counts, else the clock of `zone`.
//   day_in(instant TIMESTAMPTZ, zone VARCHAR) -> DATE
//       The day that the clock of `zone` shows.
//   tidied(text VARCHAR) -> VARCHAR
//       Without the white space of Unicode at both ends.
[[nodiscard]] Result<> declare_functions(duckdb_connection connection);

}  // namespace suanpan::store
