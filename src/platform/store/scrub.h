#pragma once

#include <chrono>
#include <string>

#include "platform/store/database.h"

// The bytes of rows that are gone, out of the database file itself. DuckDB leaves them where they lay: deleted rows in
// their table until it is written anew, and what is written anew in the unused parts of the file.
namespace suanpan::store {

struct TableName {
    std::string schema, table;
};

// Writes all rows of the table to other places of the file, within the caller's transaction: its old places, with what
// was deleted or changed, become unused. The table must have no index beside its keys.
[[nodiscard]] Result<> rewrite_table(Connection& connection, const TableName& name);

// Overwrites every unused part of the file, twice; takes as long as writing these parts, and others go on. Everything
// that was committed and replaced before is gone from the file afterwards, and so is the log of writes.
// Errors: unavailable where others read what is to go for longer than `patience`; no_space where the disk has less than
// 16 MiB left. Nothing but old bytes is left then; it can be called again.
[[nodiscard]] Result<> scrub(Database& database, std::chrono::milliseconds patience);

// Removes what a scrub that was cut off had put into unused parts.
[[nodiscard]] Result<> drop_scrubbing(Connection& connection);

}  // namespace suanpan::store
