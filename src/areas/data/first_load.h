#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>

#include "areas/data/csv/table.h"
#include "areas/data/load_sql.h"
#include "areas/data/merge.h"
#include "platform/store/connection.h"

namespace suanpan::data {

// The rows of a file for one target.
struct FirstRows {
    store::Connection& connection;
    const Target& target;
    const TargetSql& sql;
    std::int64_t load_id = 0;
    std::string raw;  // SQL: a row as JSON
    CsvTable& table;
    std::uint8_t fate = 0;  // of the rows in the table
    const store::Offer& offer;
    std::function<store::Offer(std::uint8_t fate)> rows_of;      // further offers, of the rows of a fate
    std::function<std::unexpected<Error>(const Error&)> misfit;  // what is told of an expression that the rows refuse
};

struct FirstLoaded {
    std::int64_t loaded = 0, mended = 0;
};

// Whether nothing in the target's table could be the same as a row or give way to it, no row depends on others, and the
// mends fit the bits that tell of them.
[[nodiscard]] Result<bool> may_go_straight(store::Connection& connection, const Target& target, const TargetSql& sql,
                                           MergeOptions::Keys keys);

// Writes the sound rows into the target's empty table at once, where merge() needs them in temporary tables first; sets
// the others aside and describes what the rows name. Faulty rows and repeated keys are noted while rows are written,
// and only they are looked at again. Rows that were set aside have Fate::faulty afterwards. Errors: a mapping that does
// not fit.
[[nodiscard]] Result<FirstLoaded> load_first(const FirstRows& rows);

}  // namespace suanpan::data
