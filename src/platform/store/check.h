#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/store/database.h"

namespace suanpan::store {

struct TableCheck {
    std::string name;       // "data.item"
    std::int64_t rows = 0;  // 0 where it cannot be read
    std::string problem;    // empty: every value was read, and every block had its checksum
};

// Reads every value of every table. DuckDB keeps a checksum a block and compares it when it reads.
[[nodiscard]] Result<std::vector<TableCheck>> check_tables(Database& database);

struct AreaVersion {
    std::string area;
    std::int64_t version = 0;
};

[[nodiscard]] Result<std::vector<AreaVersion>> area_versions(Database& database);

}  // namespace suanpan::store
