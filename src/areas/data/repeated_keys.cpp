#include "areas/data/repeated_keys.h"

#include <fmt/format.h>

#include "areas/data/merge_sql.h"
#include "areas/data/route.h"

namespace suanpan::data {
namespace {

// Fills `suspects` with the hashes that come twice; returns how many.
Result<std::int64_t> find_suspects(store::Connection& connection, const std::string& hashed, std::int64_t parts) {
    TRY(connection.run("CREATE OR REPLACE TEMP TABLE suspects (key_hash UBIGINT)"));
    std::int64_t found = 0;
    for (std::int64_t part = 0; part < parts; ++part)
        found += TRY(connection.query(fmt::format(R"(
            INSERT INTO suspects
            SELECT key_hash FROM {} WHERE key_hash % {} = {}
            GROUP BY key_hash HAVING count(*) > 1)",
                                                  hashed, parts, part)))
                     .changed();
    return found;
}

}  // namespace

Result<std::int64_t> find_repeated_keys(store::Connection& connection, const KeyedRows& keyed,
                                        const KeySearch& search) {
    const auto rows = TRY(connection.count(fmt::format("SELECT count(*) FROM {}", keyed.rows)));
    const auto hashed = fmt::format("(SELECT {}, {}, {} AS key_hash FROM {})", keyed.key, keyed.row,
                                    fmt::format(fmt::runtime(search.hash), keyed.key), keyed.rows);
    const bool any = TRY(find_suspects(connection, hashed, 1 + rows / search.rows_at_once)) > 0;
    TRY(connection.run(fmt::format(R"(
        CREATE OR REPLACE TEMP TABLE repeated AS
        SELECT {1} FROM {2} SEMI JOIN suspects USING (key_hash)
        {3}
        QUALIFY row_number() OVER (PARTITION BY {0} ORDER BY {1} DESC) > 1)",
                                   keyed.key, keyed.row, hashed, any ? "" : "WHERE false")));
    TRY(connection.run("DROP TABLE suspects"));
    return connection.count("SELECT count(*) FROM repeated");
}

Result<> quarantine_repeated(store::Connection& connection, const Target& target, const FileRows& rows) {
    const auto done = connection.query(fmt::format(R"(
        INSERT INTO data.quarantine
        SELECT ?, source_line, ?, 'repeated key', 'a later line of the file has the same key and takes its place', {}
        FROM offered_rows(?) SEMI JOIN repeated USING ({}))",
                                                   rows.raw, row_name(target)),
                                       rows.load_id, key_of(target), rows.offer);
    return done ? Result<>() : std::unexpected(done.error());
}

}  // namespace suanpan::data
