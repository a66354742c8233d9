#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "areas/data/features/declaration.h"
#include "platform/base/time.h"

// The two engines that declarations run on: DuckDB in the shop, Spark over Parquet files where a shop outgrows it.
// Declarations are in what both share; where the engines call one thing by two names, they are told apart here.
// Spark's session has to be in UTC.
namespace suanpan::features {

enum class Dialect { duckdb, spark };
[[nodiscard]] Result<Dialect> parse_dialect(std::string_view name);

[[nodiscard]] std::string_view sql_type(ValueType type, Dialect dialect);
[[nodiscard]] std::string instant_literal(Instant instant, Dialect dialect = Dialect::duckdb);
// The instant at which a clock in the zone shows the timestamp.
[[nodiscard]] std::string in_zone(const std::string& timestamp, const std::string& zone, Dialect dialect);
// A pair that compares by `seen`, then by `value`; and one of the two again.
[[nodiscard]] std::string pair_sql(const std::string& seen, const std::string& value, Dialect dialect);
[[nodiscard]] std::string member_sql(const std::string& pair, std::string_view member, Dialect dialect);

// SQL as it is declared, in the engine's words: epoch and dayofweek, and decimal fractions as doubles.
[[nodiscard]] std::string spoken(std::string_view sql, Dialect dialect);
// Functions in the SQL that the two do not share, "strftime"; none: it runs on both.
[[nodiscard]] std::vector<std::string> unshared_functions(std::string_view sql);

}  // namespace suanpan::features
