#pragma once

#include <cstdint>
#include <string>

#include "areas/data/mapping.h"
#include "platform/store/connection.h"

namespace suanpan::data {

struct KeyedRows {
    std::string rows;  // SQL: the rows of a file, a table or a statement in brackets
    std::string key;   // the columns that tell a row, with commas
    std::string row;   // the column with a row's number
};

// How keys are looked for; tests make it small.
struct KeySearch {
    std::int64_t rows_at_once = 16'000'000;  // whose hashes are counted in memory together: about 40 bytes each
    std::string hash = "hash({})";           // SQL of an UBIGINT, of the key
};

// Makes the temporary table `repeated` with the numbers of the rows whose key a row of a higher number has, too, and
// says how many there are. Hashes of the keys are counted, part by part, so that nothing is spilled to the disk; keys
// are compared where a hash comes twice. A NULL is equal to another.
[[nodiscard]] Result<std::int64_t> find_repeated_keys(store::Connection& connection, const KeyedRows& keyed,
                                                      const KeySearch& search = {});

struct FileRows {
    std::int64_t load_id = 0;
    std::int64_t offer = 0;
    std::string raw;  // SQL: such a row as JSON
};

// Sets the rows that stand in `repeated` aside.
[[nodiscard]] Result<> quarantine_repeated(store::Connection& connection, const Target& target, const FileRows& rows);

}  // namespace suanpan::data
