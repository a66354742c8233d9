#pragma once

#include <duckdb.h>

#include <string>

#include "platform/base/result.h"

namespace suanpan::store {

// What DuckDB says went wrong, in kinds that a caller can act on; of the disk and its files, what a person can do.
[[nodiscard]] Error failure_of(const std::string& message, duckdb_error_type type);

}  // namespace suanpan::store
